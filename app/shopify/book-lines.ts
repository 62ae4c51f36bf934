import { z } from 'zod';
import { orderItemIdAttribute } from '../domain/draft-words.ts';
import { sum } from '../domain/money.ts';
import type { BookedLine, OrderBooks } from '../domain/order-books.ts';
import { presentment, presentmentFields } from './presentment.ts';
import type { Listed } from './whole-list.ts';

const taxLines = z.array(z.object({ priceSet: presentment }));
const taxFields = `taxLines { priceSet { ${presentmentFields} } }`;

const taxOf = (currency: string, taxes: z.infer<typeof taxLines>) =>
  sum(
    currency,
    taxes.map(({ priceSet }) => priceSet),
  );

/** The lines of an order. */
export const orderLines: Listed<BookedLine> = {
  on: 'Order',
  name: 'lineItems',
  fields: `id sku quantity currentQuantity unfulfilledQuantity customAttributes { key value }
    discountedUnitPriceAfterAllDiscountsSet { ${presentmentFields} } ${taxFields}`,
  node: z
    .object({
      id: z.string(),
      sku: z.string().nullable(),
      quantity: z.number(),
      currentQuantity: z.number(),
      unfulfilledQuantity: z.number(),
      customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
      discountedUnitPriceAfterAllDiscountsSet: presentment,
      taxLines,
    })
    .transform((node) => ({
      id: node.id,
      orderItemId: node.customAttributes.find(({ key }) => key === orderItemIdAttribute)?.value ?? null,
      sku: node.sku,
      quantity: node.quantity,
      currentQuantity: node.currentQuantity,
      unfulfilled: node.unfulfilledQuantity,
      unitPrice: node.discountedUnitPriceAfterAllDiscountsSet,
      tax: taxOf(node.discountedUnitPriceAfterAllDiscountsSet.currency, node.taxLines),
    })),
};

/** Shipping and fees of an order, after discounts. */
export const shippingLines: Listed<OrderBooks['shipping']> = {
  on: 'Order',
  name: 'shippingLines',
  fields: `discountedPriceSet { ${presentmentFields} } ${taxFields}`,
  node: z
    .object({ discountedPriceSet: presentment, taxLines })
    .transform(({ discountedPriceSet: price, taxLines: taxes }) => ({
      price,
      tax: taxOf(price.currency, taxes),
    })),
};

import { z } from 'zod';
import { shopifyOrderId } from '../domain/ids.ts';
import { parseMoney, zero } from '../domain/money.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';

/** The fields of an order that decisions are made of. Without a namespace a metafield is our own (`$app`). */
export const orderFields = `
  id name sourceIdentifier cancelledAt updatedAt edited displayFinancialStatus displayFulfillmentStatus
  ownMark: metafield(key: "order_id") { value }
  totalPriceSet { presentmentMoney { amount currencyCode } }
`;

const shape = {
  id: z.string(),
  name: z.string(),
  sourceIdentifier: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  updatedAt: z.string(),
  edited: z.boolean(),
  displayFinancialStatus: z.string().nullable(),
  displayFulfillmentStatus: z.string(),
  ownMark: z.object({ value: z.string() }).nullable(),
  totalPriceSet: z.object({ presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }) }),
};
const fields = z.object(shape);

function toDomain(node: z.infer<typeof fields>): ShopifyOrder {
  const { amount, currencyCode } = node.totalPriceSet.presentmentMoney;
  return {
    id: shopifyOrderId(node.id),
    name: node.name,
    ownMark: node.ownMark?.value ?? null,
    sourceIdentifier: node.sourceIdentifier,
    total: parseMoney(amount, currencyCode)?.money ?? zero(currencyCode),
    financialStatus: node.displayFinancialStatus,
    fulfillmentStatus: node.displayFulfillmentStatus,
    cancelledAt: node.cancelledAt === null ? null : Date.parse(node.cancelledAt),
    updatedAt: node.updatedAt,
    edited: node.edited,
  };
}

/** Shopify's order in the domain's form; money in minor units of the order's own currency. */
export const orderNode: z.ZodType<ShopifyOrder> = fields.transform(toDomain);

/** All in which another app may have written Amazon's number. It may hold words of a buyer: it is compared, never kept. */
export interface OrderWords {
  readonly name: string;
  readonly sourceIdentifier: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly customAttributes: readonly { readonly value: string | null }[];
}

/** The fields of an order that may be the one looked for. */
export const candidateFields = `${orderFields} tags note customAttributes { value }`;

/** An order that may be the one looked for, and the words that tell. */
export const candidateNode = z
  .object({
    ...shape,
    tags: z.array(z.string()),
    note: z.string().nullable(),
    customAttributes: z.array(z.object({ value: z.string().nullable() })),
  })
  .transform((node): { order: ShopifyOrder; words: OrderWords } => ({ order: toDomain(node), words: node }));

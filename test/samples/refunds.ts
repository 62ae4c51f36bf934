import type { AmazonMove } from '../../app/domain/amazon-move.ts';
import type { AmazonOrder } from '../../app/domain/amazon-order.ts';
import { partsOf } from '../../app/domain/line-money.ts';
import type { BookedLine, BookedRefund, OrderBooks } from '../../app/domain/order-books.ts';
import { draftOrder } from '../../app/domain/order-draft.ts';
import { settingsSchema } from '../../app/domain/settings.ts';
import { money, orderId, orderedAt } from './orders.ts';

/** Money that went back to the buyer, by SKU; a refund in dollars a day after the order where nothing else is said. */
export function moveOf(items: AmazonMove['items'], changes: Partial<AmazonMove> = {}): AmazonMove {
  const amounts = items.flatMap(({ components }) => Object.values(components));
  return {
    transactionId: 'T1',
    amazonOrderId: orderId,
    kind: 'refund',
    postedAt: orderedAt + 86_400_000,
    currency: 'USD',
    amount: amounts.reduce((sum, amount) => sum + amount, 0),
    items,
    ...changes,
  };
}

/** A refund in Shopify in minor units: lines as `[id, subtotal, tax]`, shipping as `[subtotal, tax]`. */
export function refundOf(
  amount: number,
  lines: readonly (readonly [id: string, subtotal: number, tax: number])[] = [],
  shipping: readonly [subtotal: number, tax: number] = [0, 0],
  currency = 'USD',
): BookedRefund {
  const of = (minor: number) => money(minor, currency);
  return {
    id: 'gid://shopify/Refund/1',
    at: orderedAt,
    ownKey: null,
    amount: of(amount),
    storeCredit: of(0),
    pending: false,
    lines: lines.map(([lineItemId, subtotal, tax]) => ({
      lineItemId,
      quantity: 1,
      subtotal: of(subtotal),
      tax: of(tax),
      restock: 'NO_RESTOCK',
    })),
    shipping: { subtotal: of(shipping[0]), tax: of(shipping[1]) },
  };
}

/** The books of an order as it comes into Shopify, all of it sent; its lines are `L0`, `L1`, … */
export function booksOf(order: AmazonOrder, changes: Partial<OrderBooks> = {}): OrderBooks {
  const draft = draftOrder(order, new Map(), settingsSchema.parse({}));
  if (!draft) throw new Error('no draft');
  const { currency, shipping } = draft;
  const of = (minor: number) => money(minor, currency);
  const sum = (pick: (one: (typeof shipping)[number]) => number) =>
    of(shipping.reduce((all, one) => all + pick(one), 0));
  const lines = order.lines.map(({ orderItemId, sku, quantityOrdered: quantity, ...line }, i): BookedLine => {
    const parts = partsOf({ orderItemId, sku, quantityOrdered: quantity, ...line }, currency, false);
    return {
      id: `L${String(i)}`,
      orderItemId,
      sku,
      quantity,
      currentQuantity: quantity,
      unfulfilled: 0,
      unitPrice: of(Math.floor(parts.goods.amount / quantity)),
      tax: of(parts.tax.item.amount + parts.tax.other.amount),
    };
  });
  return {
    cancelReason: null,
    cancelKey: null,
    taxesIncluded: draft.taxesIncluded,
    currency,
    sale: { id: 'gid://shopify/OrderTransaction/1', gateway: 'amazon', amount: draft.total },
    lines,
    shipping: { price: sum(({ price }) => price.amount), tax: sum(({ tax }) => tax.amount) },
    refunds: [],
    fulfillments: [],
    locationId: null,
    ...changes,
  };
}

import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { lineOf } from './fulfillment-order-line-fields.ts';
import { gid } from './ids.ts';
import { lineFields, shippingFields, transactionFields } from './line-fields.ts';
import { addBags, moneyBag, zeroBag } from './money-bag.ts';
import { orderFields } from './order-fields.ts';
import type { OrderRecord } from './records.ts';
import type { RefundRecord } from './refund-records.ts';
import { locationFields } from './shop-fields.ts';
import { dateTime } from './times.ts';
import type { Call } from './world.ts';

type LineRefund = Omit<RefundRecord['lines'][number], 'id'> & { readonly id: bigint | null };

/** Refunded units as GraphQL shows them; without an id where they are only suggested. */
export function refundLineFields(one: LineRefund, order: OrderRecord, call: Call): Source {
  const line = lineOf(order, one.lineId);
  const place = call.shop.locations.find(({ id }) => id === one.locationId);
  return {
    __typename: 'RefundLineItem',
    id: one.id === null ? null : gid('RefundLineItem', one.id),
    lineItem: () => lineFields(line, order, call),
    quantity: one.quantity,
    restockType: one.restockType,
    restocked: one.restockType !== 'NO_RESTOCK',
    location: place ? () => locationFields(place, call.shop) : null,
    priceSet: moneyBag(line.price),
    subtotalSet: moneyBag(one.subtotal),
    totalTaxSet: moneyBag(one.tax),
  };
}

function listFields(refund: RefundRecord, order: OrderRecord, call: Call): Source {
  const page = <T extends { readonly id: bigint }>(
    items: readonly T[],
    toNode: (item: T) => object,
  ): ((args: PageArgs) => Connection) => {
    return (args) => connection(items, args, (one) => [null, one.id], toNode);
  };
  return {
    refundLineItems: page(refund.lines, (one) => refundLineFields(one, order, call)),
    refundShippingLines: page(refund.shipping, (one) => {
      const line = order.shippingLines.find(({ id }) => id === one.shippingLineId);
      return {
        __typename: 'RefundShippingLine',
        id: gid('RefundShippingLine', one.id),
        shippingLine: line ? () => shippingFields(line) : null,
        subtotalAmountSet: moneyBag(one.subtotal),
        taxAmountSet: moneyBag(one.tax),
      };
    }),
    orderAdjustments: page(refund.adjustments, (one) => ({
      __typename: 'OrderAdjustment',
      id: gid('OrderAdjustment', one.id),
      reason: one.reason,
      amountSet: moneyBag(one.amount),
      taxAmountSet: moneyBag(zeroBag(order.currency, order.presentmentCurrency)),
    })),
    transactions: page(refund.transactions, (one) =>
      transactionFields(one, order, () => orderFields(order, call)),
    ),
  };
}

/** A refund as GraphQL shows it. */
export function refundFields(refund: RefundRecord, order: OrderRecord, call: Call): Source {
  const paid = refund.transactions
    .map((one) => one.amount)
    .reduce(addBags, zeroBag(order.currency, order.presentmentCurrency));
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: String(refund.id),
    note: refund.note,
    createdAt: dateTime(refund.createdAt),
    updatedAt: dateTime(refund.createdAt),
    processedAt: dateTime(refund.processedAt),
    order: () => orderFields(order, call),
    totalRefundedSet: moneyBag(paid),
    duties: [],
    return: null,
    staffMember: null,
    ...listFields(refund, order, call),
  };
}

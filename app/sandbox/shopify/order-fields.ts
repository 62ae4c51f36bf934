import { addressFields } from './address-fields.ts';
import { connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { fulfillmentFields } from './fulfillment-fields.ts';
import { fulfillmentOrdersOf } from './fulfillment-order-queries.ts';
import { fulfillmentStatus, isOpen } from './fulfillment-status.ts';
import { gid } from './ids.ts';
import { lineFields, shippingFields, transactionFields } from './line-fields.ts';
import { metafieldsOf } from './metafield-fields.ts';
import { notDone } from './not-done.ts';
import { moneyFields } from './order-money-fields.ts';
import type { OrderRecord } from './records.ts';
import { refundFields } from './refund-fields.ts';
import { suggestedRefund } from './refund-suggested.ts';
import { dateTime, dateTimeOrNull } from './times.ts';
import type { Call } from './world.ts';

function listFields(order: OrderRecord, call: Call, self: () => object): Source {
  const { lines, shippingLines, transactions } = order;
  const shipping = shippingLines[0];
  return {
    lineItems: (args: PageArgs) =>
      connection(
        lines,
        args,
        (line) => [null, line.id],
        (line) => lineFields(line, order, call),
      ),
    shippingLines: (args: PageArgs) =>
      connection(
        shippingLines,
        args,
        (line) => [null, line.id],
        (line) => shippingFields(line),
      ),
    shippingLine: shipping ? () => shippingFields(shipping) : null,
    transactions: (args: { first?: number | null; capturable?: boolean | null }) =>
      transactions
        .filter((one) => args.capturable !== true || one.kind === 'AUTHORIZATION')
        .slice(0, args.first ?? undefined)
        .map((one) => transactionFields(one, order, self)),
    transactionsCount: { count: transactions.length, precision: 'EXACT' },
    paymentGatewayNames: [...new Set(transactions.flatMap((one) => one.gateway ?? []))],
    fulfillments: (args: { first?: number | null }) =>
      order.fulfillments.slice(0, args.first ?? undefined).map((one) => fulfillmentFields(one, order, call)),
    fulfillmentsCount: { count: order.fulfillments.length, precision: 'EXACT' },
    fulfillmentOrders: fulfillmentOrdersOf(order),
    fulfillable: order.fulfillmentOrders.some(isOpen),
    refunds: (args: { first?: number | null }) =>
      order.refunds.slice(0, args.first ?? undefined).map((one) => refundFields(one, order, call)),
    suggestedRefund: suggestedRefund(order),
    returns: (args: PageArgs) =>
      connection(
        [],
        args,
        () => [null, 0n],
        () => ({}),
      ),
    subtotalLineItemsQuantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    currentSubtotalLineItemsQuantity: lines.reduce((sum, line) => sum + line.currentQuantity, 0),
    requiresShipping: lines.some((line) => line.requiresShipping),
    ...metafieldsOf(() => order.metafields, self),
  };
}

function contactFields(order: OrderRecord): Source {
  const shipping = order.shippingAddress;
  const billing = order.billingAddress;
  const shown = shipping ?? billing;
  return {
    email: order.email,
    phone: order.phone,
    customer: () => {
      if (order.email !== null || order.phone !== null)
        throw notDone('Order.customer of an order with a contact');
      return null;
    },
    canNotifyCustomer: order.email !== null,
    customerAcceptsMarketing: false,
    shippingAddress: shipping ? () => addressFields(shipping) : null,
    billingAddress: billing ? () => addressFields(billing) : null,
    displayAddress: shown ? () => addressFields(shown) : null,
    customerLocale: null,
    clientIp: null,
  };
}

/** An order as GraphQL shows it. */
export function orderFields(order: OrderRecord, call: Call): Source {
  const self = (): Source => orderFields(order, call);
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: order.name,
    number: order.number,
    confirmationNumber: null,
    confirmed: true,
    sourceName: order.sourceName,
    sourceIdentifier: order.sourceIdentifier,
    registeredSourceUrl: order.sourceUrl,
    app: {
      __typename: 'OrderApp',
      id: gid('App', 104857601),
      name: order.byStaff ? 'Draft Orders' : 'Concord',
    },
    test: order.test,
    tags: order.tags,
    note: order.note,
    poNumber: order.poNumber,
    customAttributes: order.customAttributes.map(({ key, value }) => ({ key, value })),
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentmentCurrency,
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: fulfillmentStatus(order),
    returnStatus: 'NO_RETURN',
    fullyPaid: order.financialStatus === 'PAID',
    unpaid: order.financialStatus === 'PENDING',
    edited: order.edited,
    cancelledAt: dateTimeOrNull(order.cancelledAt),
    cancelReason: order.cancelReason,
    cancellation: order.cancelledAt === null ? null : { staffNote: order.cancelNote },
    closed: order.closedAt !== null,
    closedAt: dateTimeOrNull(order.closedAt),
    createdAt: dateTime(order.createdAt),
    updatedAt: dateTime(order.updatedAt),
    processedAt: dateTime(order.processedAt),
    statusPageUrl: `https://${call.shop.domain}/${String(call.shop.id)}/orders/${String(order.id)}`,
    ...moneyFields(order),
    ...listFields(order, call, self),
    ...contactFields(order),
  };
}

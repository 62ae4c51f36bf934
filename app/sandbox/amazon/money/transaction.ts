import { type JsonObject, objectIn, objectsIn, textIn } from '../json.ts';
import { lineId, quantitiesOf } from '../lines.ts';
import { amountOf, type Components, currencyOf, minorOf, paidFor } from './balances.ts';
import type { Refund, RefundSource } from './refund.ts';

/** How Amazon names the parts of an amount; the model's example and live answers differ. */
type BreakdownNames = 'live' | 'model';

/** Whose transaction it is, and how it is written. */
export interface TransactionContext {
  readonly sellerId: string;
  readonly names: BreakdownNames;
  /** ISO 8601. */
  readonly time: string;
  /** A fresh id. */
  readonly id: () => string;
}

interface Moved {
  readonly line: JsonObject;
  /** Minor units; what goes to the buyer is below zero. */
  readonly components: Components;
}

const groups: Readonly<Record<string, readonly [group: string, live: string, model: string]>> = {
  Principal: ['ProductCharges', 'OurPricePrincipal', 'Principle'],
  Tax: ['Tax', 'OurPriceTax', 'Tax'],
  Shipping: ['Shipping', 'ShippingPrincipal', 'Shipping'],
  ShippingTax: ['Tax', 'ShippingTax', 'ShippingTax'],
  GiftWrap: ['GiftWrap', 'GiftwrapPrincipal', 'GiftWrap'],
  GiftWrapTax: ['Tax', 'GiftwrapTax', 'GiftWrapTax'],
};
const commission = 0.15;
const kinds: Readonly<Record<RefundSource, readonly [type: string, description: string]>> = {
  feed: ['Refund', 'Refund Order'],
  'seller-central': ['Refund', 'Refund Order'],
  return: ['Refund', 'Refund Order'],
  'a-to-z': ['GuaranteeClaim', 'A-to-z Guarantee Claim'],
  chargeback: ['Chargeback', 'Chargeback Refund'],
};

const sumOf = (components: Components) => Object.values(components).reduce((sum, minor) => sum + minor, 0);

/** Amazon's fee on the price; it comes back with a refund. */
const feeOf = ({ components }: Moved) => -Math.round((components['Principal'] ?? 0) * commission);

function breakdownsOf(moved: Moved, names: BreakdownNames, money: (minor: number) => object): object[] {
  const sorted = new Map<string, [string, number][]>();
  for (const [component, minor] of Object.entries(moved.components)) {
    const [group, live, model] = groups[component] ?? ['Other', component, component];
    const title = names === 'live' ? group : group.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    sorted.set(title, [...(sorted.get(title) ?? []), [names === 'live' ? live : model, minor]]);
  }
  const fee = feeOf(moved);
  if (fee !== 0) sorted.set(names === 'live' ? 'AmazonFees' : 'Amazon Fees', [['Commission', fee]]);
  return [...sorted].map(([breakdownType, parts]) => ({
    breakdownType,
    breakdownAmount: money(parts.reduce((sum, [, minor]) => sum + minor, 0)),
    breakdowns: parts.map(([name, minor]) => ({
      breakdownType: name,
      breakdownAmount: money(minor),
      breakdowns: [],
    })),
  }));
}

function transaction(
  context: TransactionContext,
  order: JsonObject,
  moved: readonly Moved[],
  more: JsonObject & { readonly relatedIdentifiers: readonly JsonObject[] },
): JsonObject {
  const currency = currencyOf(order);
  const money = (minor: number) => ({
    currencyAmount: Number(amountOf(minor, currency)),
    currencyCode: currency,
  });
  const channel = objectIn(order, 'salesChannel');
  const marketplaceId = textIn(channel, 'marketplaceId') ?? '';
  const marketplaceName = textIn(channel, 'marketplaceName');
  const sales = moved.reduce((sum, { components }) => sum + sumOf(components), 0);
  const fees = moved.reduce((sum, one) => sum + feeOf(one), 0);
  const part = (breakdownType: string, minor: number) => ({
    breakdownType,
    breakdownAmount: money(minor),
    breakdowns: [],
  });
  return {
    sellingPartnerMetadata: {
      sellingPartnerId: context.sellerId,
      accountType: 'Standard Orders',
      marketplaceId,
    },
    transactionId: context.id(),
    transactionStatus: 'RELEASED',
    postedDate: context.time,
    totalAmount: money(sales + fees),
    marketplaceDetails: { marketplaceId, ...(marketplaceName === null ? {} : { marketplaceName }) },
    items: moved.map((one) => itemOf(one, context, money)),
    breakdowns: [part('Sales', sales), part('Expenses', fees)],
    ...more,
    relatedIdentifiers: [
      { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: textIn(order, 'orderId') },
      ...more.relatedIdentifiers,
    ],
  };
}

function itemOf(moved: Moved, { names, id }: TransactionContext, money: (minor: number) => object): object {
  const product = objectIn(moved.line, 'product');
  const [asin, sku] = [textIn(product, 'asin'), textIn(product, 'sellerSku')];
  return {
    description: textIn(product, 'title') ?? '',
    relatedIdentifiers: [
      { itemRelatedIdentifierName: 'ORDER_ADJUSTMENT_ITEM_ID', itemRelatedIdentifierValue: id() },
    ],
    totalAmount: money(sumOf(moved.components) + feeOf(moved)),
    breakdowns: breakdownsOf(moved, names, money),
    contexts: [
      {
        contextType: 'ProductContext',
        ...(asin === null ? {} : { asin }),
        ...(sku === null ? {} : { sku }),
        quantityShipped: quantitiesOf(moved.line).fulfilled,
        fulfillmentNetwork: 'MFN',
      },
    ],
  };
}

/** What a line brought when its shipped units grew from `before` to `after`: shares that always add up to all of it. */
function charged(paid: Components, ordered: number, before: number, after: number): Components {
  const share = (minor: number, units: number) => Math.round((minor * Math.min(units, ordered)) / ordered);
  return Object.fromEntries(
    Object.entries(paid).map(([name, minor]) => [name, share(minor, after) - share(minor, before)]),
  );
}

/** The transaction of what an order shipped between two states (`before` null: a new order); null where nothing was. */
export function shipmentTransaction(
  context: TransactionContext,
  before: JsonObject | null,
  after: JsonObject,
): JsonObject | null {
  const old = new Map(
    objectsIn(before ?? {}, 'orderItems').map((line) => [lineId(line), quantitiesOf(line).fulfilled]),
  );
  const moved = objectsIn(after, 'orderItems').flatMap((line) => {
    const { fulfilled, ordered } = quantitiesOf(line);
    const shippedBefore = old.get(lineId(line)) ?? 0;
    if (fulfilled <= shippedBefore) return [];
    const whole = Math.max(1, ordered, fulfilled);
    return [{ line, components: charged(paidFor(after, line), whole, shippedBefore, fulfilled) }];
  });
  if (moved.length === 0) return null;
  return transaction(context, after, moved, {
    transactionType: 'Shipment',
    description: 'Order Payment',
    relatedIdentifiers: [{ relatedIdentifierName: 'SHIPMENT_ID', relatedIdentifierValue: context.id() }],
  });
}

/** The transaction of a refund, claim or chargeback. */
export function refundTransaction(
  context: TransactionContext,
  order: JsonObject,
  refund: Refund,
): JsonObject {
  const currency = currencyOf(order);
  const moved = refund.items.flatMap(({ orderItemId, components }) => {
    const line = objectsIn(order, 'orderItems').find((one) => lineId(one) === orderItemId);
    const back = Object.entries(components).map(
      ([name, amount]) => [name, -(minorOf(amount, currency) ?? 0)] as const,
    );
    return line ? [{ line, components: Object.fromEntries(back) }] : [];
  });
  const [transactionType, description] = kinds[refund.by];
  return transaction(context, order, moved, {
    transactionType,
    description,
    relatedIdentifiers: [{ relatedIdentifierName: 'REFUND_ID', relatedIdentifierValue: refund.refundId }],
  });
}

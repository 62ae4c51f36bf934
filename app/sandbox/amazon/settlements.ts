import { randomInt } from 'node:crypto';
import { type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { amountOf, minorOf } from './money/balances.ts';
import type { Posted } from './money/ledger.ts';
import type { StoredOrder } from './order-store.ts';
import { type Column, tabFile, type TabFile, withOffset } from './tab-file.ts';

/** Payouts. Amazon makes these by itself; they cannot be asked for. */
export const settlementReport = 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2';

/** So long is the time of one settlement. */
export const settlementMs = 14 * 24 * 3_600_000;

/** Of what a settlement is about. Times in milliseconds, the end not in it. */
interface Period {
  readonly from: number;
  readonly until: number;
}

/** A settlement's file, and where its orders came from. */
export interface Settlement extends TabFile {
  readonly marketplaceIds: readonly string[];
}

/** The head has a total, each other row an amount. */
interface Row {
  readonly total?: string;
  readonly posted?: Posted;
  readonly kind?: string;
  readonly description?: string;
  readonly amount?: string;
  readonly sku?: string;
  readonly adjustmentId?: string;
  readonly ownAdjustmentId?: string;
  readonly orderItemId?: string;
}

const types: Readonly<Record<string, string>> = {
  Shipment: 'Order',
  Refund: 'Refund',
  GuaranteeClaim: 'A-to-z Guarantee Refund',
  Chargeback: 'Chargeback Refund',
};
/** Amazon's finances and its settlements name the same parts differently; both spellings of finances stand here. */
const descriptions: Readonly<Record<string, string>> = {
  OurPricePrincipal: 'Principal',
  Principle: 'Principal',
  OurPriceTax: 'Tax',
  ShippingPrincipal: 'Shipping',
  GiftwrapPrincipal: 'GiftWrap',
  GiftwrapTax: 'GiftWrapTax',
};
const text = (holder: JsonObject, name: string) => textIn(holder, name) ?? '';
const iso = (ms: number) => withOffset(new Date(ms).toISOString());
const postedAt = ({ posted }: Row) => (posted ? iso(posted.postedAt) : '');
const currencyIn = ({ transaction }: Posted) => text(objectIn(transaction, 'totalAmount'), 'currencyCode');
const placeOf = ({ transaction }: Posted) => objectIn(transaction, 'marketplaceDetails');

function identifier(holder: JsonObject, name: string): string {
  const found = objectsIn(holder, 'relatedIdentifiers').find((one) => one['relatedIdentifierName'] === name);
  return text(found ?? {}, 'relatedIdentifierValue');
}

/** The rows of one transaction: one for each part of each of its lines. */
function rowsOf(posted: Posted, order: StoredOrder | undefined): Row[] {
  const { transaction } = posted;
  const currency = currencyIn(posted);
  const refundId = identifier(transaction, 'REFUND_ID');
  const refund = order?.refunds.find((one) => one.refundId === refundId);
  return objectsIn(transaction, 'items').flatMap((item, i) => {
    const back = refund?.items[i];
    const sku = text(objectsIn(item, 'contexts')[0] ?? {}, 'sku');
    return objectsIn(item, 'breakdowns')
      .flatMap((group) => objectsIn(group, 'breakdowns'))
      .map((part): Row => {
        const name = text(part, 'breakdownType');
        const minor = minorOf(
          String(numberIn(objectIn(part, 'breakdownAmount'), 'currencyAmount') ?? 0),
          currency,
        );
        return {
          ...{ posted, sku, description: descriptions[name] ?? name },
          kind: name === 'Commission' ? 'ItemFees' : 'ItemPrice',
          amount: amountOf(minor ?? 0, currency),
          adjustmentId: refundId,
          ownAdjustmentId: back?.merchantAdjustmentItemId ?? '',
          orderItemId: back?.orderItemId ?? '',
        };
      });
  });
}

/** The columns in Amazon's order; the first row alone has the total and what it is of. */
function columnsOf(settlementId: string, currency: string, { from, until }: Period): readonly Column<Row>[] {
  const inHead = (value: string) => (row: Row) => (row.total === undefined ? '' : value);
  const ofOrder = ({ posted }: Row) => posted?.orderId ?? '';
  return [
    ['settlement-id', () => settlementId],
    ['settlement-start-date', inHead(iso(from))],
    ['settlement-end-date', inHead(iso(until))],
    ['deposit-date', inHead(iso(until))],
    ['total-amount', ({ total }) => total ?? ''],
    ['currency', inHead(currency)],
    [
      'transaction-type',
      ({ posted }) =>
        posted ? (types[text(posted.transaction, 'transactionType')] ?? 'other-transaction') : '',
    ],
    ['order-id', ofOrder],
    ['merchant-order-id', ofOrder],
    ['adjustment-id', ({ adjustmentId }) => adjustmentId ?? ''],
    ['shipment-id', ({ posted }) => (posted ? identifier(posted.transaction, 'SHIPMENT_ID') : '')],
    ['marketplace-name', ({ posted }) => (posted ? text(placeOf(posted), 'marketplaceName') : '')],
    ['amount-type', ({ kind }) => kind ?? ''],
    ['amount-description', ({ description }) => description ?? ''],
    ['amount', ({ amount }) => amount ?? ''],
    ['fulfillment-id', () => ''],
    ['posted-date', (row) => postedAt(row).slice(0, 10)],
    ['posted-date-time', postedAt],
    ['order-item-code', ({ orderItemId }) => orderItemId ?? ''],
    ['merchant-order-item-id', () => ''],
    ['merchant-adjustment-item-id', ({ ownAdjustmentId }) => ownAdjustmentId ?? ''],
    ['sku', ({ sku }) => sku ?? ''],
    ['quantity-purchased', () => ''],
    ['promotion-id', () => ''],
  ];
}

/** The settlements of a time, one for each currency in which money moved then. */
export function settlementsOf(
  all: readonly Posted[],
  orderOf: (id: string) => StoredOrder | undefined,
  period: Period,
): Settlement[] {
  const moved = all.filter((one) => one.postedAt >= period.from && one.postedAt < period.until);
  return [...Map.groupBy(moved, currencyIn)].map(([currency, some]) => {
    const rows = some.flatMap((posted) => rowsOf(posted, orderOf(posted.orderId)));
    const total = rows.reduce((sum, { amount }) => sum + (minorOf(amount ?? '0', currency) ?? 0), 0);
    const id = String(randomInt(10_000_000_000, 99_999_999_999));
    const file = tabFile(columnsOf(id, currency, period), [{ total: amountOf(total, currency) }, ...rows]);
    return { ...file, marketplaceIds: [...new Set(some.map((one) => text(placeOf(one), 'marketplaceId')))] };
  });
}

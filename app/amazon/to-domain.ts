import type { AmazonData, AmazonLine, AmazonOrder, AmazonStatus } from '../domain/amazon-order.ts';
import { amazonOrderId } from '../domain/ids.ts';
import { isKnownCurrency } from '../domain/money.ts';
import { toPackages, toRecipient } from './to-domain-parcel.ts';
import { currencyCode, Reading, readId } from './reading.ts';
import { readRawOrder } from './schema.ts';
import type { RawOrder } from './schema.ts';
import { toLine } from './to-domain-line.ts';

/** An order that could not be taken in: which one, where it knows; the field that stood in the way; and why in words. */
export interface RejectedOrder {
  readonly orderId: string | null;
  readonly field: string;
  readonly sentence: string;
}

/** One order of an answer, read or rejected. */
export type ParsedOrder =
  { readonly ok: true; readonly order: AmazonOrder } | ({ readonly ok: false } & RejectedOrder);

const statuses = new Map<string, AmazonStatus>([
  ['PENDING_AVAILABILITY', 'pending_availability'],
  ['PENDING', 'pending'],
  ['UNSHIPPED', 'unshipped'],
  ['PARTIALLY_SHIPPED', 'partially_shipped'],
  ['SHIPPED', 'shipped'],
  ['CANCELLED', 'cancelled'],
  ['CANCELED', 'cancelled'],
  ['UNFULFILLABLE', 'unfulfillable'],
]);
const fulfillers = new Map<string, AmazonOrder['fulfilledBy']>([
  ['MERCHANT', 'merchant'],
  ['AMAZON', 'amazon'],
]);
const open: readonly AmazonStatus[] = ['unshipped', 'partially_shipped'];

function reject(orderId: string | null, field: string, what: string): ParsedOrder {
  const name = orderId === null ? 'An order without a readable id' : `Order ${orderId}`;
  return { ok: false, orderId, field, sentence: `${name} cannot be taken in: ${field} ${what}.` };
}

/** The currency of the total, else of the first money of a line that names one. */
function currencyOf(raw: RawOrder): string | null {
  const ofLines = (raw.orderItems ?? []).flatMap((line) => [
    line?.proceeds?.proceedsTotal,
    ...(line?.proceeds?.breakdowns ?? []).map((one) => one?.subtotal),
    line?.product?.price?.unitPrice,
  ]);
  for (const money of [raw.proceeds?.grandTotal, ...ofLines]) {
    const code = currencyCode(money);
    if (code !== null) return code;
  }
  return null;
}

/** One of Amazon's words as ours; `unknown`, and odd, for others and where none was given. */
function word<T extends string>(
  reading: Reading,
  table: ReadonlyMap<string, T>,
  value: string | null | undefined,
  field: string,
): T | 'unknown' {
  const known = table.get(value?.toUpperCase() ?? '');
  if (known !== undefined) return known;
  if (value) reading.odd(field, 'unknown_value', value);
  else reading.odd(field, 'absent');
  return 'unknown';
}

function fulfilmentOf(reading: Reading, raw: RawOrder) {
  const block = raw.fulfillment;
  return {
    status: word(reading, statuses, block?.fulfillmentStatus, 'fulfillment.fulfillmentStatus'),
    fulfilledBy: word(reading, fulfillers, block?.fulfilledBy, 'fulfillment.fulfilledBy'),
    serviceLevel: reading.text(block?.fulfillmentServiceLevel, 'fulfillment.fulfillmentServiceLevel'),
    shipBy: reading.window(block?.shipByWindow, 'fulfillment.shipByWindow'),
    deliverBy: reading.window(block?.deliverByWindow, 'fulfillment.deliverByWindow'),
  };
}

/** Creation and last update in ms UTC; one stands for the other where only one can be read, null where none can. */
function timesOf(reading: Reading, raw: RawOrder): { createdAt: number; updatedAt: number } | null {
  const created = reading.time(raw.createdTime, 'createdTime');
  const updated = reading.time(raw.lastUpdatedTime, 'lastUpdatedTime');
  if (!raw.createdTime) reading.odd('createdTime', 'absent');
  if (!raw.lastUpdatedTime) reading.odd('lastUpdatedTime', 'absent');
  const either = created ?? updated;
  return either === null ? null : { createdAt: created ?? either, updatedAt: updated ?? either };
}

function replacementOf(raw: RawOrder): AmazonOrder['replacementFor'] {
  const original = raw.associatedOrders?.find((one) =>
    one?.associationType?.toUpperCase().includes('REPLACEMENT'),
  );
  const id = readId(original?.orderId);
  return id === null ? null : amazonOrderId(id);
}

type Lines = { readonly lines: AmazonLine[] } | { readonly badId: string };

/** Two lines with one id are one line that came twice: the first is kept, and the order is flagged. */
function linesOf(
  reading: Reading,
  raw: RawOrder,
  given: ReadonlySet<AmazonData>,
  moneyExpected: boolean,
): Lines {
  const lines = new Map<string, AmazonLine>();
  for (const [i, item] of (raw.orderItems ?? []).entries()) {
    const field = `orderItems[${i}]`;
    if (!item) continue;
    const id = readId(item.orderItemId);
    if (id !== null && lines.has(id)) {
      reading.odd(`${field}.orderItemId`, 'duplicate_line', id);
      continue;
    }
    const line = toLine({ reading, given, moneyExpected }, item, field);
    if (!line) return { badId: `${field}.orderItemId` };
    lines.set(line.orderItemId, line);
  }
  if (lines.size === 0) reading.odd('orderItems', 'absent');
  return { lines: [...lines.values()] };
}

/** The order's total; a tip for the driver is named, since it belongs to no line and explains a difference. */
function totalOf(reading: Reading, raw: RawOrder, expected: boolean): AmazonOrder['total'] {
  for (const [i, one] of (raw.proceeds?.breakdowns ?? []).entries()) {
    if (one?.type !== 'DELIVERY_TIP') continue;
    const tip = reading.money(one.subtotal, `proceeds.breakdowns[${i}].subtotal`);
    if (tip && tip.amount !== 0) reading.odd(`proceeds.breakdowns[${i}].type`, 'unknown_value', one.type);
  }
  const total = reading.money(raw.proceeds?.grandTotal, 'proceeds.grandTotal');
  if (!total && expected) reading.odd('proceeds.grandTotal', 'absent');
  return total;
}

function readingOf(order: RawOrder, misfits: readonly string[]): Reading {
  const currency = currencyOf(order);
  const reading = new Reading(currency);
  for (const field of misfits) reading.odd(field, 'unknown_value');
  if (currency !== null && !isKnownCurrency(currency)) reading.odd('proceeds', 'unknown_value', currency);
  return reading;
}

/**
 * Reads one order as Amazon sent it. `given` are the kinds of data that were asked for and not refused; all else is
 * unknown. Whatever is odd is noted, and only an order without a readable id, time or line id is rejected. Of the buyer
 * nothing is taken but the address for the label, the gift message and the business order number.
 */
export function toDomain(raw: unknown, given: readonly AmazonData[]): ParsedOrder {
  const read = readRawOrder(raw);
  if (!read) return reject(null, 'order', 'is no object');
  const { order, misfits } = read;
  const id = readId(order.orderId);
  if (id === null) return reject(null, 'orderId', 'is missing or is no id');
  const reading = readingOf(order, misfits);
  const times = timesOf(reading, order);
  if (!times) return reject(id, 'createdTime', 'is missing or is no time');
  const had = new Set(given);
  const fulfilment = fulfilmentOf(reading, order);
  const replacementFor = replacementOf(order);
  const live = open.includes(fulfilment.status);
  const moneyExpected =
    had.has('PROCEEDS') && replacementFor === null && (live || fulfilment.status === 'shipped');
  const items = linesOf(reading, order, had, moneyExpected);
  if ('badId' in items) return reject(id, items.badId, 'is missing or is no id');
  const recipient = had.has('RECIPIENT') ? toRecipient(reading, order) : null;
  if (!recipient && had.has('RECIPIENT') && live && fulfilment.fulfilledBy === 'merchant') {
    reading.odd('recipient', 'absent');
  }
  const channel = order.salesChannel;
  const value: AmazonOrder = {
    id: amazonOrderId(id),
    marketplaceId: reading.text(channel?.marketplaceId, 'salesChannel.marketplaceId'),
    marketplaceName: reading.text(channel?.marketplaceName, 'salesChannel.marketplaceName'),
    ...times,
    ...fulfilment,
    programmes: reading.texts(order.programs, 'programs'),
    replacementFor,
    businessOrderNumber: reading.text(
      order.buyer?.buyerPurchaseOrderNumber,
      'buyer.buyerPurchaseOrderNumber',
    ),
    total: had.has('PROCEEDS') ? totalOf(reading, order, moneyExpected) : null,
    lines: items.lines,
    requestsFrom: 'order',
    recipient,
    packages: toPackages(reading, order.packages),
    given: [...given],
    oddities: reading.oddities,
  };
  return { ok: true, order: value };
}

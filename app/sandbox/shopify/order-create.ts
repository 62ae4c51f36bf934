import { readAddress } from './address-fields.ts';
import type { Source } from './execute.ts';
import { routeOrder } from './fulfillment-order-route.ts';
import type { FulfillmentRecord } from './fulfillment-records.ts';
import { idOf } from './ids.ts';
import { checkMetafield, writeMetafields, type CheckedMetafield } from './metafields.ts';
import { notDone } from './not-done.ts';
import { checkPlainFields } from './order-checks.ts';
import { orderChanged } from './order-events.ts';
import { orderFields } from './order-fields.ts';
import { notDoneInputs, type CreateOptions, type OrderInput } from './order-input.ts';
import { readLine, readShipping, readTransaction, spreadOrderTaxes, type Reading } from './order-lines.ts';
import { derivedStatus, orderTotals } from './order-totals.ts';
import type { LineRecord, OrderRecord } from './records.ts';
import { claimStock } from './stock.ts';
import { cleanTags } from './tags.ts';
import { path, type UserError } from './user-errors.ts';
import type { Call } from './world.ts';

const trialLimit = { orders: 5, perMs: 60_000 };

function startReading(call: Call, input: OrderInput): Reading {
  const { shop, world } = call;
  const currency = input.currency ?? shop.currency;
  return {
    shop,
    newId: world.newId,
    currency,
    presentment: input.presentmentCurrency ?? currency,
    taxesIncluded: input.taxesIncluded ?? false,
    now: world.parts.clock.now(),
    errors: [],
    longTitles: world.parts.behaviour.get('shopify.long-line-title') === 'accepts',
  };
}

function checkedMetafields(call: Call, input: OrderInput, errors: UserError[]): CheckedMetafield[] {
  return (input.metafields ?? []).flatMap((field, i) => {
    const checked = checkMetafield(call.world, call.shop, field, null);
    if ('unique' in checked) return [checked];
    errors.push({
      field: path('order', 'metafields', i, checked.field),
      message: checked.message,
      code: 'INVALID',
    });
    return [];
  });
}

function readFulfillment(call: Call, input: OrderInput, reading: Reading): FulfillmentRecord[] {
  const { fulfillment } = input;
  if (fulfillment == null && input.fulfillmentStatus !== 'FULFILLED') {
    if (input.fulfillmentStatus != null) throw notDone(`fulfillmentStatus ${input.fulfillmentStatus}`);
    return [];
  }
  const locationId = fulfillment == null ? null : idOf('Location', fulfillment.locationId);
  if (fulfillment != null && !call.shop.locations.some((one) => one.id === locationId))
    reading.errors.push({
      field: path('order', 'fulfillment', 'locationId'),
      message: 'Location not found',
      code: 'INVALID',
    });
  const single = fulfillment?.trackingNumber == null ? [] : [fulfillment.trackingNumber];
  const { now } = reading;
  return [
    {
      id: reading.newId('Fulfillment'),
      locationId,
      number: 1,
      status: 'SUCCESS',
      trackingCompany: fulfillment?.trackingCompany ?? null,
      trackingNumbers: fulfillment?.trackingNumbers ?? single,
      trackingUrls: [],
      // Known once the order was routed.
      lines: [],
      createdAt: now,
      updatedAt: now,
    },
  ];
}

function tooMany(call: Call, now: number): boolean {
  if (call.world.parts.behaviour.get('shopify.order-create-limit') !== 'five-a-minute') return false;
  call.shop.recentCreations = call.shop.recentCreations.filter((at) => at > now - trialLimit.perMs);
  return call.shop.recentCreations.length >= trialLimit.orders;
}

function build(call: Call, input: OrderInput, reading: Reading): OrderRecord {
  const { shop } = call;
  const { now, currency, presentment, taxesIncluded } = reading;
  const processedAt = Math.min(now, input.processedAt == null ? now : Date.parse(input.processedAt));
  const raw = (input.lineItems ?? []).map((line, i) => readLine(reading, line, i));
  const spread =
    (input.taxLines ?? []).length === 0
      ? { orderTaxLines: [], lines: raw }
      : spreadOrderTaxes(reading, input.taxLines ?? [], raw);
  const shippingLines = (input.shippingLines ?? []).map((line, i) => readShipping(reading, line, i));
  const transactions = (input.transactions ?? []).map((one, i) =>
    readTransaction(reading, one, i, processedAt),
  );
  const fulfillments = readFulfillment(call, input, reading);
  const lines: LineRecord[] =
    fulfillments.length === 0
      ? spread.lines
      : spread.lines.map((line) => ({ ...line, fulfilledQuantity: line.quantity }));
  const totals = orderTotals({ currency, presentment, taxesIncluded, lines, shippingLines });
  return {
    id: reading.newId('Order'),
    number: shop.nextNumber,
    name: input.name ?? `#${String(shop.nextNumber)}`,
    currency,
    presentmentCurrency: presentment,
    taxesIncluded,
    test: input.test ?? false,
    sourceName: input.sourceName ?? '104857601',
    sourceIdentifier: input.sourceIdentifier ?? null,
    sourceUrl: input.sourceUrl ?? null,
    byStaff: call.grant.caller === 'staff',
    createdAt: now,
    processedAt,
    updatedAt: now,
    closedAt: input.closedAt == null ? null : Date.parse(input.closedAt),
    cancelledAt: null,
    cancelReason: null,
    cancelNote: null,
    financialStatus: input.financialStatus ?? derivedStatus(totals.total, transactions),
    lines,
    edited: false,
    shippingLines,
    orderTaxLines: spread.orderTaxLines,
    transactions,
    refunds: [],
    fulfillments,
    fulfillmentOrders: [],
    totals,
    shippingAddress: readAddress(input.shippingAddress, reading.newId),
    billingAddress: readAddress(input.billingAddress, reading.newId),
    email: input.email ?? null,
    phone: input.phone ?? null,
    note: input.note ?? null,
    poNumber: input.poNumber ?? null,
    tags: cleanTags(input.tags ?? []),
    customAttributes: input.customAttributes ?? [],
    metafields: [],
  };
}

function writeMails(call: Call, order: OrderRecord, options: CreateOptions): void {
  if (order.email === null) return;
  const add = (kind: 'receipt' | 'fulfillment'): void => {
    call.shop.mails.push({ order: order.name, kind, to: order.email ?? '' });
  };
  if (options.sendReceipt === true) add('receipt');
  if (options.sendFulfillmentReceipt === true && order.fulfillments.length > 0) add('fulfillment');
}

/** `orderCreate`: makes the order, or says in `userErrors` why not. Money is exact; nothing is made where anything is wrong. */
export function orderCreate(
  { order: input, options }: { readonly order: OrderInput; readonly options?: CreateOptions | null },
  call: Call,
): Source {
  const given = notDoneInputs.find((name) => (input as Record<string, unknown>)[name] != null);
  if (given !== undefined) throw notDone(`OrderCreateOrderInput.${given}`);
  const { world, shop } = call;
  const reading = startReading(call, input);
  const failed = (errors: readonly UserError[]): Source => ({ order: null, userErrors: errors });
  if (tooMany(call, reading.now))
    return failed([{ field: null, message: 'Too many attempts. Please try again later.', code: null }]);
  checkPlainFields(call, input, reading);
  const fields = checkedMetafields(call, input, reading.errors);
  const built = build(call, input, reading);
  if (reading.errors.length > 0) return failed(reading.errors);
  const claimed = claimStock(shop, built.lines, options?.inventoryBehaviour ?? 'BYPASS');
  if ('error' in claimed) return failed([claimed.error]);
  const order: OrderRecord = { ...built, lines: claimed.lines };
  shop.orders.set(order.id, order);
  shop.nextNumber += 1;
  shop.recentCreations.push(reading.now);
  writeMetafields(world, shop, order, fields);
  writeMails(call, order, options ?? {});
  routeOrder(world, shop, order);
  orderChanged(world, shop, order, { operation: 'orderCreate', topic: 'orders/create' });
  return { order: orderFields(order, call), userErrors: [] };
}

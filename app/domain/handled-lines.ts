import type { AmazonOrder } from './amazon-order.ts';
import type { FulfillmentLine, FulfillmentOrder, Handling } from './shopify-order.ts';

const over = new Set(['CLOSED', 'CANCELLED']);

/** A fulfilment order on which something is still to be sent, with those of its lines. */
export interface OpenWork extends FulfillmentOrder {
  readonly open: readonly FulfillmentLine[];
}

/** The fulfilment orders on which something is still to be sent. */
export function openWork(handling: Handling): OpenWork[] {
  return handling.fulfillmentOrders
    .filter(({ status }) => !over.has(status))
    .map((one) => ({ ...one, open: one.lines.filter(({ remaining }) => remaining > 0) }))
    .filter(({ open }) => open.length > 0);
}

/**
 * Amazon's lines that units in Shopify may stand for: the one they were made from, else (of another app's order) those
 * with the same SKU, else any.
 */
export function meant(order: AmazonOrder, line: FulfillmentLine): string[] {
  const all = order.lines.map(({ orderItemId }): string => orderItemId);
  if (line.orderItemId !== null && all.includes(line.orderItemId)) return [line.orderItemId];
  const same = order.lines.filter(({ sku }) => sku !== null && sku === line.sku);
  return same.length > 0 ? same.map(({ orderItemId }) => orderItemId) : all;
}

/**
 * Amazon's lines of which Shopify has nothing left to send, or only work of which a person says that it is `gone`. Null where that cannot be told: nothing was prepared for
 * sending yet, or the order does not stand in Shopify any more.
 */
export function goneLines(
  order: AmazonOrder,
  handling: Handling | null,
  cancelled: boolean,
  gone: ReadonlySet<string> = new Set(),
): ReadonlySet<string> | null {
  if (!handling || cancelled || handling.fulfillmentOrders.length === 0) return null;
  const works = openWork(handling).filter(({ id }) => !gone.has(id));
  const left = new Set(works.flatMap(({ open }) => open.flatMap((line) => meant(order, line))));
  return new Set(order.lines.map(({ orderItemId }) => orderItemId).filter((id) => !left.has(id)));
}

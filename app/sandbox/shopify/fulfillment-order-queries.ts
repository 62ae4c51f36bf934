import { connection, type Connection, type PageArgs } from './connection.ts';
import type { Source } from './execute.ts';
import { fulfillmentFields } from './fulfillment-fields.ts';
import { findFulfillmentOrder } from './fulfillment-order-access.ts';
import { fulfillmentOrderFields, readable } from './fulfillment-order-fields.ts';
import type { FulfillmentOrderRecord } from './fulfillment-records.ts';
import { idOf } from './ids.ts';
import { notDone } from './not-done.ts';
import { visibleOrder } from './order-visible.ts';
import type { OrderRecord } from './records.ts';
import { parseSearch, type Search } from './search-syntax.ts';
import type { Call } from './world.ts';

type Term = Extract<Search, { kind: 'term' }>;

const digits = (text: string): string => /\d+$/.exec(text)?.[0] ?? '';

function compare(op: Term['op'], left: bigint | number, right: bigint | number): boolean {
  if (op === '=') return left === right;
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

function fits(search: Search, one: FulfillmentOrderRecord): boolean {
  if (search.kind === 'all') return true;
  if (search.kind === 'not') return !fits(search.part, one);
  if (search.kind === 'and') return search.parts.every((part) => fits(part, one));
  if (search.kind === 'or') return search.parts.some((part) => fits(part, one));
  const { field, op, value } = search;
  if (field === 'status')
    return value.split(',').some((status) => status.trim().toUpperCase() === one.status);
  if (field === 'id') return compare(op, one.id, BigInt(digits(value)));
  if (field === 'assigned_location_id') return String(one.locationId) === digits(value);
  if (field === 'updated_at') return compare(op, one.updatedAt, Date.parse(value));
  throw notDone(`the fulfilment order search by ${field ?? 'free text'}`);
}

type ListArgs = PageArgs & { readonly query?: string | null };

function list(
  records: readonly FulfillmentOrderRecord[],
  args: ListArgs & { readonly sortKey?: string | null },
  call: Call,
): Connection {
  const search = parseSearch(args.query);
  return connection(
    readable(records, call).filter((one) => fits(search, one)),
    args,
    (one) => [args.sortKey === 'UPDATED_AT' ? one.updatedAt : null, one.id],
    (one) => fulfillmentOrderFields(one, call),
  );
}

/** `Order.fulfillmentOrders`. */
export function fulfillmentOrdersOf(order: OrderRecord) {
  return (args: ListArgs & { readonly displayable?: boolean | null }, call: Call): Connection =>
    list(
      order.fulfillmentOrders.filter((one) => args.displayable !== true || !one.hidden),
      args,
      call,
    );
}

/** `fulfillmentOrders`: those of the whole shop. */
export function fulfillmentOrders(
  args: ListArgs & { readonly includeClosed?: boolean | null; readonly sortKey?: string | null },
  call: Call,
): Connection {
  const all = [...call.shop.fulfillmentOrders.values()];
  return list(
    all.filter((one) => args.includeClosed === true || one.status !== 'CLOSED'),
    args,
    call,
  );
}

/** `fulfillmentOrder(id)`. */
export function fulfillmentOrderById(args: { readonly id: string }, call: Call): Source | null {
  const record = findFulfillmentOrder(call, args.id, 'read');
  return record ? fulfillmentOrderFields(record, call) : null;
}

/** `fulfillment(id)`. */
export function fulfillmentById(args: { readonly id: string }, call: Call): Source | null {
  const id = idOf('Fulfillment', args.id);
  for (const order of call.shop.orders.values()) {
    const found = order.fulfillments.find((one) => one.id === id);
    if (found) return visibleOrder(call, order.id) ? fulfillmentFields(found, order, call) : null;
  }
  return null;
}

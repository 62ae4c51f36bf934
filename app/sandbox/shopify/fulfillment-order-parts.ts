import type {
  FulfillmentOrderLineRecord,
  FulfillmentOrderRecord,
  FulfillmentOrderStatus,
} from './fulfillment-records.ts';
import type { OrderRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import type { ShopifyWorld } from './world.ts';

/** Units of a line of a fulfilment order. */
export interface Part {
  readonly line: FulfillmentOrderLineRecord;
  readonly quantity: number;
}

/** Makes a fulfilment order and puts it into the order. */
export function addFulfillmentOrder(
  world: ShopifyWorld,
  shop: ShopState,
  order: OrderRecord,
  made: {
    readonly locationId: bigint;
    readonly units: readonly { readonly lineId: bigint; readonly quantity: number }[];
    readonly status: FulfillmentOrderStatus;
    readonly fulfillAt: number | null;
    readonly family?: bigint;
  },
): FulfillmentOrderRecord {
  const now = world.parts.clock.now();
  const { locationId, units, status, fulfillAt } = made;
  const id = world.newId('FulfillmentOrder');
  const record: FulfillmentOrderRecord = {
    id,
    order,
    family: made.family ?? id,
    locationId,
    createdAt: now,
    updatedAt: now,
    status,
    requestStatus: 'UNSUBMITTED',
    fulfillAt,
    progressReported: false,
    hidden: false,
    lines: units.map(({ lineId, quantity }) => ({
      id: world.newId('FulfillmentOrderLineItem'),
      lineId,
      totalQuantity: quantity,
      remainingQuantity: status === 'CLOSED' ? 0 : quantity,
    })),
    holds: [],
    requests: [],
  };
  order.fulfillmentOrders = [...order.fulfillmentOrders, record];
  shop.fulfillmentOrders.set(record.id, record);
  return record;
}

/** Everything of it that is still to be sent. */
export function remainingParts(record: FulfillmentOrderRecord): Part[] {
  return record.lines
    .filter((line) => line.remainingQuantity > 0)
    .map((line) => ({ line, quantity: line.remainingQuantity }));
}

/** True when the parts are everything that is still to be sent. */
export function isEverything(record: FulfillmentOrderRecord, parts: readonly Part[]): boolean {
  return remainingParts(record).every(({ line, quantity }) =>
    parts.some((part) => part.line === line && part.quantity === quantity),
  );
}

/** True when some of it was sent already. */
export function hasShipped(record: FulfillmentOrderRecord): boolean {
  return record.lines.some((line) => line.remainingQuantity < line.totalQuantity);
}

/** What it is when nothing holds it. */
export function freeStatus(record: FulfillmentOrderRecord, now: number): FulfillmentOrderStatus {
  if (hasShipped(record) || record.progressReported) return 'IN_PROGRESS';
  return record.fulfillAt !== null && record.fulfillAt > now ? 'SCHEDULED' : 'OPEN';
}

/** Moves units into a fulfilment order of their own, at the same place; `kin` merges again after a hold. */
export function splitOff(
  world: ShopifyWorld,
  shop: ShopState,
  record: FulfillmentOrderRecord,
  parts: readonly Part[],
  kinship: 'kin' | 'apart',
): FulfillmentOrderRecord {
  const { locationId, fulfillAt } = record;
  const made = addFulfillmentOrder(world, shop, record.order, {
    locationId,
    fulfillAt,
    ...(kinship === 'kin' ? { family: record.family } : {}),
    units: parts.map(({ line, quantity }) => ({ lineId: line.lineId, quantity })),
    status: fulfillAt !== null && fulfillAt > world.parts.clock.now() ? 'SCHEDULED' : 'OPEN',
  });
  for (const { line, quantity } of parts) {
    line.totalQuantity -= quantity;
    line.remainingQuantity -= quantity;
  }
  record.lines = record.lines.filter((line) => line.totalQuantity > 0);
  record.updatedAt = world.parts.clock.now();
  return made;
}

/** Moves all that is left of one into another, and closes it. */
export function pourInto(
  world: ShopifyWorld,
  from: FulfillmentOrderRecord,
  into: FulfillmentOrderRecord,
): void {
  for (const line of from.lines) {
    const same = into.lines.find((one) => one.lineId === line.lineId);
    if (same) {
      same.totalQuantity += line.remainingQuantity;
      same.remainingQuantity += line.remainingQuantity;
    } else {
      const { lineId, remainingQuantity } = line;
      const id = world.newId('FulfillmentOrderLineItem');
      into.lines.push({ id, lineId, totalQuantity: remainingQuantity, remainingQuantity });
    }
    line.totalQuantity -= line.remainingQuantity;
    line.remainingQuantity = 0;
  }
  from.status = 'CLOSED';
  from.hidden = true;
  const now = world.parts.clock.now();
  from.updatedAt = now;
  into.updatedAt = now;
}

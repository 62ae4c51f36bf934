import { type Done, refused } from './change.ts';
import { type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import {
  lineId,
  mapLines,
  quantitiesOf,
  statusOf,
  unknownLines,
  withoutRequest,
  withQuantities,
  withStatus,
} from './lines.ts';

/** What is shipped; without `items` all that is open. */
export interface ShipOrder {
  readonly items?: readonly { readonly orderItemId: string; readonly quantity: number }[] | undefined;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** What a seller's own system says of the parcel; left out: the next free number, shipped now. */
  readonly parcel?: { readonly reference?: string; readonly shipTime?: string; readonly service?: string };
}

/** A parcel as the control interface shows it. */
export interface Shipment {
  readonly packageReferenceId: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly shipTime: string | null;
  readonly items: readonly { readonly orderItemId: string | null; readonly quantity: number | null }[];
}

/** Units to take from each line id. */
function askedUnits(order: JsonObject, items: ShipOrder['items']): Map<string, number> {
  const units = new Map<string, number>();
  const add = (id: string, quantity: number) => units.set(id, (units.get(id) ?? 0) + quantity);
  if (items !== undefined) for (const { orderItemId, quantity } of items) add(orderItemId, quantity);
  else {
    for (const line of objectsIn(order, 'orderItems')) {
      const { open } = quantitiesOf(line);
      if (open > 0) add(lineId(line) ?? '', open);
    }
  }
  return units;
}

/** Why these units cannot be shipped, or null. */
function objection(order: JsonObject, units: ReadonlyMap<string, number>) {
  if (['PENDING', 'PENDING_AVAILABILITY'].includes(statusOf(order) ?? '')) {
    return refused(409, 'The order is still pending and cannot be shipped.');
  }
  const [unknown] = unknownLines(order, [...units.keys()]);
  if (unknown !== undefined) return refused(404, `The order has no line ${unknown}.`);
  if (units.size === 0) return refused(409, 'Nothing is open: it is shipped or cancelled already.');
  for (const [id, quantity] of units) {
    const open = objectsIn(order, 'orderItems')
      .filter((line) => (lineId(line) ?? '') === id)
      .reduce((sum, line) => sum + quantitiesOf(line).open, 0);
    if (!Number.isInteger(quantity) || quantity < 1)
      return refused(400, `The quantity of line ${id} is not valid.`);
    if (quantity > open) return refused(409, `Line ${id} has ${open} open, not ${quantity}.`);
  }
  return null;
}

function packagesWith(order: JsonObject, ship: ShipOrder, units: ReadonlyMap<string, number>, time: string) {
  const packages = objectsIn(order, 'packages');
  const taken = new Set(packages.map((known) => textIn(known, 'packageReferenceId')));
  let reference = packages.length + 1;
  while (taken.has(String(reference))) reference += 1;
  return [
    ...packages,
    {
      packageReferenceId: ship.parcel?.reference ?? String(reference),
      createdTime: time,
      packageStatus: { status: 'SHIPPED' },
      carrier: ship.carrier,
      ...(ship.parcel?.service === undefined ? {} : { shippingService: ship.parcel.service }),
      shipTime: ship.parcel?.shipTime ?? time,
      trackingNumber: ship.trackingNumber,
      packageItems: [...units].map(([orderItemId, quantity]) => ({ orderItemId, quantity })),
    },
  ];
}

/** The order after a parcel left (`time` is ISO 8601): quantities, a package (seller-fulfilled only) and the status. */
export function shipOrder(
  order: JsonObject,
  ship: ShipOrder,
  requestStays: boolean,
  time: string,
): Done<{ order: JsonObject }> {
  const units = askedUnits(order, ship.items);
  const refusal = objection(order, units);
  if (refusal !== null) return refusal;
  const left = new Map(units);
  const shipped = mapLines(order, (line) => {
    const id = lineId(line) ?? '';
    const { fulfilled, open } = quantitiesOf(line);
    const taken = Math.min(open, left.get(id) ?? 0);
    if (taken === 0) return line;
    left.set(id, (left.get(id) ?? 0) - taken);
    const changed = withQuantities(line, fulfilled + taken, open - taken);
    return requestStays ? changed : withoutRequest(changed);
  });
  const packed =
    textIn(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON'
      ? shipped
      : { ...shipped, packages: packagesWith(order, ship, units, time) };
  return { ok: true, order: withStatus(packed) };
}

/** The order as if a parcel had not left: for a change of it. The order itself where it has no such parcel. */
export function withoutParcel(order: JsonObject, reference: string): JsonObject {
  const parcel = objectsIn(order, 'packages').find((one) => one['packageReferenceId'] === reference);
  if (!parcel) return order;
  const items = objectsIn(parcel, 'packageItems');
  const back = mapLines(order, (line) => {
    const units = items
      .filter((item) => textIn(item, 'orderItemId') === lineId(line))
      .reduce((sum, item) => sum + (numberIn(item, 'quantity') ?? 0), 0);
    const { fulfilled, open } = quantitiesOf(line);
    return units === 0 ? line : withQuantities(line, Math.max(0, fulfilled - units), open + units);
  });
  return { ...back, packages: objectsIn(order, 'packages').filter((one) => one !== parcel) };
}

/** The parcels of an order. */
export function shipmentsOf(order: JsonObject): Shipment[] {
  return objectsIn(order, 'packages').map((parcel) => ({
    packageReferenceId: textIn(parcel, 'packageReferenceId'),
    carrier: textIn(parcel, 'carrier'),
    trackingNumber: textIn(parcel, 'trackingNumber'),
    shipTime: textIn(parcel, 'shipTime'),
    items: objectsIn(parcel, 'packageItems').map((item) => ({
      orderItemId: textIn(item, 'orderItemId'),
      quantity: typeof item['quantity'] === 'number' ? item['quantity'] : null,
    })),
  }));
}

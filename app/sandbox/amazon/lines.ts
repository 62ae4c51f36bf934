import { isObject, type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';

/** A line's id, or null where the order was placed with an odd one. */
export function lineId(line: JsonObject): string | null {
  return textIn(line, 'orderItemId');
}

/** Whether the line's cancellation was carried out. */
export function isCancelled(line: JsonObject): boolean {
  return isObject(objectIn(line, 'cancellation')['cancellationExecution']);
}

/** Units ordered, shipped and still to ship. What the line does not tell counts as not shipped. */
export function quantitiesOf(line: JsonObject): { ordered: number; fulfilled: number; open: number } {
  const fulfillment = objectIn(line, 'fulfillment');
  const ordered = numberIn(line, 'quantityOrdered') ?? 0;
  const fulfilled = numberIn(fulfillment, 'quantityFulfilled') ?? 0;
  const open = numberIn(fulfillment, 'quantityUnfulfilled') ?? Math.max(0, ordered - fulfilled);
  return { ordered, fulfilled, open: isCancelled(line) ? 0 : open };
}

/** The line with new numbers of shipped and open units. */
export function withQuantities(line: JsonObject, fulfilled: number, open: number): JsonObject {
  const fulfillment = {
    ...objectIn(line, 'fulfillment'),
    quantityFulfilled: fulfilled,
    quantityUnfulfilled: open,
  };
  return { ...line, fulfillment };
}

/** The line without its cancellation request. */
export function withoutRequest(line: JsonObject): JsonObject {
  const { cancellationRequest: gone, ...rest } = objectIn(line, 'cancellation');
  if (gone === undefined) return line;
  if (Object.keys(rest).length > 0) return { ...line, cancellation: rest };
  const { cancellation: _empty, ...bare } = line;
  return bare;
}

/** The order with its lines replaced one by one; what is no object stays as it is. */
export function mapLines(order: JsonObject, change: (line: JsonObject) => JsonObject): JsonObject {
  const items = order['orderItems'];
  if (!Array.isArray(items)) return order;
  return { ...order, orderItems: items.map((item: unknown) => (isObject(item) ? change(item) : item)) };
}

/** The ids that no line of the order has. */
export function unknownLines(order: JsonObject, ids: readonly string[]): string[] {
  const known = new Set(objectsIn(order, 'orderItems').map(lineId));
  return ids.filter((id) => !known.has(id));
}

/** The order's status in Amazon's own words, or null where it has none. */
export function statusOf(order: JsonObject): string | null {
  return textIn(objectIn(order, 'fulfillment'), 'fulfillmentStatus');
}

/** The order with the status that follows from its lines; one with nothing shipped and something open keeps its own. */
export function withStatus(order: JsonObject): JsonObject {
  const quantities = objectsIn(order, 'orderItems').map(quantitiesOf);
  const open = quantities.some((line) => line.open > 0);
  const shipped = quantities.some((line) => line.fulfilled > 0);
  if (open && !shipped) return order;
  const fulfillmentStatus = open ? 'PARTIALLY_SHIPPED' : shipped ? 'SHIPPED' : 'CANCELLED';
  return { ...order, fulfillment: { ...objectIn(order, 'fulfillment'), fulfillmentStatus } };
}

import type { AmazonOrder } from './amazon-order.ts';
import type { OrderBooks } from './order-books.ts';

/** Units by a line's id. */
export type LineUnits = ReadonlyMap<string, number>;

type Items = readonly { readonly orderItemId: string; readonly quantity: number }[];

/** Adds up units that may name a line several times. */
export function unitsOf(items: Items): Map<string, number> {
  const units = new Map<string, number>();
  for (const { orderItemId, quantity } of items)
    units.set(orderItemId, (units.get(orderItemId) ?? 0) + quantity);
  return units;
}

/** The units of all of these together. */
export function allUnits(all: readonly LineUnits[]): Map<string, number> {
  return unitsOf(all.flatMap((units) => itemsOf(units)));
}

/** Units as a list, without lines that have none. */
export function itemsOf(units: LineUnits): { readonly orderItemId: string; readonly quantity: number }[] {
  return [...units]
    .filter(([, quantity]) => quantity > 0)
    .map(([orderItemId, quantity]) => ({ orderItemId, quantity }));
}

/** What is left of units after others, never less than nothing. */
export function unitsWithout(units: LineUnits, others: LineUnits): Map<string, number> {
  return new Map([...units].map(([id, quantity]) => [id, Math.max(0, quantity - (others.get(id) ?? 0))]));
}

/** Of each line the smaller number. */
export function unitsWithin(units: LineUnits, limit: LineUnits): Map<string, number> {
  return new Map([...units].map(([id, quantity]) => [id, Math.min(quantity, limit.get(id) ?? 0)]));
}

/** How many units there are. */
export function count(units: LineUnits): number {
  return [...units.values()].reduce((sum, quantity) => sum + quantity, 0);
}

/** Whether both are the same units of the same lines. */
export function sameUnits(a: LineUnits, b: LineUnits): boolean {
  return count(a) === count(b) && itemsOf(a).every(({ orderItemId: id, quantity }) => b.get(id) === quantity);
}

/** The line of an Amazon order that units of a Shopify line stand for, with room for them; null: there is none. */
function lineFor(
  order: AmazonOrder,
  books: OrderBooks,
  lineItem: string,
  taken: LineUnits,
  adopted: boolean,
): string | null {
  const booked = books.lines.find(({ id }) => id === lineItem);
  const own = order.lines.find(({ orderItemId }) => orderItemId === booked?.orderItemId);
  if (own) return own.orderItemId;
  // What staff added to an order that this app made is no part of Amazon's.
  if (!booked || !adopted) return null;
  const same = order.lines.filter(({ sku }) => sku !== null && sku === booked.sku);
  const [only] = order.lines;
  if (same.length === 0)
    return only && order.lines.length === 1 && books.lines.length === 1 ? only.orderItemId : null;
  const room = same.find((line) => (taken.get(line.orderItemId) ?? 0) < line.quantityOrdered);
  return (room ?? same[0])?.orderItemId ?? null;
}

/**
 * The units of Amazon's lines that units of Shopify's lines stand for: several of Shopify's may stand for one of Amazon's, and
 * those that stand for none are left out (FUL-3). An order of another app is matched by its SKUs.
 */
export function amazonUnits(
  order: AmazonOrder,
  books: OrderBooks,
  lines: readonly { readonly lineItemId: string; readonly quantity: number }[],
  adopted: boolean,
): Map<string, number> {
  const units = new Map<string, number>();
  for (const { lineItemId, quantity } of lines)
    for (let unit = 0; unit < quantity; unit += 1) {
      const id = lineFor(order, books, lineItemId, units, adopted);
      if (id !== null) units.set(id, (units.get(id) ?? 0) + 1);
    }
  return units;
}

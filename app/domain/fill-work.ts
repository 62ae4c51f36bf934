import type { AmazonOrder } from './amazon-order.ts';
import type { CommandArgs, HeldPart } from './command.ts';
import { meant, type OpenWork } from './handled-lines.ts';
import type { LineUnits } from './line-units.ts';

/** Units of a parcel on the work that is open for them in Shopify. */
export interface Filled {
  /** What one fulfilment can hold: work at one place. */
  readonly groups: readonly CommandArgs['fulfil_shopify']['work'][];
  /** Other apps hold work that is needed. */
  readonly held: readonly OpenWork[];
  /** Work that is needed is held by this app, which lets it go first. */
  readonly waits: boolean;
  /** The work without what is taken. */
  readonly rest: readonly OpenWork[];
}

/** What cannot be held up comes first, then what this app holds, then what others hold. */
const rank = ({ holds }: OpenWork): number =>
  holds.length === 0 ? 0 : holds.every(({ own }) => own) ? 1 : 2;

/**
 * Puts units of Amazon's lines on the open work of an order. Held work cannot be fulfilled: it is named instead. A fulfilment
 * holds work of one place only.
 */
export function fillWork(order: AmazonOrder, works: readonly OpenWork[], units: LineUnits): Filled {
  const left = new Map(units);
  const taken = new Map<OpenWork, HeldPart[]>();
  for (const work of [...works].sort((a, b) => rank(a) - rank(b)))
    for (const line of work.open) {
      let free = line.remaining;
      for (const id of meant(order, line)) {
        const quantity = Math.min(free, left.get(id) ?? 0);
        if (quantity === 0) continue;
        free -= quantity;
        left.set(id, (left.get(id) ?? 0) - quantity);
        taken.set(work, [...(taken.get(work) ?? []), { id: line.id, quantity }]);
      }
    }
  const used = [...taken.keys()];
  const rest = works
    .map((work) => without(work, taken.get(work) ?? []))
    .filter(({ open }) => open.length > 0);
  const byPlace = Map.groupBy(
    used.filter((work) => work.holds.length === 0),
    ({ location }) => location,
  );
  const groups = [...byPlace.values()].map((all) =>
    all.map((work) => ({ fulfillmentOrder: work.id, parts: together(taken.get(work) ?? []) })),
  );
  return {
    groups,
    held: used.filter((work) => rank(work) === 2),
    waits: used.some((work) => rank(work) === 1),
    rest,
  };
}

/** A line is named once in a fulfilment. */
function together(parts: readonly HeldPart[]): HeldPart[] {
  const sums = new Map<string, number>();
  for (const { id, quantity } of parts) sums.set(id, (sums.get(id) ?? 0) + quantity);
  return [...sums].map(([id, quantity]) => ({ id, quantity }));
}

function without(work: OpenWork, parts: readonly HeldPart[]): OpenWork {
  const units = new Map(together(parts).map(({ id, quantity }) => [id, quantity]));
  const open = work.open.map((line) => ({ ...line, remaining: line.remaining - (units.get(line.id) ?? 0) }));
  return { ...work, open: open.filter(({ remaining }) => remaining > 0) };
}

import type { AmazonOrderId } from './ids.ts';
import { commandsOfKind, type Command } from './command.ts';
import type { OpenWork } from './handled-lines.ts';
import { requestHoldHandle } from './request-keys.ts';
import type { FulfillmentHold, FulfillmentOrder, Handling } from './shopify-order.ts';

/** Units of order lines in Shopify, by the line's id. */
export type Units = ReadonlyMap<string, number>;

const done = new Set(['accepted', 'confirmed']);

/** This app's own hold because of a request; undefined where there is none. */
export function ownHold(work: { readonly holds: readonly FulfillmentHold[] }): FulfillmentHold | undefined {
  return work.holds.find((hold) => hold.own && hold.handle === requestHoldHandle);
}

/** The holds that were sent for request `n`, whatever became of them. */
export function holdsOf(
  commands: readonly Command[],
  order: AmazonOrderId,
  n: number,
): Command<'hold_order'>[] {
  const prefix = `hold_order:${order}:${String(n)}:`;
  return commandsOfKind(commands, 'hold_order').filter(({ key }) => key.startsWith(prefix));
}

/** Whether a write was answered with yes, or its effect was seen. */
export function isDone({ state }: Command): boolean {
  return done.has(state);
}

function sum(all: readonly (readonly [string, number])[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const [id, quantity] of all) units.set(id, (units.get(id) ?? 0) + quantity);
  return units;
}

const inDoubt = new Set(['sending', 'unsure']);

/** Our releases of requests' holds; one whose answer is missing is done now, where its hold is gone. */
export function ownReleases(
  commands: readonly Command[],
  { fulfillmentOrders }: Handling,
): Command<'release_hold'>[] {
  const standing = new Set(fulfillmentOrders.flatMap(({ holds }) => holds.map(({ id }) => id)));
  return commandsOfKind(commands, 'release_hold')
    .filter(({ args }) => args.handle !== 'concord-cancelling')
    .flatMap((one) => {
      if (isDone(one)) return [one];
      const gone = inDoubt.has(one.state) && !standing.has(one.args.hold);
      return gone ? [{ ...one, endedAt: Infinity }] : [];
    });
}

/** Whether a release came after a hold: where both ended at the same moment, as they were sent. */
function isAfter(release: Command<'release_hold'>, hold: Command<'hold_order'>): boolean {
  const [releasedAt, heldAt] = [release.endedAt ?? 0, hold.endedAt ?? 0];
  // What is seen to stand now stands after all that was released.
  if (heldAt === Infinity) return false;
  return releasedAt === heldAt ? (release.sentAt ?? 0) > (hold.sentAt ?? 0) : releasedAt > heldAt;
}

/** Units that were held for a request by `holds`, and that this app did not release itself afterwards by `releases`. */
export function unitsOnFile(
  holds: readonly Command<'hold_order'>[],
  releases: readonly Command<'release_hold'>[],
): Units {
  return sum(
    holds.filter(isDone).flatMap((hold) => {
      const after = releases.filter((release) => isAfter(release, hold));
      return hold.args.units
        .filter(({ lineItem }) => !after.some(({ args }) => args.lineItems.includes(lineItem)))
        .map(({ lineItem, quantity }) => [lineItem, quantity] as const);
    }),
  );
}

/** Units that are held by this app now. */
export function unitsHeld(all: readonly FulfillmentOrder[]): Units {
  const held = all.filter(ownHold).flatMap(({ lines }) => lines);
  return sum(held.map(({ lineItemId, remaining }) => [lineItemId, remaining]));
}

/**
 * Units that are neither held nor were released by a person: of what was on file and is not held any more a person took
 * the hold away (REQ-4).
 */
export function unitsFree(works: readonly OpenWork[], onFile: Units): Map<string, number> {
  const held = unitsHeld(works);
  const open = sum(
    works.flatMap((work) => work.open.map(({ lineItemId, remaining }) => [lineItemId, remaining] as const)),
  );
  const free = [...open].map(([id, quantity]) => {
    const now = held.get(id) ?? 0;
    const released = Math.max(0, (onFile.get(id) ?? 0) - now);
    return [id, Math.max(0, quantity - now - released)] as const;
  });
  return new Map(free);
}

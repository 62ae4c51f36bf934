import type { Command } from './command.ts';
import type { CommandEvent } from './command-state.ts';
import { holdsOf, isDone, ownReleases, unitsHeld, unitsOnFile } from './held-units.ts';
import type { Holding } from './holding.ts';

/** What a look showed of a write. */
export interface HoldEvent {
  readonly key: string;
  readonly event: CommandEvent;
}

/** Holds that are seen to stand: as many units of each line are held as were on file, and these. */
function seenHolds({ commands, order, request, handling }: Holding): HoldEvent[] {
  const releases = ownReleases(commands, handling);
  const held = unitsHeld(handling.fulfillmentOrders);
  let stand = holdsOf(commands, order.id, request.n).filter(isDone);
  const standing = (holds: readonly Command<'hold_order'>[], one: Command<'hold_order'>): boolean => {
    const onFile = unitsOnFile(holds, releases);
    return one.args.units.every(({ lineItem }) => (held.get(lineItem) ?? 0) >= (onFile.get(lineItem) ?? 0));
  };
  const events: HoldEvent[] = stand
    .filter((one) => one.state === 'accepted' && standing(stand, one))
    .map(({ key }) => ({ key, event: 'seen' }));
  for (const one of holdsOf(commands, order.id, request.n)) {
    if (isDone(one) || one.state === 'planned' || one.state === 'withdrawn') continue;
    const then = [...stand, { ...one, state: 'confirmed' as const, endedAt: Infinity }];
    if (!standing(then, one)) continue;
    stand = then;
    events.push({ key: one.key, event: 'seen' });
  }
  return events;
}

/** States of a write that has gone out, and whose effect a look may show. */
const sent = new Set(['sending', 'unsure', 'accepted']);

/** What a look showed of writes that were sent: holds that stand there, holds that are gone, work that is asked back. */
export function seen(holding: Holding): HoldEvent[] {
  const all = holding.handling.fulfillmentOrders;
  const holds = new Set(all.flatMap((one) => one.holds.map(({ id }) => id)));
  const back = new Set(
    all.filter(({ requestStatus }) => requestStatus.startsWith('CANCELLATION_')).map(({ id }) => id),
  );
  const others = holding.commands
    .filter(({ state }) => state !== 'confirmed')
    .flatMap((command): HoldEvent[] => {
      const { key, kind, args } = command;
      const shown =
        (kind === 'release_hold' && sent.has(command.state) && !holds.has(args.hold)) ||
        (kind === 'call_back' && back.has(args.fulfillmentOrder));
      return shown ? [{ key, event: 'seen' }] : [];
    });
  return [...seenHolds(holding), ...others];
}

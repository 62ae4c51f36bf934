import { choicesOfKind } from './choice.ts';
import { commandsOfKind, type CommandToSend } from './command.ts';
import { dealing, type Case, type Dealing } from './dealing.ts';
import type { Event } from './decide.ts';
import { isDone } from './held-units.ts';
import { meant, openWork } from './handled-lines.ts';
import { cancelHoldKey } from './money-keys.ts';
import { releaseKey } from './request-keys.ts';

/** The handle of the hold that stands from approval to outcome (CAN-18). */
export const cancellingHandle = 'concord-cancelling';

/** What holding everything comes to: the writes that are still missing. */
export interface HeldForCancel {
  readonly send: readonly CommandToSend<'hold_order'>[];
}

/** Of a piece of work: what of it is to be held, and as what; null: nothing. */
type WhatToHold = (
  work: ReturnType<typeof openWork>[number],
) => Pick<CommandToSend<'hold_order'>['args'], 'parts' | 'units'> | null;

/** The holds that are still missing for a decided cancel; what is held already, or cannot be, is left as it is. */
export function missingCancelHolds(
  { situation, order, handling }: Case,
  intent: string,
  what: WhatToHold,
): CommandToSend<'hold_order'>[] {
  if (!handling) return [];
  const holds = commandsOfKind(situation.commands, 'hold_order').filter(
    ({ args }) => args.handle === cancellingHandle,
  );
  return openWork(handling).flatMap((work): CommandToSend<'hold_order'>[] => {
    if (work.holds.some(({ own }) => own) || !work.actions.includes('HOLD')) return [];
    const held = what(work);
    if (!held) return [];
    const before = holds.filter(({ args }) => args.fulfillmentOrder === work.id);
    const key = cancelHoldKey(order.id, intent, work.id, before.filter(isDone).length);
    const last = before.find((one) => one.key === key);
    // Shopify said no: the same again would be no.
    if (last?.state === 'refused') return [];
    const args = { handle: cancellingHandle, fulfillmentOrder: work.id, ...held } as const;
    return [{ kind: 'hold_order', key, from: last?.state ?? null, args }];
  });
}

/**
 * Holds every open line of an order while its cancel is under way, also one whose hold a person released (CAN-18): the writes
 * that are still missing. Work that cannot be held is left: before anything is sent Amazon and Shopify are looked at again.
 */
export function holdForCancel(one: Case, intent: string): HeldForCancel {
  return { send: missingCancelHolds(one, intent, () => ({ parts: null, units: [] })) };
}

/** What a look showed of these holds and their releases. */
export function seenCancelHolds({ situation, handling }: Case): Dealing {
  if (!handling) return dealing();
  const all = handling.fulfillmentOrders;
  const standing = new Set(
    all
      .filter((work) => work.holds.some((one) => one.own && one.handle === cancellingHandle))
      .map(({ id }) => id),
  );
  const holds = new Set(all.flatMap((work) => work.holds.map(({ id }) => id)));
  const open = new Set(['sending', 'unsure', 'accepted']);
  const events = situation.commands.flatMap((one): Event[] => {
    if (!open.has(one.state)) return [];
    const held = one.kind === 'hold_order' && one.args.handle === cancellingHandle;
    const shown =
      (held && standing.has(one.args.fulfillmentOrder)) ||
      (one.kind === 'release_hold' && one.args.handle === cancellingHandle && !holds.has(one.args.hold));
    return shown ? [{ key: one.key, event: 'seen' }] : [];
  });
  return dealing({ events });
}

/** Lines that are to be cancelled once the rest has shipped: they stay held (CAN-15). */
function keptLines({ choices }: Case['situation']): ReadonlySet<string> {
  const open = choicesOfKind(choices, 'cancel_lines').filter(({ state }) => state === 'open');
  return new Set(open.flatMap(({ args }) => args.lines.map(({ orderItemId }) => orderItemId)));
}

/** Releases those holds, where no cancel is under way any more. */
export function releaseCancelHolds({ situation, order, handling }: Case): Dealing {
  if (!handling) return dealing();
  const kept = keptLines(situation);
  const send = handling.fulfillmentOrders.flatMap((work): CommandToSend<'release_hold'>[] => {
    if (work.lines.some((line) => meant(order, line).some((id) => kept.has(id)))) return [];
    const hold = work.holds.find((one) => one.own && one.handle === cancellingHandle);
    if (!hold) return [];
    const key = releaseKey(order.id, hold.id);
    const before = commandsOfKind(situation.commands, 'release_hold').find((one) => one.key === key);
    if (before && (isDone(before) || before.state === 'refused')) return [];
    const lineItems = work.lines.map(({ lineItemId }) => lineItemId);
    const args = { handle: cancellingHandle, fulfillmentOrder: work.id, hold: hold.id, lineItems } as const;
    return [{ kind: 'release_hold', key, from: before?.state ?? null, args }];
  });
  return dealing({ send });
}

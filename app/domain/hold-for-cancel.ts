import { choicesOfKind } from './choice.ts';
import { commandsOfKind, createEffectMs, type Command, type CommandToSend } from './command.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import type { Event } from './decide.ts';
import { isDone } from './held-units.ts';
import { meant, openWork } from './handled-lines.ts';
import { retryOf } from './holding.ts';
import { cancelHoldKey } from './money-keys.ts';
import { releaseKey } from './request-keys.ts';
import type { FulfillmentHold, Handling } from './shopify-order.ts';

/** The handle of the hold that stands from approval to outcome (CAN-18). */
export const cancellingHandle = 'concord-cancelling';

/** What holding everything comes to: the writes that are still missing. */
export interface HeldForCancel {
  readonly send: readonly CommandToSend<'hold_order'>[];
}

const cancelHolds = (commands: readonly Command[]) =>
  commandsOfKind(commands, 'hold_order').filter(({ args }) => args.handle === cancellingHandle);

const inDoubt = ({ state }: Command): boolean => state === 'sending' || state === 'unsure';

/** A hold may still come about: nobody knows of it, or it was sent more than once. */
const mayBeLate = (hold: Command): boolean => inDoubt(hold) || (isDone(hold) && hold.attempt > 1);

/** Whether one of these holds may stand: more were done than released, or nobody knows of one of either. */
export function mayHoldForCancel(commands: readonly Command[]): boolean {
  const holds = cancelHolds(commands);
  const releases = commandsOfKind(commands, 'release_hold').filter(
    ({ args }) => args.handle === cancellingHandle,
  );
  if (holds.some(mayBeLate) || releases.some(inDoubt)) return true;
  return holds.filter(isDone).length > releases.filter(isDone).length;
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
  const holds = cancelHolds(situation.commands);
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

const isCancelHold = ({ own, handle }: FulfillmentHold): boolean => own && handle === cancellingHandle;

/** Whether such a hold stands on this work. */
function stands({ fulfillmentOrders }: Handling, work: string): boolean {
  return fulfillmentOrders.some(({ id, holds }) => id === work && holds.some(isCancelHold));
}

/** What a look showed of these holds and their releases. */
export function seenCancelHolds({ situation, handling }: Case): Dealing {
  if (!handling) return dealing();
  const all = handling.fulfillmentOrders;
  const holds = new Set(all.flatMap((work) => work.holds.map(({ id }) => id)));
  const open = new Set(['sending', 'unsure', 'accepted']);
  const events = situation.commands.flatMap((one): Event[] => {
    if (!open.has(one.state)) return [];
    const held = one.kind === 'hold_order' && one.args.handle === cancellingHandle;
    const shown =
      (held && stands(handling, one.args.fulfillmentOrder)) ||
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

/**
 * A hold that may come late, where no cancel is under way any more, is looked for until it can come no more. What is in the
 * dark is over then, unless it stands.
 */
function lateCancelHolds({ situation, handling }: Case): Dealing {
  const late = cancelHolds(situation.commands).filter(mayBeLate);
  if (!handling || late.length === 0 || keptLines(situation).size > 0) return dealing();
  const at = Math.max(...late.map(({ sentAt }) => sentAt ?? 0)) + createEffectMs;
  if (at > situation.now) return dealing({ dueAgain: [{ at, reason: 'looking', side: 'shopify' }] });
  const over = late.filter((hold) => inDoubt(hold) && !stands(handling, hold.args.fulfillmentOrder));
  return dealing({ events: over.map(({ key }) => ({ key, event: 'recalled' })) });
}

/** Releases those holds, where no cancel is under way any more; what Shopify refuses is said and tried again (PRO-4). */
export function releaseCancelHolds(one: Case): Dealing {
  const { situation, order, handling } = one;
  if (!handling) return dealing();
  const kept = keptLines(situation);
  const parts = handling.fulfillmentOrders.map((work): Dealing => {
    if (work.lines.some((line) => meant(order, line).some((id) => kept.has(id)))) return dealing();
    const hold = work.holds.find(isCancelHold);
    if (!hold) return dealing();
    const key = releaseKey(order.id, hold.id);
    const before = commandsOfKind(situation.commands, 'release_hold').find((each) => each.key === key);
    if (before && isDone(before)) return dealing();
    const again = before?.state === 'refused' ? retryOf(situation, before) : 0;
    if (again > situation.now)
      return dealing({
        problems: [
          {
            kind: 'hold_not_released',
            subject: hold.id,
            params: { id: order.id, text: before?.refusal?.text ?? '' },
          },
        ],
        dueAgain: [{ at: again, reason: 'backoff', side: 'shopify' }],
      });
    const lineItems = work.lines.map(({ lineItemId }) => lineItemId);
    const args = { handle: cancellingHandle, fulfillmentOrder: work.id, hold: hold.id, lineItems } as const;
    return dealing({ send: [{ kind: 'release_hold', key, from: before?.state ?? null, args }] });
  });
  return together([...parts, lateCancelHolds(one)]);
}

import type { AmazonOrder } from './amazon-order.ts';
import { commandsOfKind, type Command, type CommandToSend } from './command.ts';
import type { CommandEvent } from './command-state.ts';
import { backOff } from './back-off.ts';
import { meant, openWork, type OpenWork } from './handled-lines.ts';
import { callBackKey, holdKey, releaseKey, requestHoldHandle } from './request-keys.ts';
import type { CancelRequest } from './request.ts';
import type { FulfillmentHold, FulfillmentLine, Handling } from './shopify-order.ts';

/** What holding is decided on. Times in ms UTC. */
export interface Holding {
  readonly order: AmazonOrder;
  readonly request: CancelRequest;
  readonly handling: Handling;
  readonly commands: readonly Command[];
  readonly now: number;
}

/** What became of one fulfilment order on which something asked for is still to be sent. */
export type HoldOutcome =
  | { readonly is: 'held'; readonly whole: boolean }
  | { readonly is: 'holding' }
  | { readonly is: 'released' }
  | {
      readonly is: 'not_stopped';
      /** A word for why, and the service's own words where it gave some. */
      readonly why: readonly [NotStopped, string];
      readonly again: number | null;
    };

/** Why work cannot be stopped: with a third party that was asked or said no, refused by Shopify, or in a state without holds. */
type NotStopped = 'accepted' | 'rejected' | 'refused' | 'state';

interface Event {
  readonly key: string;
  readonly event: CommandEvent;
}

/** What to do about the holds of a request, and how things stand. */
export interface Held {
  readonly send: readonly CommandToSend<'hold_order' | 'release_hold' | 'call_back'>[];
  readonly events: readonly Event[];
  readonly outcomes: readonly { readonly work: OpenWork; readonly outcome: HoldOutcome }[];
  /** Own holds that Shopify did not release: its words, and when to try again (ms UTC). */
  readonly unreleased: readonly { readonly work: string; readonly text: string; readonly again: number }[];
}

const done = new Set(['accepted', 'confirmed']);
const ofRequest = ({ order, request }: Holding, kind: string) => `${kind}:${order.id}:${request.n}:`;

const ownHold = (work: { readonly holds: readonly FulfillmentHold[] }) =>
  work.holds.find((hold) => hold.own && hold.handle === requestHoldHandle);

function ownReleases({ commands, order }: Holding): Command<'release_hold'>[] {
  return commandsOfKind(commands, 'release_hold').filter(
    ({ key, state }) => key.startsWith(`release_hold:${order.id}:`) && done.has(state),
  );
}

/** Order lines that were held for this request before; where they are not held now a person released them (REQ-4). */
function heldBefore(holding: Holding): Set<string> {
  const own = ownReleases(holding);
  const held = commandsOfKind(holding.commands, 'hold_order').filter(
    ({ key, state }) => key.startsWith(ofRequest(holding, 'hold_order')) && done.has(state),
  );
  return new Set(
    held.flatMap(({ args, endedAt }) =>
      args.lineItems.filter(
        (id) =>
          !own.some(
            (release) => release.args.lineItems.includes(id) && (release.endedAt ?? 0) > (endedAt ?? 0),
          ),
      ),
    ),
  );
}

/** Whether the buyer wants out of what a line in Shopify stands for; where several it may be, one of them is enough. */
function isAsked({ order, request }: Holding, line: FulfillmentLine): boolean {
  const open = new Set<string>(
    request.lines.filter(({ ended }) => ended === null).map(({ orderItemId }) => orderItemId),
  );
  return meant(order, line).some((id) => open.has(id));
}

const isUnsplittable = (command: Command | undefined) =>
  command?.refusal?.field === 'FULFILLMENT_ORDER_NOT_SPLITTABLE';

/** Shopify's words of a refusal, and when the same may be tried again (ms UTC). */
function refused(command: Command, now: number): HoldOutcome {
  const again = backOff(command.attempt, command.endedAt ?? now);
  return { is: 'not_stopped', why: ['refused', command.refusal?.text ?? ''], again };
}

function hold(
  holding: Holding,
  work: OpenWork,
  asked: readonly FulfillmentLine[],
): HoldOutcome | CommandToSend<'hold_order'> {
  const { order, request, commands, now } = holding;
  const key = holdKey(order.id, request.n, work.id, ownReleases(holding).length);
  const before = commandsOfKind(commands, 'hold_order').find((command) => command.key === key);
  const all = asked.length === work.open.length || work.status === 'ON_HOLD' || isUnsplittable(before);
  const whole = all || before?.args.parts === null;
  const args = {
    fulfillmentOrder: work.id,
    parts: whole ? null : asked.map(({ id, remaining }) => ({ id, quantity: remaining })),
    lineItems: asked.map(({ lineItemId }) => lineItemId),
  };
  const retry = before?.state === 'refused' && !(isUnsplittable(before) && before.args.parts !== null);
  if (retry && backOff(before.attempt, before.endedAt ?? now) > now) return refused(before, now);
  // It was put there, it is not there, and nothing of ours took it away: a person did.
  if (before && done.has(before.state)) return { is: 'released' };
  return { kind: 'hold_order', key, from: before?.state ?? null, args };
}

/** Work at a third party: taken back while it is not accepted, else asked back (REQ-3). */
function callBack(
  { order, request, commands, now }: Holding,
  work: OpenWork,
): HoldOutcome | CommandToSend<'call_back'> {
  const key = callBackKey(order.id, request.n, work.id);
  const before = commandsOfKind(commands, 'call_back').find((command) => command.key === key);
  if (work.requestStatus === 'CANCELLATION_REQUESTED')
    return { is: 'not_stopped', why: ['accepted', ''], again: null };
  if (work.requestStatus === 'CANCELLATION_REJECTED' && before)
    return { is: 'not_stopped', why: ['rejected', ''], again: null };
  const how = work.actions.includes('REQUEST_CANCELLATION') ? 'ask' : 'cancel';
  if (how === 'cancel' && !work.actions.includes('CANCEL_FULFILLMENT_ORDER'))
    return { is: 'not_stopped', why: ['state', work.status], again: null };
  if (before?.state === 'refused' && backOff(before.attempt, before.endedAt ?? now) > now)
    return refused(before, now);
  if (before && done.has(before.state)) return { is: 'not_stopped', why: ['accepted', ''], again: null };
  return { kind: 'call_back', key, from: before?.state ?? null, args: { fulfillmentOrder: work.id, how } };
}

function handle(holding: Holding, work: OpenWork): HoldOutcome | Held['send'][number] | null {
  const asked = work.open.filter((line) => isAsked(holding, line));
  if (asked.length === 0) return null;
  if (ownHold(work)) return { is: 'held', whole: asked.length < work.open.length };
  const before = heldBefore(holding);
  const fresh = asked.filter(({ lineItemId }) => !before.has(lineItemId));
  if (fresh.length === 0) return { is: 'released' };
  return work.actions.includes('HOLD') ? hold(holding, work, fresh) : callBack(holding, work);
}

/** Our own holds on work of which the buyer wants nothing any more. What Amazon cancelled stays held: it must not leave. */
function toRelease(holding: Holding): (CommandToSend<'release_hold'> | Held['unreleased'][number])[] {
  const { order, request, handling, commands, now } = holding;
  const kept = new Set<string>(
    request.lines
      .filter(({ ended }) => ended === null || ended === 'cancelled')
      .map(({ orderItemId }) => orderItemId),
  );
  return openWork(handling).flatMap((work): ReturnType<typeof toRelease> => {
    const own = ownHold(work);
    if (!own || work.open.some((line) => meant(order, line).some((id) => kept.has(id)))) return [];
    const key = releaseKey(order.id, own.id);
    const before = commandsOfKind(commands, 'release_hold').find((command) => command.key === key);
    if (before && done.has(before.state)) return [];
    const again = before?.state === 'refused' ? backOff(before.attempt, before.endedAt ?? now) : 0;
    if (again > now) return [{ work: work.id, text: before?.refusal?.text ?? '', again }];
    const lineItems = work.open.map(({ lineItemId }) => lineItemId);
    const args = { fulfillmentOrder: work.id, hold: own.id, lineItems };
    return [{ kind: 'release_hold' as const, key, from: before?.state ?? null, args }];
  });
}

/** What a look showed of writes that were sent: holds that stand there, holds that are gone, work that is asked back. */
function seen({ commands, handling }: Holding): Event[] {
  const all = handling.fulfillmentOrders;
  const holds = new Set(all.flatMap((one) => one.holds.map(({ id }) => id)));
  const held = new Set(all.filter(ownHold).flatMap((one) => one.lines.map(({ lineItemId }) => lineItemId)));
  const asked = new Set(
    all.filter(({ requestStatus }) => requestStatus.startsWith('CANCELLATION_')).map(({ id }) => id),
  );
  return commands
    .filter(({ state }) => state !== 'confirmed')
    .flatMap((command): Event[] => {
      const { key, kind, args, state } = command;
      const shown =
        (kind === 'hold_order' && state !== 'planned' && args.lineItems.every((id) => held.has(id))) ||
        (kind === 'release_hold' && done.has(state) && !holds.has(args.hold)) ||
        (kind === 'call_back' && asked.has(args.fulfillmentOrder));
      return shown ? [{ key, event: 'seen' }] : [];
    });
}

/**
 * What to hold, to take back and to release in Shopify for a request. Each line is held once: what a person released stays
 * released (REQ-4). Pure.
 */
export function holdLines(holding: Holding): Held {
  const { request, handling } = holding;
  const open = request.state === 'open' || request.state === 'approved';
  const results = open
    ? openWork(handling).flatMap((work) => {
        const result = handle(holding, work);
        return result === null ? [] : [{ work, result }];
      })
    : [];
  const releases = toRelease(holding);
  return {
    send: [
      ...results.flatMap(({ result }) => ('kind' in result ? [result] : [])),
      ...releases.flatMap((one) => ('kind' in one ? [one] : [])),
    ],
    unreleased: releases.flatMap((one) => ('kind' in one ? [] : [one])),
    events: seen(holding),
    outcomes: results.map(({ work, result }) => ({
      work,
      outcome: 'kind' in result ? { is: 'holding' } : result,
    })),
  };
}

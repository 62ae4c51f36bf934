import type { AmazonOrder } from './amazon-order.ts';
import { commandsOfKind, type Command, type CommandToSend } from './command.ts';
import type { CommandEvent } from './command-state.ts';
import { backOff } from './back-off.ts';
import { meant, openWork, type OpenWork } from './handled-lines.ts';
import { holdsOf, isDone, ownHold, unitsFree, unitsHeld, unitsOnFile } from './held-units.ts';
import { callBackKey, holdKey, releaseKey } from './request-keys.ts';
import type { CancelRequest } from './request.ts';
import type { FulfillmentLine, Handling } from './shopify-order.ts';

/** What holding is decided on. Times in ms UTC. */
export interface Holding {
  readonly order: AmazonOrder;
  readonly request: CancelRequest;
  readonly handling: Handling;
  readonly commands: readonly Command[];
  readonly now: number;
  /** When a person last wanted it tried again, by fulfilment order. */
  readonly asked?: ReadonlyMap<string, number>;
  /** When a person last asked for this very order. */
  readonly wantedAt?: number | null;
}

/** What became of one fulfilment order on which something asked for is still to be sent. */
type HoldOutcome =
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

/** Units of one line of a fulfilment order that shall be held. */
interface Wanted {
  readonly line: FulfillmentLine;
  readonly quantity: number;
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

/** A person wants it tried again after it ended. */
function isWanted({ asked }: Holding, work: OpenWork, { endedAt, sentAt }: Command): boolean {
  return (asked?.get(work.id) ?? 0) > (endedAt ?? sentAt ?? 0);
}

/** When what was refused is tried again (ms UTC): at once where a person asked since. */
function retryOf({ now, wantedAt }: Holding, before: Command): number {
  const wanted = (wantedAt ?? 0) > (before.endedAt ?? now);
  return wanted ? now : backOff(before.attempt, before.endedAt ?? now);
}

/** It was refused, and its time has not come again. */
function isResting(holding: Holding, work: OpenWork, before: Command): boolean {
  return retryOf(holding, before) > holding.now && !isWanted(holding, work, before);
}

/** The hold of these units of a fulfilment order; where all of it has to be held, Shopify is not told units. */
function holdOf(
  { order, request, commands }: Holding,
  work: OpenWork,
  wanted: readonly Wanted[],
): CommandToSend<'hold_order'> & { readonly before: Command<'hold_order'> | undefined } {
  const holds = holdsOf(commands, order.id, request.n);
  // What was held of it before and released by a person stays so; what is asked for later is another hold.
  const turn = holds.filter((one) => isDone(one) && one.args.fulfillmentOrder === work.id).length;
  const key = holdKey(order.id, request.n, work.id, turn);
  const before = holds.find((command) => command.key === key);
  const every = work.open.every(({ id, remaining }) =>
    wanted.some(({ line, quantity }) => line.id === id && quantity === remaining),
  );
  const whole =
    every || work.status === 'ON_HOLD' || isUnsplittable(before) || (before && before.args.parts === null);
  const args = {
    fulfillmentOrder: work.id,
    parts: whole ? null : wanted.map(({ line, quantity }) => ({ id: line.id, quantity })),
    units: wanted.map(({ line, quantity }) => ({ lineItem: line.lineItemId, quantity })),
  };
  return { kind: 'hold_order', key, from: before?.state ?? null, args, before };
}

function hold(
  holding: Holding,
  work: OpenWork,
  wanted: readonly Wanted[],
): HoldOutcome | CommandToSend<'hold_order'> {
  const { before, ...command } = holdOf(holding, work, wanted);
  const retry = before?.state === 'refused' && !(isUnsplittable(before) && before.args.parts !== null);
  return retry && isResting(holding, work, before) ? refused(before, holding.now) : command;
}

/** Work at a third party: taken back while it is not accepted, else asked back (REQ-3). */
function callBack(holding: Holding, work: OpenWork): HoldOutcome | CommandToSend<'call_back'> {
  const { order, request, commands, now } = holding;
  const first = callBackKey(order.id, request.n, work.id);
  const turns = commandsOfKind(commands, 'call_back').filter(
    ({ key }) => key === first || key.startsWith(`${first}:`),
  );
  const again = turns.length > 0 && turns.every((one) => isDone(one) && isWanted(holding, work, one));
  const key = callBackKey(order.id, request.n, work.id, again ? turns.length : Math.max(0, turns.length - 1));
  const before = turns.find((command) => command.key === key);
  if (work.requestStatus === 'CANCELLATION_REQUESTED')
    return { is: 'not_stopped', why: ['accepted', ''], again: null };
  if (work.requestStatus === 'CANCELLATION_REJECTED' && before && !again)
    return { is: 'not_stopped', why: ['rejected', ''], again: null };
  const how = work.actions.includes('REQUEST_CANCELLATION') ? 'ask' : 'cancel';
  if (how === 'cancel' && !work.actions.includes('CANCEL_FULFILLMENT_ORDER'))
    return { is: 'not_stopped', why: ['state', work.status], again: null };
  if (before?.state === 'refused' && isResting(holding, work, before)) return refused(before, now);
  if (before && isDone(before)) return { is: 'not_stopped', why: ['accepted', ''], again: null };
  return { kind: 'call_back', key, from: before?.state ?? null, args: { fulfillmentOrder: work.id, how } };
}

/** Takes of a line's units as many as are there. */
function take(units: Map<string, number>, line: FulfillmentLine): Wanted[] {
  const there = units.get(line.lineItemId) ?? 0;
  const quantity = Math.min(there, line.remaining);
  units.set(line.lineItemId, there - quantity);
  return quantity > 0 ? [{ line, quantity }] : [];
}

/**
 * What stands under a hold of ours that was not put there for it, like a line asked for after all of the work had been
 * held: it goes on file by one more hold, which Shopify has already. Else a person's release could not be told from it.
 */
function putOnFile(
  holding: Holding,
  work: OpenWork,
  asked: readonly FulfillmentLine[],
  missing: Map<string, number>,
): CommandToSend<'hold_order'>[] {
  const holds = holdsOf(holding.commands, holding.order.id, holding.request.n);
  const under = new Set(
    holds
      .filter(({ state }) => state === 'sending' || state === 'unsure')
      .flatMap(({ args }) => args.units.map(({ lineItem }) => lineItem)),
  );
  const wanted = asked
    .filter(({ lineItemId }) => !under.has(lineItemId))
    .flatMap((line) => take(missing, line));
  if (wanted.length === 0) return [];
  const { before, ...command } = holdOf(holding, work, wanted);
  return before?.state === 'refused' ? [] : [{ ...command, args: { ...command.args, parts: null } }];
}

interface Handled {
  readonly work: OpenWork;
  readonly outcome: HoldOutcome;
  readonly send: Held['send'];
}

function handle(
  holding: Holding,
  work: OpenWork,
  free: Map<string, number>,
  missing: Map<string, number>,
): Handled[] {
  const asked = work.open.filter((line) => isAsked(holding, line));
  if (asked.length === 0) return [];
  if (ownHold(work)) {
    const whole = asked.length < work.open.length;
    return [{ work, outcome: { is: 'held', whole }, send: putOnFile(holding, work, asked, missing) }];
  }
  const wanted = asked.flatMap((line) => take(free, line));
  if (wanted.length === 0) return [{ work, outcome: { is: 'released' }, send: [] }];
  const result = work.actions.includes('HOLD') ? hold(holding, work, wanted) : callBack(holding, work);
  return 'kind' in result
    ? [{ work, outcome: { is: 'holding' }, send: [result] }]
    : [{ work, outcome: result, send: [] }];
}

/** All work on which something asked for is to be sent. What was never held takes a line's free units first. */
function handleAll(holding: Holding): Handled[] {
  const { order, request, handling, commands } = holding;
  const holds = holdsOf(commands, order.id, request.n);
  const onFile = unitsOnFile(holds, commandsOfKind(commands, 'release_hold'));
  const works = openWork(handling);
  const free = unitsFree(works, onFile);
  const missing = new Map(
    [...unitsHeld(works)].map(([id, quantity]) => [id, Math.max(0, quantity - (onFile.get(id) ?? 0))]),
  );
  const wasHeld = new Set(holds.filter(isDone).map(({ args }) => args.fulfillmentOrder));
  const [before, never] = [
    works.filter(({ id }) => wasHeld.has(id)),
    works.filter(({ id }) => !wasHeld.has(id)),
  ];
  return [...never, ...before].flatMap((work) => handle(holding, work, free, missing));
}

/**
 * Our own holds on work of which the buyer wants nothing any more, or which is shipped all the same (CAN-17). What Amazon
 * cancelled stays held: it must not leave.
 */
function toRelease(holding: Holding): (CommandToSend<'release_hold'> | Held['unreleased'][number])[] {
  const { order, request, handling, commands, now } = holding;
  // Also what was cancelled under an earlier request.
  const kept = new Set<string>(
    [
      ...request.lines.filter(
        ({ ended }) => ended === 'cancelled' || (ended === null && request.state !== 'declined'),
      ),
      ...order.lines.filter(({ cancelled }) => cancelled !== null),
    ].map(({ orderItemId }) => orderItemId),
  );
  return openWork(handling).flatMap((work): ReturnType<typeof toRelease> => {
    const own = ownHold(work);
    if (!own || work.open.some((line) => meant(order, line).some((id) => kept.has(id)))) return [];
    const key = releaseKey(order.id, own.id);
    const before = commandsOfKind(commands, 'release_hold').find((command) => command.key === key);
    if (before && isDone(before)) return [];
    const again = before?.state === 'refused' ? retryOf(holding, before) : 0;
    if (again > now) return [{ work: work.id, text: before?.refusal?.text ?? '', again }];
    const lineItems = work.open.map(({ lineItemId }) => lineItemId);
    const args = { fulfillmentOrder: work.id, hold: own.id, lineItems };
    return [{ kind: 'release_hold' as const, key, from: before?.state ?? null, args }];
  });
}

/** Holds that are seen to stand: as many units of each line are held as were on file, and these. */
function seenHolds({ commands, order, request, handling }: Holding): Event[] {
  const releases = commandsOfKind(commands, 'release_hold');
  const held = unitsHeld(handling.fulfillmentOrders);
  let stand = holdsOf(commands, order.id, request.n).filter(isDone);
  const standing = (holds: readonly Command<'hold_order'>[], one: Command<'hold_order'>): boolean => {
    const onFile = unitsOnFile(holds, releases);
    return one.args.units.every(({ lineItem }) => (held.get(lineItem) ?? 0) >= (onFile.get(lineItem) ?? 0));
  };
  const events: Event[] = stand
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
function seen(holding: Holding): Event[] {
  const all = holding.handling.fulfillmentOrders;
  const holds = new Set(all.flatMap((one) => one.holds.map(({ id }) => id)));
  const back = new Set(
    all.filter(({ requestStatus }) => requestStatus.startsWith('CANCELLATION_')).map(({ id }) => id),
  );
  const others = holding.commands
    .filter(({ state }) => state !== 'confirmed')
    .flatMap((command): Event[] => {
      const { key, kind, args } = command;
      const shown =
        (kind === 'release_hold' && sent.has(command.state) && !holds.has(args.hold)) ||
        (kind === 'call_back' && back.has(args.fulfillmentOrder));
      return shown ? [{ key, event: 'seen' }] : [];
    });
  return [...seenHolds(holding), ...others];
}

/**
 * What to hold, to take back and to release in Shopify for a request. Each unit is held once: what a person released stays
 * released (REQ-4). Pure.
 */
export function holdLines(holding: Holding): Held {
  const { request } = holding;
  const open = request.state === 'open' || request.state === 'approved';
  const handled = open ? handleAll(holding) : [];
  const releases = toRelease(holding);
  return {
    send: [
      ...handled.flatMap(({ send }) => send),
      ...releases.flatMap((one) => ('kind' in one ? [one] : [])),
    ],
    unreleased: releases.flatMap((one) => ('kind' in one ? [] : [one])),
    events: seen(holding),
    outcomes: handled.map(({ work, outcome }) => ({ work, outcome })),
  };
}

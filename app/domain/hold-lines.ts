import { callBack } from './call-back-work.ts';
import { commandsOfKind, type Command, type CommandToSend } from './command.ts';
import { meant, openWork, type OpenWork } from './handled-lines.ts';
import { holdsOf, isDone, ownHold, ownReleases, unitsFree, unitsHeld, unitsOnFile } from './held-units.ts';
import { isAsked, isResting, refused, retryOf, type HoldOutcome, type Holding } from './holding.ts';
import { holdKey, releaseKey } from './request-keys.ts';
import { seen, type HoldEvent } from './seen-holds.ts';
import type { FulfillmentLine } from './shopify-order.ts';

/** What to do about the holds of a request, and how things stand. */
export interface Held {
  readonly send: readonly CommandToSend<'hold_order' | 'release_hold' | 'call_back'>[];
  readonly events: readonly HoldEvent[];
  readonly outcomes: readonly { readonly work: OpenWork; readonly outcome: HoldOutcome }[];
  /** Own holds that Shopify did not release: its words, and when to try again (ms UTC). */
  readonly unreleased: readonly { readonly work: string; readonly text: string; readonly again: number }[];
}

/** Units of one line of a fulfilment order that shall be held. */
interface Wanted {
  readonly line: FulfillmentLine;
  readonly quantity: number;
}

const isUnsplittable = (command: Command | undefined) =>
  command?.refusal?.field === 'FULFILLMENT_ORDER_NOT_SPLITTABLE';

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
  const onFile = unitsOnFile(holds, ownReleases(commands, handling));
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

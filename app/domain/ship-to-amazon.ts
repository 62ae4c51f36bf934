import { backOff } from './back-off.ts';
import { answerTo } from './choice.ts';
import type { Command, CommandArgs } from './command.ts';
import { createEffectMs } from './command.ts';
import { confirming, confirmParcel } from './confirm-parcel.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import type { Event } from './decide.ts';
import {
  allUnits,
  count,
  itemsOf,
  unitsOf,
  unitsWithin,
  unitsWithout,
  type LineUnits,
} from './line-units.ts';
import { lookAgainAt } from './look-again.ts';
import { mayConfirm } from './may-confirm.ts';
import { isOvertaken, overtakenUntil, showsNumberOf } from './overtaken-parcel.ts';
import { packageReference } from './package-reference.ts';
import { parcelContents, type Contents } from './parcel-contents.ts';
import { sameNumber, type Parcels, type Sent, type ToldParcel } from './parcels.ts';
import { shipmentRefused } from './shipment-refused.ts';
import { askWhichNumber, waitForNumber } from './without-number.ts';

type Parcel = CommandArgs['ship_amazon'];

/** Amazon may have it. */
const reached = new Set(['sending', 'unsure', 'accepted', 'confirmed']);

/** So long after a fulfilment another name for its carrier is still sent to Amazon. */
const carrierMs = 14 * 24 * 3_600_000;
/** An edit that Amazon took and does not show is overtaken by an older one that came late: it is sent again after this. */
const overtakenMs = 2 * 60_000;

/** Units that Amazon may still be told of: what was ordered, less what other parcels hold (FUL-3). */
function unitsLeft({ order }: Case, { told }: Parcels, except: ToldParcel | null): LineUnits {
  const own = except?.last.args.reference;
  const others = order.packages.filter(({ reference }) => reference !== own);
  const shown = allUnits(others.map(({ items }) => unitsOf(items)));
  const mine = unitsOf(except?.onAmazon?.items ?? []);
  const coming = told.filter(
    (one) =>
      one !== except &&
      one.onAmazon === null &&
      ['planned', 'sending', 'unsure', 'accepted'].includes(one.last.state),
  );
  const onTheWay = allUnits(coming.map(({ last }) => unitsOf(last.args.items)));
  const counted = order.given.includes('PACKAGES');
  return new Map(
    order.lines.map((line) => {
      const fulfilled = (line.quantityFulfilled ?? 0) - (mine.get(line.orderItemId) ?? 0);
      const way = onTheWay.get(line.orderItemId) ?? 0;
      const held = Math.max(shown.get(line.orderItemId) ?? 0, fulfilled);
      const taken = counted ? held + way : Math.max(held, way);
      const all = line.cancelled ? (line.quantityFulfilled ?? 0) : line.quantityOrdered;
      return [line.orderItemId, Math.max(0, all - taken)];
    }),
  );
}

function argsFor(
  one: Case,
  sent: Sent,
  reference: string,
  contents: Contents,
  items: Parcel['items'],
): Parcel {
  const { now } = one.situation;
  const shippedAt = Math.min(Math.max(sent.fulfillment.at, one.order.createdAt), now);
  return { by: contents.tracking === null ? 'feed' : 'call', reference, ...contents, shippedAt, items };
}

/** A fulfilment of which Amazon was never told (FUL-1, FUL-3). */
function first(one: Case, sent: Sent, left: LineUnits, before: Command<'ship_amazon'> | null): Dealing {
  const items = itemsOf(unitsWithin(sent.units, left));
  const recall: Event[] =
    before && before.state !== 'withdrawn' ? [{ key: before.key, event: 'recalled' }] : [];
  // Amazon knows of the goods already, or they are none of its own.
  if (items.length === 0) return dealing({ events: recall });
  const { may, part } = mayConfirm(one, sent);
  if (!may) return together([part, dealing({ events: recall })]);
  const wanted = parcelContents(one, sent.number, sent, null);
  if (wanted.is === 'several')
    return together([part, askWhichNumber(one, sent, wanted.n), dealing({ events: recall })]);
  const wait = wanted.is === 'no_number' ? waitForNumber(one, sent) : null;
  if (wait) return together([part, wait, dealing({ events: recall })]);
  const args = argsFor(one, sent, packageReference(sent.fulfillment.id, sent.index), wanted.contents, items);
  const turn = Number(before?.key.split(':').at(-1) ?? 0);
  return together([part, confirmParcel(one, sent, { parcel: sent.number, turn, before, args })]);
}

/** Whether Amazon shows what it was told last. */
function isShown({ order, readAt }: Case, { onAmazon, last, turns }: ToldParcel): boolean {
  const { tracking, items } = last.args;
  if (onAmazon) {
    if (tracking === null || sameNumber(onAmazon.trackingNumber, tracking)) return true;
    // Neither what was sent nor what was sent before: somebody changed it on Amazon, whose word stands.
    return !turns.some((one) => one !== last && showsNumberOf(onAmazon, one));
  }
  if (order.packages.some(({ trackingNumber }) => sameNumber(trackingNumber, tracking))) return true;
  if (order.given.includes('PACKAGES') && order.packages.length > 0) return false;
  const since = last.endedAt ?? last.sentAt ?? Infinity;
  return (
    readAt > since &&
    items.every(({ orderItemId, quantity }) =>
      order.lines.some(
        (line) => line.orderItemId === orderItemId && (line.quantityFulfilled ?? 0) >= quantity,
      ),
    )
  );
}

/** Another number, or another carrier while that still matters; what our own write made in Shopify changes nothing. */
function isChanged(one: Case, sent: Sent, last: Parcel, contents: Contents): boolean {
  const { now, commands } = one.situation;
  const number =
    last.tracking === null ? contents.tracking !== null : !sameNumber(last.tracking, contents.tracking);
  if (number) return true;
  const echo = commands.some(({ kind, job }) => kind === 'fulfil_shopify' && job === sent.fulfillment.id);
  if (echo || now - sent.fulfillment.at > carrierMs) return false;
  return last.carrierCode !== contents.carrierCode || last.carrierName !== contents.carrierName;
}

/** Amazon took it and does not show it yet: it is looked for, soon at first and then at growing distances. */
function lookLater(one: Case, sent: Sent | null, since: number): Dealing {
  const at = lookAgainAt(one.situation.now, since, { soonest: 30_000, latest: 6 * 3_600_000 });
  return together([confirming(one, sent), dealing({ dueAgain: [{ at, reason: 'looking' }] })]);
}

/** Amazon shows it, and an earlier turn may still come late: it is looked at once that can be no more. */
function lookOnceMore({ situation }: Case, parcel: ToldParcel): Dealing {
  const at = overtakenUntil(parcel);
  return dealing({ dueAgain: at > situation.now ? [{ at, reason: 'looking' }] : [] });
}

/** The next turn of a parcel: the same reference with other contents, which Amazon takes as an edit (FUL-2). */
function edit(one: Case, parcel: ToldParcel, sent: Sent, args: Parcel): Dealing {
  const { last } = parcel;
  const turn = Number(last.key.split(':').at(-1)) + 1;
  // Nobody knows whether the last one arrived; what it may still do is put right by looking.
  const lost: Event[] =
    last.state === 'sending' || last.state === 'unsure' ? [{ key: last.key, event: 'recalled' }] : [];
  const next = confirmParcel(one, sent, { parcel: parcel.number, turn, before: null, args });
  const goes = next.send.length + next.plan.length > 0;
  return together([dealing({ events: goes ? lost : [] }), next]);
}

/** A parcel that Amazon was told of, and that stands in Shopify. */
function known(one: Case, parcels: Parcels, parcel: ToldParcel, sent: Sent): Dealing {
  const { situation, readAt } = one;
  const { last } = parcel;
  const { state } = last;
  // A person takes Amazon's own parcel for this one: what was refused or is yet to be sent is not sent.
  const theirs = answerTo(situation.choices, 'ship_refused', parcel.number)?.args.choice === 'use_amazon';
  if (theirs && !reached.has(state))
    return dealing({ events: state === 'withdrawn' ? [] : [{ key: last.key, event: 'recalled' }] });
  if (state === 'planned' || state === 'withdrawn') {
    // Edits and replacements of what Amazon has go on as they were.
    if (parcel.turns.some((turn) => reached.has(turn.state)))
      return confirmParcel(one, sent, turnOf(parcel, last.args));
    return first(one, sent, unitsLeft(one, parcels, parcel), last);
  }
  // A batch has it; its report tells.
  if (last.args.by === 'feed' && state === 'sending') return confirming(one, sent);
  const shown = state !== 'refused' && isShown(one, parcel);
  const events: Event[] = shown && state !== 'confirmed' ? [{ key: last.key, event: 'seen' }] : [];
  const wanted = parcelContents(one, parcel.number, sent, last.args);
  const contents = wanted.is === 'several' ? null : wanted.contents;
  const { reference, items } = last.args;
  if (state === 'refused') {
    const left = itemsOf(unitsWithin(sent.units, unitsLeft(one, parcels, parcel)));
    return shipmentRefused(one, parcel, sent, {
      left,
      next: contents && argsFor(one, sent, reference, contents, left),
      changed: contents !== null && isChanged(one, sent, last.args, contents),
      edit: (args) => edit(one, parcel, sent, args),
    });
  }
  if (contents && isChanged(one, sent, last.args, contents))
    return together([
      dealing({ events }),
      edit(one, parcel, sent, argsFor(one, sent, reference, contents, items)),
    ]);
  const overtaken = state === 'confirmed' && !shown && isOvertaken(parcel);
  if (shown || (state === 'confirmed' && !overtaken)) {
    const ask = wanted.is === 'several' ? askWhichNumber(one, sent, wanted.n) : dealing();
    return together([dealing({ events }), ask, lookOnceMore(one, parcel)]);
  }
  if (state === 'accepted' || overtaken) {
    const since = last.endedAt ?? situation.now;
    const late = parcel.onAmazon !== null && readAt > since + overtakenMs;
    return late ? edit(one, parcel, sent, last.args) : lookLater(one, sent, since);
  }
  // A batch that came to nothing several times in a row is made anew at growing distances.
  const at = backOff(last.attempt, last.endedAt ?? situation.now);
  if (last.args.by === 'feed' && situation.now < at)
    return together([confirming(one, sent), dealing({ dueAgain: [{ at, reason: 'backoff' }] })]);
  // The answer is missing: the same again is the same parcel.
  return confirmParcel(one, sent, turnOf(parcel, last.args));
}

const turnOf = ({ number, last }: ToldParcel, args: Parcel) => ({
  parcel: number,
  turn: Number(last.key.split(':').at(-1)),
  before: last,
  args,
});

/** The fulfilment of a parcel that Amazon was told of does not stand any more: Amazon cannot take it back (FUL-5). */
function undone(one: Case, parcel: ToldParcel): Dealing {
  const { situation, order, askedAt } = one;
  const { last, number } = parcel;
  const { state, key } = last;
  if (!reached.has(state)) {
    const open = state === 'planned' || state === 'refused';
    const before = parcel.turns.some((turn) => reached.has(turn.state));
    return together([
      dealing({ events: open ? [{ key, event: 'recalled' }] : [] }),
      before ? said(one, number) : dealing(),
    ]);
  }
  const shown = isShown(one, parcel);
  const events: Event[] = shown && state !== 'confirmed' ? [{ key, event: 'seen' }] : [];
  if (state === 'sending' || state === 'unsure') {
    const since = last.sentAt ?? situation.now;
    if (!shown && (askedAt ?? 0) < since + createEffectMs) return lookLater(one, null, since);
    if (!shown) return dealing({ events: state === 'unsure' ? [{ key, event: 'recalled' }] : [] });
  }
  return together([dealing({ events }), order.status === 'cancelled' ? dealing() : said(one, number)]);
}

/** What a person has to say of it; once it ships after all `fulfil-in-shopify` makes it again. */
function said({ situation, order }: Case, number: string): Dealing {
  const answer = answerTo(situation.choices, 'fulfilment_undone', number)?.args.choice ?? null;
  if (answer === 'still_ships')
    return dealing({ explains: true, fitting: [{ key: 'ship_following', params: {} }] });
  const params = { id: order.id };
  return dealing({
    problems: answer === 'does_not_ship' ? [] : [{ kind: 'fulfilment_undone', subject: number, params }],
    fitting: [{ key: 'fulfilment_undone', params }],
    explains: true,
  });
}

/** Everything that Amazon has to be told of what was fulfilled in Shopify (FUL-1, FUL-2, FUL-3, FUL-5, FUL-6). */
export function shipToAmazon(one: Case, parcels: Parcels): Dealing {
  const parts = parcels.told.map((parcel) =>
    parcel.sent ? known(one, parcels, parcel, parcel.sent) : undone(one, parcel),
  );
  let left = unitsLeft(one, parcels, null);
  for (const sent of parcels.fresh) {
    parts.push(first(one, sent, left, null));
    left = unitsWithout(left, unitsWithin(sent.units, left));
  }
  return together(parts);
}

/** Units of fulfilments that stand in Shopify and that Amazon does not show yet. */
export function unitsOnTheWay({ fresh, told }: Parcels): number {
  const open = told.filter(({ last, sent }) => sent !== null && last.state !== 'confirmed');
  return [...fresh, ...open.flatMap(({ sent }) => sent ?? [])].reduce(
    (sum, { units }) => sum + count(units),
    0,
  );
}

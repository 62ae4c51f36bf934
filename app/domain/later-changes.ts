import type { AmazonOrder } from './amazon-order.ts';
import { carriedParts, type CarriedPart, type Prints } from './carried.ts';
import { comparePrints } from './compare-prints.ts';
import { createEffectMs, updateOrderKey, type Command, type CommandToSend } from './command.ts';
import type { DueAgain, Event, Situation } from './decide.ts';
import type { Fitting } from './describe.ts';
import { changedParts, isInDoubt, knownInShopify, type KnownInShopify } from './known-in-shopify.ts';
import { leaveOutOfUpdate } from './leave-out.ts';
import type { ProblemDraft } from './problem.ts';
import type { ShopifyOrder } from './shopify-order.ts';

/** What to do because an order changed after it came in. */
export interface LaterChanges {
  readonly send: readonly CommandToSend[];
  readonly events: readonly Event[];
  readonly problems: readonly ProblemDraft[];
  readonly fitting: readonly Fitting[];
  readonly dueAgain: DueAgain | null;
}

const nothing: LaterChanges = { send: [], events: [], problems: [], fitting: [], dueAgain: null };

/** Shopify's words for an order on which nobody has begun to work. */
const notBegun = new Set(['UNFULFILLED', 'ON_HOLD', 'SCHEDULED', 'OPEN', 'REQUEST_DECLINED']);

const soonMs = 1_000;

/** An update that is not wanted, or cannot be made any more, is given up: nothing stays open for ever. */
function givenUp({ last }: KnownInShopify): Event[] {
  if (!last || !['planned', 'sending', 'unsure', 'refused'].includes(last.state)) return [];
  return [{ key: last.key, event: isInDoubt(last) ? 'recalled' : 'replaced' }];
}

/** Amazon changed what cannot be carried over: a person is told. Of what has left only the address still matters. */
function flagged(order: AmazonOrder, parts: readonly (CarriedPart | 'quantities')[]): LaterChanges {
  const told = order.status === 'shipped' ? parts.filter((part) => part === 'address') : parts;
  const [first] = told;
  return {
    ...nothing,
    problems: told.map((what) => ({
      kind: 'changed_on_amazon',
      subject: what,
      params: { id: order.id, what },
    })),
    fitting: first ? [{ key: 'changed_after_ship', params: { what: first } }] : [],
  };
}

/** Quantities are not written: what changed is said, unless staff changed the lines themselves. */
function otherQuantities(
  { prints }: KnownInShopify,
  shown: Prints,
  order: AmazonOrder,
  found: ShopifyOrder,
): boolean {
  if (order.status !== 'unshipped' || found.edited) return false;
  // A line that was cancelled is taken off in Shopify on a path of its own (CAN-9).
  if (order.lines.some(({ cancelled }) => cancelled !== null)) return false;
  if (prints.quantities === null || shown.quantities === null) return false;
  return comparePrints(prints.quantities, shown.quantities) === 'different';
}

const same = (parts: readonly CarriedPart[], command: Command<'update_order'>, shown: Prints): boolean =>
  parts.every(
    (part) =>
      command.args.parts.includes(part) && comparePrints(command.args.carried[part], shown[part]) === 'same',
  );

/** Whatever its parts, an update writes the attributes, which hold the dates and the delivery instructions. */
const writesOthers = ({ args }: Command<'update_order'>, shown: Prints): boolean =>
  carriedParts.some((part) => comparePrints(args.carried[part], shown[part]) !== 'same');

/**
 * Until when an earlier write of other contents may still take effect after a new one (ms UTC); zero: no such write. Not the
 * last alone: one that was made again, and is done, may have a first try that comes yet.
 */
function effectUntil(updates: readonly Command<'update_order'>[], shown: Prints): number {
  const others = updates.filter((one) => isInDoubt(one) && writesOthers(one, shown));
  return Math.max(0, ...others.map(({ sentAt }) => (sentAt ?? 0) + createEffectMs));
}

function refusedAs(order: AmazonOrder, parts: readonly CarriedPart[], text: string): LaterChanges {
  const problem = (what: CarriedPart): ProblemDraft => {
    return { kind: 'change_not_carried', subject: what, params: { id: order.id, what, text } };
  };
  return { ...nothing, problems: parts.map(problem) };
}

/** Writes what changed. The same again is harmless; other contents wait until no earlier write can come late. */
function update(
  situation: Situation,
  order: AmazonOrder,
  known: KnownInShopify,
  shown: Prints,
  parts: readonly CarriedPart[],
): LaterChanges {
  const { amazon, link, now, wantedAt } = situation;
  const { last } = known;
  const refused = last?.state === 'refused' && same(parts, last, shown) ? last : null;
  const asked = wantedAt !== null && wantedAt > (refused?.endedAt ?? 0);
  const without = refused && !asked ? leaveOutOfUpdate(refused) : (refused?.args.without ?? []);
  if (without === null) return refusedAs(order, parts, refused?.refusal?.text ?? '');
  const until = effectUntil(known.updates, shown);
  if (until > now) {
    const lost: Event[] = last?.state === 'sending' ? [{ key: last.key, event: 'answer_lost' }] : [];
    return { ...nothing, events: lost, dueAgain: { at: until, reason: 'looking' } };
  }
  // An address is written from Amazon's own answer, which is not kept; and an order only found is written to when linked.
  const fresh = amazon.kind === 'read' && !amazon.remembered;
  if (!fresh || link.shopifyOrderId === null)
    return { ...nothing, dueAgain: { at: now + soonMs, reason: 'slot' } };
  const over = !last || ['accepted', 'confirmed', 'superseded'].includes(last.state);
  const key = over ? updateOrderKey(order.id, known.updates.length) : last.key;
  const from = over ? null : last.state;
  return {
    ...nothing,
    send: [{ kind: 'update_order', key, from, args: { parts, without, carried: shown } }],
  };
}

/**
 * What an order of our own needs because Amazon, or somebody in Shopify, changed it after it came in (IMP-12). Carried over
 * while nobody has begun to work on it; else told. What staff changed in Shopify stays until Amazon itself changes. Pure.
 */
export function laterChanges(situation: Situation, order: AmazonOrder, found: ShopifyOrder): LaterChanges {
  const edited: ProblemDraft[] = found.edited
    ? [{ kind: 'order_edited', subject: '', params: { id: order.id, what: 'lines' } }]
    : [];
  const known = knownInShopify(situation.commands, order.id);
  const shown = situation.prints;
  if (!known || !shown || order.fulfilledBy === 'amazon') return { ...nothing, problems: edited };
  const over = order.status === 'cancelled' || found.cancelledAt !== null;
  if (over) return { ...nothing, events: givenUp(known), problems: edited };
  const parts = changedParts(known, shown);
  const quantities = otherQuantities(known, shown, order, found) ? (['quantities'] as const) : [];
  const open = order.status === 'unshipped' && notBegun.has(found.fulfillmentStatus);
  // What may have been written, and is not given now, could not be put right: it waits for a reading that has it.
  const blind = [...known.doubtful].some((part) => shown[part] === null);
  const flags = flagged(order, [...(open ? [] : parts), ...quantities]);
  const writes = open && !blind && parts.length > 0;
  const change = writes ? update(situation, order, known, shown, parts) : nothing;
  return {
    ...change,
    events: writes ? change.events : givenUp(known),
    problems: [...edited, ...flags.problems, ...change.problems],
    fitting: flags.fitting,
  };
}

import { answerTo } from './choice.ts';
import { retryAt } from './back-off.ts';
import { shopifyCompany } from './carriers.ts';
import { commandsOfKind, whenUnsure, type Command, type CommandArgs, type CommandToSend } from './command.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import { openWork, type OpenWork } from './handled-lines.ts';
import { allUnits, count, unitsOf, unitsWithin, unitsWithout, type LineUnits } from './line-units.ts';
import { fulfilShopifyKey } from './money-keys.ts';
import type { Parcels } from './parcels.ts';
import { fillWork, type Filled } from './fill-work.ts';
import { waitForWork } from './wait-for-work.ts';
import { writeOnce } from './write-once.ts';

/** A parcel that Amazon shows and Shopify does not, or not wholly. */
interface ToShow {
  readonly reference: string;
  readonly tracking: string | null;
  readonly carrier: string | null;
  readonly units: LineUnits;
}

type Entry = Command<'fulfil_shopify'>;

const entriesOf = ({ situation }: Case, reference: string): Entry[] =>
  commandsOfKind(situation.commands, 'fulfil_shopify').filter(({ args }) => args.reference === reference);

/** Parcels of ours whose fulfilment was taken back in Shopify, and that ship after all, as a person said (FUL-5). */
function madeAgain({ situation }: Case, { told }: Parcels): ToShow[] {
  return told.flatMap(({ number, sent, last }) => {
    const answer = answerTo(situation.choices, 'fulfilment_undone', number)?.args.choice;
    if (sent !== null || answer !== 'still_ships') return [];
    const { reference, tracking, carrierCode, carrierName, items } = last.args;
    return [{ reference, tracking, carrier: carrierName ?? carrierCode, units: unitsOf(items) }];
  });
}

/** What Amazon counts as shipped without a parcel for it, and Shopify does not. */
function withoutParcel({ order }: Case, { inShopify }: Parcels): ToShow[] {
  const inParcels = allUnits(order.packages.map(({ items }) => unitsOf(items)));
  const fulfilled = new Map(
    order.lines.map((line): [string, number] => [line.orderItemId, line.quantityFulfilled ?? 0]),
  );
  const units = unitsWithin(unitsWithout(fulfilled, inParcels), unitsWithout(fulfilled, inShopify));
  if (count(units) === 0) return [];
  // Later ones count on, so that they are parcels of their own.
  return [{ reference: `units-${String(count(fulfilled))}`, tracking: null, carrier: null, units }];
}

/** All that Shopify has to show of Amazon's shipments. */
function toShow(one: Case, parcels: Parcels): ToShow[] {
  const foreign = parcels.foreign.map(({ parcel, missing }) => ({
    reference: parcel.reference,
    tracking: parcel.trackingNumber,
    carrier: parcel.carrier,
    units: missing,
  }));
  return [...foreign, ...withoutParcel(one, parcels), ...madeAgain(one, parcels)];
}

/** Fulfilments for Amazon's parcels that stand whole in Shopify are done. */
function shown(one: Case, open: readonly ToShow[]): Dealing {
  const still = new Set(open.map(({ reference }) => reference));
  const events = commandsOfKind(one.situation.commands, 'fulfil_shopify')
    .filter(
      ({ args, state }) => !still.has(args.reference) && state !== 'confirmed' && state !== 'superseded',
    )
    .map(({ key }) => ({ key, event: 'seen' as const }));
  return dealing({ events });
}

/** One of our own fulfilments for a parcel that somebody cancelled in Shopify: a person says what it means (FUL-5). */
function takenBack(one: Case, entries: readonly Entry[]): boolean {
  const cancelled = new Set(
    (one.books?.fulfillments ?? []).filter(({ status }) => status === 'CANCELLED').map(({ id }) => id),
  );
  return entries.some(({ job }) => job !== null && cancelled.has(job));
}

/** The row that stands for the same work, else one of its own. */
function entryFor(entries: readonly Entry[], work: CommandArgs['fulfil_shopify']['work'], used: Set<number>) {
  const ids = (of: CommandArgs['fulfil_shopify']['work']) =>
    of.map((each) => each.fulfillmentOrder).join(' ');
  const part = ({ key }: Entry) => Number(key.split(':').at(-1));
  const same = entries.find(
    (entry) => !['accepted', 'confirmed'].includes(entry.state) && ids(entry.args.work) === ids(work),
  );
  if (same) {
    used.add(part(same));
    return { part: part(same), before: same };
  }
  let next = 0;
  while (used.has(next) || entries.some((entry) => part(entry) === next)) next += 1;
  used.add(next);
  return { part: next, before: undefined };
}

/** Enters what can be entered of one parcel: a fulfilment for each place that its work lies at (FUL-4). */
function enter(one: Case, parcel: ToShow, groups: Filled['groups']): Dealing {
  const { situation, order } = one;
  const entries = entriesOf(one, parcel.reference);
  // What was sent and is still on its way may be just this, from before its work was moved.
  const lost = entries.find(({ state }) => state === 'sending' || state === 'unsure');
  const used = new Set<number>();
  const parts = groups.map((work): Dealing => {
    const { part, before } = entryFor(entries, work, used);
    const open = before ?? lost;
    const once = writeOnce(situation, open, whenUnsure.fulfil_shopify);
    if (once.is === 'wait') return dealing({ events: once.events, dueAgain: [once.dueAgain] });
    const at = before?.state === 'refused' ? retryAt(before) : 0;
    const asked = (situation.wantedAt ?? 0) > (before?.endedAt ?? 0);
    if ((at === null || at > situation.now) && !asked)
      return dealing({ dueAgain: at === null ? [] : [{ at, reason: 'backoff', side: 'shopify' }] });
    const company = parcel.carrier === null ? null : shopifyCompany(parcel.carrier);
    const args = { reference: parcel.reference, tracking: parcel.tracking, company, work };
    const key = fulfilShopifyKey(order.id, parcel.reference, part);
    const send: CommandToSend<'fulfil_shopify'> = {
      kind: 'fulfil_shopify',
      key,
      from: before?.state ?? null,
      args,
    };
    return dealing({ send: [send] });
  });
  const refused = entries.some(({ state }) => state === 'refused');
  return together([...parts, dealing({ explains: groups.length > 0 && !refused })]);
}

function heldByOthers({ order }: Case, works: readonly OpenWork[]): Dealing {
  const problems = works.map(({ id, holds }) => ({
    kind: 'hold_by_other' as const,
    subject: id,
    params: { id: order.id, app: holds.find(({ own }) => !own)?.handle ?? null },
  }));
  return dealing({ problems });
}

/** Shows in Shopify what was shipped on Amazon's side, without a mail to anybody (FUL-4). */
export function fulfilInShopify(one: Case, parcels: Parcels): Dealing {
  const { linked, handling, situation } = one;
  const open = toShow(one, parcels);
  const seen = shown(one, open);
  if (open.length === 0 || linked.cancelledAt !== null) return seen;
  const following = dealing({ fitting: [{ key: 'ship_following', params: {} }] });
  // Shopify prepares the work on a new order a while after it was made.
  const again = handling?.fulfillmentOrders.length === 0 ? waitForWork(situation, one.order.id, 0) : null;
  if (again) return together([seen, following, dealing({ dueAgain: [again], explains: true })]);
  let works: readonly OpenWork[] = handling ? openWork(handling) : [];
  const parts: Dealing[] = [];
  for (const parcel of open) {
    const entries = entriesOf(one, parcel.reference);
    const answer = answerTo(situation.choices, 'fulfilment_undone', parcel.reference)?.args.choice;
    if (takenBack(one, entries) && answer !== 'still_ships') {
      const problem = {
        kind: 'fulfilment_undone',
        subject: parcel.reference,
        params: { id: one.order.id },
      } as const;
      parts.push(
        dealing({
          problems: answer === 'does_not_ship' ? [] : [problem],
          fitting: [{ key: 'fulfilment_undone', params: {} }],
          explains: true,
        }),
      );
      continue;
    }
    const filled = fillWork(one.order, works, parcel.units);
    works = filled.rest;
    parts.push(enter(one, parcel, filled.groups), heldByOthers(one, filled.held));
    // Our own holds are on their way out; what nobody can enter any more, or Shopify refuses, differs and is said as that.
    const held = filled.waits || filled.held.length > 0;
    if (held || filled.groups.length > 0) parts.push(following);
    if (held) parts.push(dealing({ explains: true }));
  }
  return together([seen, ...parts]);
}

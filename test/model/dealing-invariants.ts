import { z } from 'zod';
import { factOf } from './before-sending.ts';
import { lookInShopify } from './deeds.ts';
import { copiesOf } from './shopify-side.ts';
import { openWorkOf } from './work-in-shopify.ts';
import { seller, type ModelWorld } from './world.ts';

const openOnAmazon = new Set(['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED']);
/** A person said that a difference shall stay. */
const leaving = new Set(['drop', 'no_refund', 'nothing', 'gone', 'leave']);

const amountOf = z.object({ amount: z.string() });

const pricedLine = z.object({ proceeds: z.object({ proceedsTotal: amountOf }) });

/** What went back to the buyer on Amazon, in the currency's units. */
function refundedOnAmazon({ amazon }: ModelWorld, id: string): number {
  const refunds = amazon.show(seller, id)?.refunds ?? [];
  return refunds
    .flatMap(({ items }) => items.flatMap(({ components }) => Object.values(components)))
    .reduce((sum, amount) => sum + Number(amount), 0);
}

/** What the order or, where more, its lines say: some totals are odd. Null where the order says nothing. */
function paidOnAmazon({ amazon }: ModelWorld, id: string): number | null {
  const order = amazon.show(seller, id)?.order;
  const total = z.object({ grandTotal: amountOf }).safeParse(order?.['proceeds']);
  const lines = z.array(pricedLine).safeParse(order?.['orderItems']);
  const ofLines = (lines.data ?? []).reduce(
    (sum, { proceeds }) => sum + Number(proceeds.proceedsTotal.amount),
    0,
  );
  return total.success ? Math.max(Number(total.data.grandTotal.amount), ofLines) : null;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

/** Problems that explain no difference of cancels, shipments and money. */
const besides = new Set([
  ...['sku_unlinked', 'sku_ambiguous', 'mark_refused', 'hold_not_released', 'sources_differ', 'not_stopped'],
  ...[
    'ship_late',
    'partial_cancel_asked',
    'refused_other',
    'refused_shipped',
    'approval_stale',
    'hold_by_other',
  ],
]);
/** What explains no difference but that somebody cancelled in Shopify, and Amazon has not. */
const ofCancelsInShopify = new Set(['approval_stale', 'refused_other']);
const differingShipments = new Set(['hold_by_other', 'not_stopped']);

const rawLine = z.object({ fulfillment: z.object({ quantityFulfilled: z.number() }) });

type Seen = NonNullable<Awaited<ReturnType<typeof lookInShopify>>>;

/** One order on both sides at rest. Money in the currency's units. */
interface Both {
  readonly id: string;
  readonly status: string;
  readonly found: Seen;
  readonly paid: number;
  readonly back: number;
  readonly unitsOnAmazon: number;
  /** Its work is held for a buyer's wish: before that is decided on, nothing of it can be shown as sent. */
  readonly held: boolean;
  /** Problems that may explain a difference. */
  readonly told: readonly string[];
  readonly answers: ReadonlySet<string>;
}

const unitsInShopify = ({ fulfillments }: Seen): number =>
  fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .flatMap(({ fulfillmentLineItems }) => fulfillmentLineItems.nodes)
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** Cancelled here, shipped there, and nobody is told (PRO-1, CAN-9, CAN-11). */
function apart({ status, found, told, answers, unitsOnAmazon, held }: Both): string | null {
  const cancelled = found.cancelledAt !== null;
  const inShopify = unitsInShopify(found);
  if (told.length > 0 || [...leaving].some((one) => answers.has(one))) return null;
  if (status === 'CANCELLED' && inShopify > 0) return 'is cancelled on Amazon, and its goods left in Shopify';
  if (status === 'CANCELLED' && !cancelled) return 'is cancelled on Amazon and not in Shopify';
  // The goods were gone, and a person had the money go back on Amazon too (CAN-11).
  if (status !== 'CANCELLED' && cancelled)
    return answers.has('refund') ? null : 'is cancelled in Shopify and not on Amazon';
  if (status === 'CANCELLED' || cancelled || held || unitsOnAmazon === inShopify) return null;
  // A person adds a number; where they forget it the ship-by time reminds them, for which nobody waits here (FUL-7).
  if (unitsOnAmazon < inShopify && answers.has('add')) return null;
  return `has ${String(unitsOnAmazon)} units sent on Amazon and ${String(inShopify)} in Shopify`;
}

/** What went back differs, and nobody is told (REF-1, REF-4). */
function moneyApart({ status, found, back, told, answers }: Both): string | null {
  const refunded = Number(found.totalRefundedSet.presentmentMoney.amount);
  const total = Number(found.totalPriceSet.presentmentMoney.amount);
  if (told.length > 0 || [...leaving].some((one) => answers.has(one))) return null;
  if (status === 'CANCELLED')
    return near(refunded, total) ? null : 'is void on Amazon, and Shopify does not say so';
  // A person wants it to go to Amazon once the rest is shipped (REF-2).
  if (status !== 'SHIPPED' && answers.has('after_shipping')) return null;
  // Lines that Amazon voided were never charged there.
  const voided = found.refunds
    .filter(({ note }) => note?.includes(':line:') === true)
    .reduce((sum, one) => sum + Number(one.totalRefundedSet.presentmentMoney.amount), 0);
  // Our entry came late after all, and a person says that the one by hand is the same: it stands there twice (REF-5).
  const doubled = found.refunds.some(
    ({ note, totalRefundedSet: { presentmentMoney } }) =>
      note?.startsWith('concord:') === true &&
      near(refunded - voided - Number(presentmentMoney.amount), back),
  );
  return near(refunded - voided, back) || (doubled && answers.has('same'))
    ? null
    : 'has other refunds on either side';
}

/** Never above what was paid, whatever is said about it (REF-3). */
function aboveWhatWasPaid({ found, back, paid }: Both): string | null {
  if (back > paid + 0.005) return 'was refunded above what was paid on Amazon';
  const refunded = Number(found.totalRefundedSet.presentmentMoney.amount);
  return refunded > Number(found.totalPriceSet.presentmentMoney.amount) + 0.005
    ? 'was refunded above what was paid in Shopify'
    : null;
}

/** Own refunds stand once on either side: by what they carry, not by their amounts (REF-3). */
function refundedTwice({ amazon }: ModelWorld, { id, found }: Both): string | null {
  const seen = new Set<string>();
  for (const { by, items } of amazon.show(seller, id)?.refunds ?? []) {
    if (by !== 'feed') continue;
    const facts = new Set(items.map((item) => factOf(item.merchantAdjustmentItemId ?? '')));
    for (const fact of facts) {
      if (fact !== '' && seen.has(fact)) return `the refund ${fact} was made twice on Amazon`;
      seen.add(fact);
    }
  }
  const notes = found.refunds.flatMap(({ note }) => (note?.startsWith('concord:') === true ? [note] : []));
  const twice = notes.find((note, i) => notes.indexOf(note) < i);
  return twice === undefined ? null : `the refund ${twice} was made twice in Shopify`;
}

interface Sent {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly text: string | null;
  readonly items: readonly { readonly adjustmentId: string }[];
}

/** What became of a refund on Amazon is known: what counts as taken is there, and none was refused for want of money. */
function refundsKnown({ amazon, run }: ModelWorld, sent: readonly Sent[]): string[] {
  return sent.flatMap(({ id, key, state, text, items }) => {
    if (run.refundedByOthers.has(id)) return [];
    if (state === 'refused' && /larger than the .* left/.test(text ?? ''))
      return [`${key} was refused, for more was sent than was left: ${text ?? ''}`];
    const made = (amazon.show(seller, id)?.refunds ?? []).flatMap((one) => one.items);
    const there = items.every(({ adjustmentId }) =>
      made.some((item) => item.merchantAdjustmentItemId === adjustmentId),
    );
    if (state === 'refused' && there && items.length > 0)
      return [`${key} counts as refused, and Amazon made it`];
    const taken = state === 'accepted' || state === 'confirmed';
    return taken && !there ? [`${key} counts as ${state}, and Amazon never made it`] : [];
  });
}

/** A cancel that counts as taken was not refused by Amazon. */
async function cancelsKnown({ amazon, database }: ModelWorld): Promise<string[]> {
  const taken = await database.owner<{ id: string; key: string; feed: string }>(
    `select c.amazon_order_id as id, c.key, f.amazon_id as feed from command c join feed f on f.id = c.feed_id
     where c.kind = 'cancel_amazon' and c.state = 'accepted'`,
  );
  return taken.flatMap(({ id, key, feed }) => {
    const message = amazon.show(seller, id)?.feedMessages.find(({ feedId }) => feedId === feed);
    return message?.accepted === false ? [`${key} counts as accepted, and Amazon refused it`] : [];
  });
}

/** What does not hold of cancels, shipments and refunds once nothing is due any more, as sentences. */
export async function dealingsAtRest(
  world: ModelWorld,
  linked: ReadonlyMap<string, string | null>,
  problems: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  const answered = await world.database.owner<{ id: string; choice: string }>(
    `select amazon_order_id as id, args->>'choice' as choice from choice where kind = 'answer' and state in ('open', 'done')`,
  );
  const answers = Map.groupBy(answered, ({ id }) => id);
  const sent = await world.database.owner<Sent>(
    `select amazon_order_id as id, key, state, outcome->>'text' as text,
       jsonb_path_query_array(args, '$.items[*] ? (!exists(@.quantityCancelled))') as items
     from command where kind = 'refund_amazon'`,
  );
  const wrong = [...refundsKnown(world, sent), ...(await cancelsKnown(world))];
  for (const { id } of world.run.placed) {
    const shown = world.amazon.show(seller, id);
    const { fulfillmentStatus: status = '', fulfilledBy } = (shown?.order['fulfillment'] ?? {}) as Record<
      string,
      string
    >;
    const paid = paidOnAmazon(world, id);
    const copy = copiesOf(world.shopify, id).find((one) => one.id === linked.get(id));
    if (!copy || fulfilledBy === 'AMAZON' || paid === null) continue;
    if (!openOnAmazon.has(status) && status !== 'CANCELLED') continue;
    const found = await lookInShopify(world, id);
    if (!found) continue;
    const all = problems.get(id) ?? [];
    const unitsOnAmazon = z
      .array(rawLine)
      .parse(shown?.order['orderItems'])
      .reduce((sum, { fulfillment }) => sum + fulfillment.quantityFulfilled, 0);
    const one: Both = {
      ...{ id, status, found, paid, unitsOnAmazon },
      held: openWorkOf(world, copy.id).some(({ holds }) => holds.some(({ by }) => by === 'app')),
      back: refundedOnAmazon(world, id),
      // What somebody cancelled in Shopify and could not be sent for a day is asked about as an approval is (CAN-12); what
      // Amazon refused of it is said as for any cancel.
      told: all.filter(
        (kind) => !besides.has(kind) || (ofCancelsInShopify.has(kind) && found.cancelledAt !== null),
      ),
      answers: new Set((answers.get(id) ?? []).map(({ choice }) => choice)),
    };
    const shipments = all.some((kind) => differingShipments.has(kind)) ? null : apart(one);
    for (const what of [shipments, moneyApart(one), aboveWhatWasPaid(one), refundedTwice(world, one)])
      if (what !== null)
        wrong.push(
          `${id} (${status}, ${found.displayFulfillmentStatus}${found.cancelledAt === null ? '' : ', cancelled'}) ${what}; back on Amazon ${String(one.back)} of ${String(paid)}, in Shopify ${found.totalRefundedSet.presentmentMoney.amount} of ${found.totalPriceSet.presentmentMoney.amount}; problems ${all.join() || 'none'}; answers ${[...one.answers].join() || 'none'}`,
        );
  }
  return wrong;
}

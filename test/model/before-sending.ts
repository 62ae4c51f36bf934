import { z } from 'zod';
import { lookInShopify } from './deeds.ts';
import { copiesOf } from './shopify-side.ts';
import { openWorkOf } from './work-in-shopify.ts';
import { seller, shop, type ModelWorld } from './world.ts';

/** The app takes an order as unchanged for three minutes after it was proved so; the rest is for the way to Amazon. */
const proofMs = 4 * 60_000;

/** The messages of a batch: each with its order and its own text. */
function messagesOf(contents: string): { readonly id: string; readonly text: string }[] {
  return [...contents.matchAll(/<Message>[\s\S]*?<\/Message>/g)].map(([text]) => ({
    id: /<AmazonOrderID>([^<]+)</.exec(text)?.[1] ?? '',
    text,
  }));
}

/** The fact that an adjustment comes from: its ids are made of it, of the turn, and of the line. */
export const factOf = (adjustmentId: string): string => adjustmentId.split(/[-.]/)[0] ?? '';

/** What is left of an order's payment in Shopify, in the currency's units. */
const leftInShopify = (found: NonNullable<Awaited<ReturnType<typeof lookInShopify>>>): number =>
  Number(found.totalPriceSet.presentmentMoney.amount) -
  Number(found.totalRefundedSet.presentmentMoney.amount);

/** Whether somebody wants the order cancelled: here, by an answer, or in Shopify's admin with a refund (CAN-10). */
async function isWanted(world: ModelWorld, id: string): Promise<boolean> {
  const wishes = await world.database.owner(
    `select from choice where amazon_order_id = $1 and (kind = 'cancel' and state in ('open', 'done')
       or kind = 'answer' and args->>'choice' in ('again', 'record', 'also_cancel'))`,
    [id],
  );
  if (wishes.length > 0) return true;
  const found = await lookInShopify(world, id);
  if (!found || found.cancelledAt === null) return false;
  const total = Number(found.totalPriceSet.presentmentMoney.amount);
  return total === 0 || leftInShopify(found) < total;
}

/** Before a cancel goes out (CAN-4, CAN-5, CAN-7, CAN-8, CAN-18). */
async function beforeCancel(world: ModelWorld, id: string): Promise<string | null> {
  const { run, amazon, clock } = world;
  if (!(await isWanted(world, id))) return 'a cancel is sent, and nobody wants it any more';
  if (run.readings.anyShipped(id)) return 'a cancel is sent, and Amazon last showed it shipped';
  if (clock.now() - run.readings.seenAt(id) > proofMs) return 'a cancel is sent on an old reading';
  const before = amazon.show(seller, id)?.feedMessages ?? [];
  if (before.some((one) => one.feedType === 'POST_ORDER_ACKNOWLEDGEMENT_DATA' && one.accepted))
    return 'a cancel is sent again after Amazon took it';
  const [copy] = copiesOf(world.shopify, id);
  if (!copy || copy.cancelledAt !== null || run.touched.has(id)) return null;
  const loose = openWorkOf(world, copy.id).find(
    ({ holds, status }) => status === 'OPEN' && holds.length === 0,
  );
  return loose ? `a cancel is sent, and ${loose.id} is not held` : null;
}

const adjusted =
  /<MerchantAdjustmentItemID>([^<]+)<|<Type>[^<]+<\/Type>\s*<Amount currency="[A-Z]+">([\d.]+)</g;

/** What an adjustment gives back, and the fact it comes from. */
function refundIn(text: string): { readonly fact: string; readonly amount: number } {
  let fact = '';
  let amount = 0;
  for (const [, id, part] of text.matchAll(adjusted)) {
    if (id !== undefined) fact = factOf(id);
    amount += Number(part ?? 0);
  }
  return { fact, amount: Math.round(amount * (text.includes('currency="JPY"') ? 1 : 100)) };
}

/** Before a refund goes out (REF-3, REF-5). */
async function beforeRefund(world: ModelWorld, id: string, text: string): Promise<string | null> {
  const { database, amazon } = world;
  const { fact, amount } = refundIn(text);
  const refunds = amazon.show(seller, id)?.refunds ?? [];
  const own = refunds.filter(({ by }) => by === 'feed').flatMap(({ items }) => items);
  if (own.some((item) => factOf(item.merchantAdjustmentItemId ?? '') === fact))
    return `the refund ${fact} is sent again, and Amazon has made it`;
  const moves = await database.owner<{ amount: string }>(
    'select amount::text from amazon_move where amazon_order_id = $1 and amount > 0',
    [id],
  );
  const sent = await database.owner<{ n: number }>(
    `select count(*)::int as n from command where kind = 'refund_amazon' and amazon_order_id = $1 and state in ('unsure', 'accepted', 'confirmed')`,
    [id],
  );
  const entered = await database.owner<{ n: number }>(
    `select count(*)::int as n from command where kind = 'refund_shopify' and amazon_order_id = $1`,
    [id],
  );
  const answered = await database.owner(
    `select from choice where kind in ('answer', 'refund') and amazon_order_id = $1`,
    [id],
  );
  // Of two equal refunds in Shopify one may be Amazon's, which a person is asked; the other one goes in any case.
  const asked = await database.owner(
    `select from problem where kind = 'equal_refund_both' and closed_at is null and amazon_order_id = $1 and subject <> $2`,
    [id, fact],
  );
  const equal = moves.filter((move) => Number(move.amount) === amount).length;
  const explained = (sent[0]?.n ?? 0) + (entered[0]?.n ?? 0) + answered.length + asked.length;
  return equal > explained ? `a refund is sent, and Amazon shows one of the same amount` : null;
}

/** Looks at every batch of the app's before it is uploaded. */
export async function beforeUpload(world: ModelWorld, contents: string): Promise<void> {
  const { run } = world;
  run.writes += 1;
  inDryRun(world, 'a batch');
  for (const { id, text } of messagesOf(contents)) {
    const cancel = text.includes('<OrderAcknowledgement>') ? await beforeCancel(world, id) : null;
    const refund =
      text.includes('<OrderAdjustment>') && !text.includes('QuantityCancelled')
        ? await beforeRefund(world, id, text)
        : null;
    const ship = text.includes('<OrderFulfillment>') ? await beforeParcel(world, id) : null;
    for (const wrong of [cancel, refund, ship]) if (wrong !== null) run.broken.push(`${id}: ${wrong}`);
  }
}

/** No parcel is confirmed while Amazon has a cancel, or may have one (CAN-18). */
async function beforeParcel({ database }: ModelWorld, id: string): Promise<string | null> {
  const cancels = await database.owner(
    `select from command where kind = 'cancel_amazon' and amazon_order_id = $1 and state in ('sending', 'unsure', 'accepted')`,
    [id],
  );
  return cancels.length > 0 ? 'a parcel is confirmed while a cancel is under way' : null;
}

/** Looks at every parcel before it is confirmed by a call of its own. */
export async function beforeConfirm(world: ModelWorld, id: string): Promise<void> {
  world.run.writes += 1;
  inDryRun(world, 'a parcel');
  const wrong = await beforeParcel(world, id);
  if (wrong !== null) world.run.broken.push(`${id}: ${wrong}`);
}

/** Nothing is sent while dry run is on; one that decided before may still be under way (PRO-7). */
export function inDryRun({ run }: ModelWorld, what: string): void {
  if (run.dryRun && !run.cut) run.broken.push(`In dry run ${what} is sent.`);
}

const cancel = z.object({ id: z.string(), restock: z.boolean(), refund: z.unknown().optional() });

/**
 * Before the app cancels in Shopify: Amazon showed it cancelled (CAN-4), all that is left of its payment goes back with it
 * (CAN-9), and goods go back only where that is wanted.
 */
export async function beforeCancelInShopify(
  world: ModelWorld,
  variables: Record<string, unknown>,
): Promise<void> {
  const { run, database } = world;
  const { id: orderId, restock, refund } = cancel.parse(variables);
  const [row] = await database.owner<{ id: string; kept: string | null }>(
    `select amazon_order_id as id, (select args->>'restock' from choice c where c.kind = 'cancel' and c.amazon_order_id = o.amazon_order_id and c.state in ('open', 'done') order by c.at desc limit 1) as kept
     from amazon_order o where shop = $1 and shopify_order_id = $2`,
    [shop, orderId],
  );
  if (!row) return;
  if (run.readings.statusOf(row.id) !== 'cancelled')
    run.broken.push(`${row.id}: it is cancelled in Shopify before Amazon shows that`);
  const found = await lookInShopify(world, row.id);
  if (refund === undefined && found && leftInShopify(found) > 0.005)
    run.broken.push(`${row.id}: it is cancelled in Shopify without its refund`);
  if (restock && row.kept === 'false')
    run.broken.push(`${row.id}: its goods go back to stock against a person's word`);
}

import { z } from 'zod';
import { lookInShopify } from './deeds.ts';
import { copiesOf } from './shopify-side.ts';
import { seller, type ModelWorld } from './world.ts';

const openOnAmazon = new Set(['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED']);
/** A person said that a difference shall stay. */
const leaving = new Set(['drop', 'no_refund', 'nothing', 'gone', 'leave']);

const amountOf = z.object({ amount: z.string() });

/** What went back to the buyer on Amazon, in the currency's units. */
function refundedOnAmazon({ amazon }: ModelWorld, id: string): number {
  const refunds = amazon.show(seller, id)?.refunds ?? [];
  return refunds
    .flatMap(({ items }) => items.flatMap(({ components }) => Object.values(components)))
    .reduce((sum, amount) => sum + Number(amount), 0);
}

function paidOnAmazon({ amazon }: ModelWorld, id: string): number | null {
  const proceeds = amazon.show(seller, id)?.order['proceeds'];
  const total = z.object({ grandTotal: amountOf }).safeParse(proceeds);
  return total.success ? Number(total.data.grandTotal.amount) : null;
}

/** Before a batch of cancels goes out: none of an order that Amazon last showed as shipped (CAN-5). */
export function beforeUpload({ run }: ModelWorld, contents: string): void {
  if (!contents.includes('OrderAcknowledgement')) return;
  for (const [, id = ''] of contents.matchAll(/<AmazonOrderID>([^<]+)</g))
    if (run.readings.anyShipped(id))
      run.broken.push(`${id}: a cancel is sent, and Amazon last showed it shipped`);
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

/** What does not hold of cancels, shipments and refunds once nothing is due any more, as sentences. */
export async function dealingsAtRest(
  world: ModelWorld,
  linked: ReadonlyMap<string, string | null>,
  problems: ReadonlyMap<string, readonly string[]>,
): Promise<string[]> {
  const answers = await world.database.owner<{ id: string; choice: string }>(
    `select amazon_order_id as id, args->>'choice' as choice from choice where kind = 'answer' and state in ('open', 'done')`,
  );
  const left = new Set(answers.flatMap(({ id, choice }) => (leaving.has(choice) ? [id] : [])));
  const wrong: string[] = [];
  for (const { id } of world.run.placed) {
    const shown = world.amazon.show(seller, id);
    const { fulfillmentStatus: status = '', fulfilledBy } = (shown?.order['fulfillment'] ?? {}) as Record<
      string,
      string
    >;
    const paid = paidOnAmazon(world, id);
    const back = refundedOnAmazon(world, id);
    const copy = copiesOf(world.shopify, id).find((one) => one.id === linked.get(id));
    if (!copy || fulfilledBy === 'AMAZON' || paid === null) continue;
    if (!openOnAmazon.has(status) && status !== 'CANCELLED') continue;
    const own = problems.get(id) ?? [];
    const found = await lookInShopify(world, id);
    if (!found) continue;
    const say = (what: string) =>
      wrong.push(
        `${id} (${status}, ${found.displayFulfillmentStatus}${found.cancelledAt === null ? '' : ', cancelled'}) ${what}; back on Amazon ${String(back)}, in Shopify ${found.totalRefundedSet.presentmentMoney.amount} of ${found.totalPriceSet.presentmentMoney.amount}; problems ${own.join() || 'none'}`,
      );
    if (back > paid + 0.005) say('was refunded above what was paid on Amazon');
    if (own.length > 0 || left.has(id)) continue;
    const cancelled = found.cancelledAt !== null;
    if (status === 'CANCELLED' && !cancelled)
      say('is cancelled on Amazon and not in Shopify, and nobody is told');
    if (status !== 'CANCELLED' && cancelled)
      say('is cancelled in Shopify and not on Amazon, and nobody is told');
    const refunded = Number(found.totalRefundedSet.presentmentMoney.amount);
    const total = Number(found.totalPriceSet.presentmentMoney.amount);
    if (status === 'CANCELLED' && !near(refunded, total))
      say('is void on Amazon, and Shopify does not say so');
    // Lines that Amazon voided were never charged there.
    const voided = found.refunds
      .filter(({ note }) => note?.includes(':line:') === true)
      .reduce((sum, one) => sum + Number(one.totalRefundedSet.presentmentMoney.amount), 0);
    if (status !== 'CANCELLED' && !near(refunded - voided, back))
      say('has other refunds on either side, and nobody is told');
  }
  return wrong;
}

import { drain } from '../../app/sync/drain.ts';
import { feedStep } from '../../app/sync/feed-step.ts';
import { knock } from '../../app/sync/knock.ts';
import { pollFinances } from '../../app/sync/poll-finances.ts';
import { pollAmazon } from '../../app/sync/poll-amazon.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { apiVersion } from '../../app/shopify/api-version.ts';
import type { Services } from '../../app/sync/services.ts';
import { beforeConfirm, beforeUpload } from './before-sending.ts';
import { doDeed } from './deeds.ts';
import { orderOf, paid } from './orders.ts';
import { jumpRealTime } from './real-time.ts';
import { copiesOf } from './shopify-side.ts';
import { latestEffectMs, type Job, type Step } from './steps.ts';
import { seller, shop, type ModelWorld } from './world.ts';
import { actInShopify } from './people.ts';
import { askOrTakeBack, claim } from './wishes.ts';
import { beforeWrite } from './watch.ts';
import { startWorker, type Cut, type Listener } from './worker.ts';

const jobs: Record<Job, (services: Services) => Promise<unknown>> = {
  poll: (services) => pollAmazon(services, shop, seller),
  drain: (services) => drain(services, shop),
  feed: (services) => feedStep(services, shop, seller),
  finances: (services) => pollFinances(services, shop, seller),
};

/** Starts a job on one of the two worker processes; resolves when it is done or cut off. */
export async function work(world: ModelWorld, process: 0 | 1, job: Job, cut: Cut | null): Promise<void> {
  const { run } = world;
  const listener: Listener = {
    read: (order, at) => {
      run.readings.note(order, at);
    },
    readRequests: (order, lines) => {
      run.readings.noteRequests(order, lines);
    },
    searched: (at) => {
      run.readings.searched(at);
    },
    beforeUpload: (contents) => beforeUpload(world, contents),
    beforeConfirm: (order) => beforeConfirm(world, order),
    beforeWrite: (query, variables) => beforeWrite(world, query, variables),
  };
  if (cut) run.cut = true;
  const worker = startWorker(world.services[process], cut, jobs[job], listener, (error) => {
    run.thrown.push(`${job}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  });
  await worker.ended;
  if (cut) world.run.workers.push({ worker, since: world.clock.now() });
}

/** More than a lease holds passes in real time, and no worker under way renews. */
export async function letLeasesRunOut({ database }: ModelWorld): Promise<void> {
  jumpRealTime(16_000);
  await database.owner(`
    update amazon_order set lease_until = lease_until - interval '16 seconds' where lease_until is not null;
    update feed set claim_until = claim_until - interval '121 seconds' where claim_until is not null;
    update seller set feed_lease_until = feed_lease_until - interval '16 seconds' where feed_lease_until is not null;
    update shop set token_lease = token_lease - interval '16 seconds' where token_lease is not null`);
}

function place({ amazon, clock, run }: ModelWorld, shapes: Extract<Step, { do: 'place' }>['shapes']): void {
  for (const shape of shapes) {
    const order = orderOf(shape, run.placed.length, clock.now());
    run.placed.push({ id: order.orderId, at: clock.now() });
    amazon.placeOrders(seller, [order]);
  }
}

/** A merchant deletes an order that the app is linked to. */
async function deleteInShopify(
  { database, run, shopify, shopifyOrigin }: ModelWorld,
  id: string,
): Promise<void> {
  const [copy] = copiesOf(shopify, id);
  const rows = await database.owner<{ shopify_order_id: string | null }>(
    'select shopify_order_id from amazon_order where amazon_order_id = $1',
    [id],
  );
  if (!copy || rows[0]?.shopify_order_id !== copy.id) return;
  const query = 'mutation D($id: ID!) { orderDelete(orderId: $id) { deletedId } }';
  const response = await fetch(`${shopifyOrigin}/admin/api/${apiVersion}/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'X-Shopify-Shop-Domain': shop,
      'X-Shopify-Access-Token': 'staff',
    },
    body: JSON.stringify({ query, variables: { id: copy.id } }),
  });
  const text = await response.text();
  if (!text.includes('"deletedId":"')) throw new Error(`The order was not deleted: ${text}`);
  run.deleted.add(id);
}

async function change(world: ModelWorld, { how, which }: Extract<Step, { do: 'change' }>): Promise<void> {
  const { amazon, run } = world;
  const n = which % run.placed.length;
  const placed = run.placed[n];
  const shown = placed && amazon.show(seller, placed.id)?.order;
  if (!placed || !shown) return;
  const status = (shown['fulfillment'] as { fulfillmentStatus?: string }).fulfillmentStatus;
  const line = (shown['orderItems'] as { orderItemId: string }[]).at(-1)?.orderItemId;
  const parcel = { carrier: 'UPS', trackingNumber: `1Z${placed.id}` };
  const items = (shown['orderItems'] as { orderItemId: string; quantityOrdered: number }[])
    .slice(0, 1)
    .map(({ orderItemId, quantityOrdered }) => ({ orderItemId, quantity: quantityOrdered }));
  // What the pretend Amazon refuses (an order that is shipped already, say) simply does not happen.
  if (how === 'ship') amazon.ship(seller, placed.id, parcel);
  if (how === 'ship-line') amazon.ship(seller, placed.id, { ...parcel, items });
  if (how === 'ship-one')
    amazon.ship(seller, placed.id, { ...parcel, items: items.map((item) => ({ ...item, quantity: 1 })) });
  if (how === 'cancel') amazon.cancel(seller, placed.id, { by: 'BUYER' });
  if (how === 'cancel-line' && line) amazon.cancel(seller, placed.id, { by: 'BUYER', orderItemIds: [line] });
  if (how === 'touch') amazon.placeOrders(seller, [shown]);
  if (how === 'pay' && status === 'PENDING') amazon.placeOrders(seller, [paid(n, placed.at)]);
  if (how === 'delete-in-shopify') await deleteInShopify(world, placed.id);
}

async function ask({ clock, run, services }: ModelWorld, which: number): Promise<void> {
  const placed = run.placed[which % run.placed.length];
  if (!placed) return;
  run.asked.set(placed.id, clock.now());
  await services[0].db.forShop(shop, (tx) =>
    knock(tx, shop, seller, [amazonOrderId(placed.id)], { wanted: true }),
  );
}

/** Shopify's side of an order is to be looked at again; nothing where no order is named. */
export async function knockFromShopify({ services }: ModelWorld, id: string | undefined): Promise<void> {
  if (id === undefined) return;
  await services[0].db.forShop(shop, (tx) =>
    knock(tx, shop, seller, [amazonOrderId(id)], { side: 'shopify' }),
  );
}

async function letGo({ run, clock }: ModelWorld, which: number): Promise<void> {
  // One that stood still at a write for longer is dead: nobody could tell its effect from a new one.
  const stalled = run.workers.filter(
    ({ worker, since }) => worker.stalled() && clock.now() - since < latestEffectMs,
  );
  await stalled.reverse()[which % stalled.length]?.worker.letGo();
}

/** Lets one step happen; resolves when nothing of it is under way. */
export async function perform(world: ModelWorld, step: Step): Promise<void> {
  // A call takes time: what follows a look never happens in the very millisecond in which that look began.
  await world.clock.advance(1);
  switch (step.do) {
    case 'place':
      place(world, step.shapes);
      return;
    case 'change':
      await change(world, step);
      return;
    case 'ask':
      await ask(world, step.which);
      return;
    case 'wait':
      await world.clock.advance(step.ms);
      return;
    case 'work':
      await work(world, 0, step.job, step.cut ?? null);
      return;
    case 'both':
      await Promise.all([work(world, 0, step.jobs[0], step.cut ?? null), work(world, 1, step.jobs[1], null)]);
      return;
    case 'leases-run-out':
      await letLeasesRunOut(world);
      return;
    case 'let-go':
      await letGo(world, step.which);
      return;
    case 'fault':
      world.faults.add(step.fault);
      return;
    case 'buyer':
      askOrTakeBack(world, step);
      return;
    case 'claim':
      await claim(world, step);
      return;
    case 'people':
      await actInShopify(
        world,
        step.act,
        world.run.placed[step.which % world.run.placed.length]?.id ?? '',
        step.pick,
      );
      return;
    case 'deed':
      await doDeed(world, step);
      return;
    case 'knock':
      await knockFromShopify(world, world.run.placed[step.which % world.run.placed.length]?.id);
  }
}

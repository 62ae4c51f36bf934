import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { amazonOrderId, shopDomain } from '../../app/domain/ids.ts';
import { inParallel } from '../../app/lib/in-parallel.ts';
import { readEnv } from '../../app/lib/env.ts';
import type { Sandbox } from '../../app/sandbox/start.ts';
import { chooseCancel } from '../../app/sync/choose-cancel.ts';
import { openServices } from '../../app/sync/services.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { counted, untilSettled } from './play-outage.ts';

/** What it took until many approved cancels stood on both sides. Times in seconds of the world, from the first approval. */
export interface Cancels {
  /** Orders that are cancelled on both sides, and refunded whole in Shopify by one refund. */
  readonly agreed: number;
  /** How many batches of each kind were made, and how many messages they held. */
  readonly feeds: Readonly<Record<string, number>>;
  readonly messages: number;
  readonly amazonByOperation: Readonly<Record<string, number>>;
  readonly shopifyByOperation: Readonly<Record<string, number>>;
  readonly refusedByLimits: Readonly<Record<string, number>>;
  readonly approvedAfter: number;
  readonly amazonCancelledAfter: number;
  readonly agreedAfter: number;
  readonly problems: Readonly<Record<string, number>>;
}

const approvalsAtOnce = 4;

const idOf = (n: number) => `907-${String(n).padStart(7, '0')}-0000001`;

/** Lets the orders come in, and every buyer ask. */
async function bringIn(sandbox: Sandbox, numbers: readonly number[]): Promise<void> {
  const { world, shop } = sandbox;
  const [own] = world.shops;
  if (!world.amazon || !world.shopify || !own) throw new Error('The world is not whole.');
  const { amazon } = world;
  world.shopify.addVariants(shop, [{ sku: 'SKU-1', title: 'Blue mug', price: '25.00' }]);
  // Nobody takes webhooks here: their retries would only make time pass.
  world.faults.add({ service: 'shopify', match: {}, kind: 'lose-webhook', times: Infinity });
  const done = amazon.placeOrders(
    own.sellerId,
    numbers.map((n) => amazonOrder(idOf(n))),
  );
  if (!done.ok) throw new Error(done.sentence);
  await untilSettled(sandbox, false);
  for (const n of numbers) amazon.requestCancel(own.sellerId, idOf(n), { reason: 'Ordered by mistake' });
  await untilSettled(sandbox, false);
}

/**
 * Half an hour passes, poll by poll: what the buyers did is no longer among Amazon's latest changes, and the app has not more
 * of Amazon's limits left than as a rule.
 */
async function letPass(sandbox: Sandbox): Promise<void> {
  for (let polls = 0; polls < 10; polls += 1) {
    await sandbox.world.clock.advance(200_000);
    await untilSettled(sandbox, false);
  }
}

/** A merchant approves all of them, in this process and not in one for each. */
async function approve(sandbox: Sandbox, numbers: readonly number[]): Promise<void> {
  const services = openServices(readEnv({ ...sandbox.env, LOG_LEVEL: 'silent' }), 'bench');
  const wanted = { amount: 'full', reason: null, restock: true, free: false, by: 'staff' } as const;
  try {
    await inParallel(numbers, approvalsAtOnce, async (n) => {
      const id = amazonOrderId(idOf(n));
      const choose = () => chooseCancel(services, shopDomain(sandbox.shop), id, wanted);
      let chosen = await choose();
      // The worker takes Shopify's points at the same time; a person would press again.
      while (!chosen.ok && chosen.guard === 'shopify_unreadable') {
        await pause(1_000);
        chosen = await choose();
      }
      if (!chosen.ok) throw new Error(`${id} was not approved: ${JSON.stringify(chosen)}`);
    });
  } finally {
    await services.close();
  }
}

/** When each order was cancelled on either side (ms UTC); nothing of one that is not whole. */
function cancelTimes({ world, shop }: Sandbox, numbers: readonly number[]) {
  const [own] = world.shops;
  const copies = new Map(
    (world.shopify?.listOrders(shop, { limit: 1e9 }) ?? []).map((one) => [one.sourceIdentifier, one]),
  );
  return numbers.flatMap((n) => {
    const copy = copies.get(idOf(n));
    const time = world.amazon?.show(own?.sellerId ?? '', idOf(n))?.cancellations[0]?.time ?? null;
    if (!copy?.cancelledAt || time === null || copy.refunds.length !== 1) return [];
    return copy.refunds[0]?.amount === copy.total
      ? [{ amazon: Date.parse(time), shopify: copy.cancelledAt }]
      : [];
  });
}

/** Lets `count` orders be asked for and approved, and goes on until nothing is under way. */
export async function playCancels(sandbox: Sandbox, count: number): Promise<Cancels> {
  const { world } = sandbox;
  const numbers = Array.from({ length: count }, (_, n) => n);
  await bringIn(sandbox, numbers);
  await letPass(sandbox);
  const before = world.log.entries().length;
  const since = world.clock.now();
  await approve(sandbox, numbers);
  const approved = world.clock.now();
  await untilSettled(sandbox, true);
  const log = world.log.entries().slice(before);
  const operations = (service: string) =>
    log
      .filter((entry) => entry.service === service && entry.operation !== 'token')
      .map((one) => one.operation);
  const pool = new pg.Pool({ connectionString: sandbox.env['DATABASE_URL'], max: 1 });
  const feeds = (await pool.query<{ feed_type: string; messages: number }>('select * from feed')).rows;
  const problems = (await pool.query<{ kind: string }>('select kind from problem where closed_at is null'))
    .rows;
  await pool.end();
  const times = cancelTimes(sandbox, numbers);
  const after = (all: readonly number[]) => (all.reduce((a, b) => Math.max(a, b), since) - since) / 1000;
  return {
    agreed: times.length,
    feeds: counted(feeds.map((feed) => feed.feed_type)),
    messages: feeds.reduce((sum, feed) => sum + feed.messages, 0),
    amazonByOperation: counted(operations('amazon')),
    shopifyByOperation: counted(operations('shopify')),
    refusedByLimits: counted(log.filter(({ status }) => status === 429).map((one) => one.operation)),
    approvedAfter: (approved - since) / 1000,
    amazonCancelledAfter: after(times.map(({ amazon }) => amazon)),
    agreedAfter: after(times.map(({ shopify }) => shopify)),
    problems: counted(problems.map(({ kind }) => kind)),
  };
}

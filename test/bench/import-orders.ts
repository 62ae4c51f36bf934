import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startSandbox, type Sandbox } from '../../app/sandbox/start.ts';
import { lines, marketplaces, products } from '../../app/sandbox/story/catalogue.ts';
import { makeOrder } from '../../app/sandbox/story/make-order.ts';
import type { Figure } from './budgets.ts';
import { startMeasuredWorker, type MeasuredWorker, type Usage } from './measured-worker.ts';

const early = 1_000;
const longestMs = 30 * 60_000;
/** Polls that found nothing yet or nothing more. */
const idlePolls = 3;

/** What is read at one moment of the import. */
interface Sample extends Usage {
  readonly imported: number;
}

function place({ world }: Sandbox, count: number): void {
  const [shop] = world.shops;
  if (!shop || !world.amazon || !world.shopify) throw new Error('The world is not whole.');
  world.shopify.addVariants(shop.domain, products);
  const pool = [[lines.blueMug], [lines.teapot, lines.redMug], [lines.twoBlueMugs], [lines.gift]];
  const placedAt = world.clock.now();
  const orders = Array.from({ length: count }, (_, n) =>
    makeOrder({
      marketplace: marketplaces.us,
      lines: pool[n % pool.length] ?? [],
      status: 'UNSHIPPED',
      placedAt,
      id: `300-${String(n).padStart(7, '0')}-0000000`,
    }),
  );
  const done = world.amazon.placeOrders(shop.sellerId, orders);
  if (!done.ok) throw new Error(done.sentence);
}

/** Lets the world go on until all is imported, sampling twice a second. */
async function untilImported(sandbox: Sandbox, worker: MeasuredWorker): Promise<Sample[]> {
  const pool = new pg.Pool({ connectionString: sandbox.env['DATABASE_URL'], max: 1 });
  const samples: Sample[] = [];
  const settled = sandbox.world.app.settle({ timeoutMs: longestMs, untilIdle: true });
  const state = { over: false, weighed: false };
  void settled.finally(() => (state.over = true));
  while (!state.over) {
    const { rows } = await pool.query<{ n: string }>(
      'select count(*) as n from amazon_order where shopify_order_id is not null and due_at is null',
    );
    const imported = Number(rows[0]?.n ?? 0);
    if (imported >= early && !state.weighed) {
      worker.weigh();
      state.weighed = true;
    }
    samples.push({ imported, ...worker.usage() });
    await pause(500);
  }
  await pool.end();
  const end = await settled;
  if (!end.settled) throw new Error(`The import did not end: ${JSON.stringify(end.open)}`);
  return samples;
}

function figures(count: number, sandbox: Sandbox, samples: readonly Sample[], seconds: number): Figure[] {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) throw new Error('Nothing was measured.');
  const operations = sandbox.world.log.entries().map(({ operation }) => operation ?? '');
  const calls = (pattern: RegExp) => operations.filter((operation) => pattern.test(operation)).length;
  const polls = calls(/^searchOrders$/);
  const shopify = calls(/orderCreate|nodes|productVariants|^shop/);
  const past = samples.find(({ liveMb }) => liveMb > 0) ?? last;
  const most = Math.max(...samples.map(({ rssMb }) => rssMb));
  const per = (total: number) => total / count;
  return [
    {
      what: 'orders in Shopify',
      value: sandbox.world.shopify?.listOrders(sandbox.shop, { limit: 1e9 }).length ?? 0,
      budget: null,
    },
    { what: 'searchOrders calls per order', value: per(polls), budget: 0.011 + per(idlePolls) },
    { what: 'getOrder calls per order', value: per(calls(/^getOrder$/)), budget: 0.001 },
    { what: 'Shopify requests per order', value: per(shopify), budget: 3 },
    { what: 'SQL statements per reconcile', value: per(last.sql - first.sql), budget: 6 },
    {
      what: 'SQL statements of the queue per second',
      value: (last.queueSql - first.queueSql) / seconds,
      budget: null,
    },
    { what: 'worker CPU per reconcile, ms', value: per(last.cpuMs - first.cpuMs), budget: 4 },
    { what: `live memory at ${past.imported} orders, MB`, value: past.liveMb, budget: null },
    {
      what: `live memory at ${last.imported} orders, MB`,
      value: last.liveMb,
      budget: past.liveMb * 1.1 + 5,
    },
    { what: 'most memory of the process, MB', value: most, budget: null },
    { what: 'orders a second', value: count / seconds, budget: null },
  ];
}

/** Imports `count` orders with one worker process and measures what that takes. */
export async function importOrders(count: number): Promise<Figure[]> {
  const sandbox = await startSandbox({ port: 0, workers: 0, web: false, headless: true });
  try {
    const worker = await startMeasuredWorker(sandbox.env);
    await pause(1_500);
    place(sandbox, count);
    const start = performance.now();
    const samples = await untilImported(sandbox, worker);
    const seconds = (performance.now() - start) / 1000;
    worker.weigh();
    await pause(1_000);
    const measured = figures(count, sandbox, [...samples, { imported: count, ...worker.usage() }], seconds);
    await worker.end();
    return measured;
  } finally {
    await sandbox.stop();
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from '../../app/sandbox/start.ts';
import { amazonOrder } from '../amazon-orders.ts';

// node test/bench/request-to-hold.ts [--speed 100] [--pushed 200] [--polled 60] [--burst 1] [--every 2.5]: how long it takes, in the world's
// time, from when a buyer asks until the order is held in Shopify, at the services' true limits.
const { values } = parseArgs({
  options: {
    speed: { type: 'string', default: '1' },
    pushed: { type: 'string', default: '200' },
    polled: { type: 'string', default: '60' },
    burst: { type: 'string', default: '1' },
    every: { type: 'string', default: '2.5' },
  },
});
const speed = Number(values.speed);

/** Between two polled requests, so that they fall all over the time between two polls. */
const everyMs = 3_100;
const longestMs = 15 * 60_000;

const idOf = (kind: number, n: number) => `90${String(kind)}-${String(n).padStart(7, '0')}-0000001`;

function partsOf({ world }: Sandbox) {
  const [own] = world.shops;
  if (!world.amazon || !world.shopify || !own) throw new Error('The world is not whole.');
  return { amazon: world.amazon, shopify: world.shopify, own };
}

/** Shopify's ids of the orders, by Amazon's. */
async function place(sandbox: Sandbox, ids: readonly string[]): Promise<Map<string, string>> {
  const { amazon, shopify, own } = partsOf(sandbox);
  shopify.addVariants(own.domain, [{ sku: 'SKU-1', title: 'Blue mug', price: '25.00' }]);
  const placed = amazon.placeOrders(
    own.sellerId,
    ids.map((id) => amazonOrder(id)),
  );
  if (!placed.ok) throw new Error(placed.sentence);
  const { settled } = await sandbox.world.app.settle({ timeoutMs: longestMs, untilIdle: false });
  if (!settled) throw new Error('The orders did not come in.');
  const listed = shopify.listOrders(own.domain, { limit: 1e9 });
  return new Map(listed.map(({ id, sourceIdentifier }) => [sourceIdentifier ?? '', id]));
}

/** Asks for an order and waits until it is held; the world's time between, ms. */
async function requestToHold(sandbox: Sandbox, id: string, shopifyId: string | undefined): Promise<number> {
  const { amazon, shopify, own } = partsOf(sandbox);
  const { clock } = sandbox.world;
  const since = clock.now();
  amazon.requestCancel(own.sellerId, id, { reason: 'Ordered by mistake' });
  for (;;) {
    const held = shopify
      .listWork(own.domain)
      .some(({ orderId, holds }) => orderId === shopifyId && holds.length > 0);
    const took = clock.now() - since;
    if (held) return took;
    if (took > longestMs * Math.max(1, speed / 10)) throw new Error(`${id} is not held.`);
    await pause(5);
  }
}

function told(what: string, times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const parts = [
    ['median', 0.5],
    ['95th', 0.95],
    ['99th', 0.99],
    ['longest', 1],
  ] as const;
  return `${what} (${String(times.length)} requests): ${parts.map(([name, share]) => `${name} ${seconds(at(share))}`).join(', ')}\n`;
}

async function pushed(sandbox: Sandbox, count: number, burst: number): Promise<number[]> {
  const ids = Array.from({ length: count }, (_, n) => idOf(5, n));
  const known = await place(sandbox, ids);
  const times: number[] = [];
  for (let n = 0; n < count; n += burst) {
    const some = ids.slice(n, n + burst);
    times.push(...(await Promise.all(some.map((id) => requestToHold(sandbox, id, known.get(id))))));
    // Amazon lets one order be read every two seconds, after thirty at once.
    await pause((Number(values.every) * 1000 * burst) / speed);
  }
  return times;
}

async function polled(sandbox: Sandbox, count: number): Promise<number[]> {
  const ids = Array.from({ length: count }, (_, n) => idOf(6, n));
  const known = await place(sandbox, ids);
  sandbox.world.faults.add({
    service: 'amazon',
    match: { operation: 'ORDER_CHANGE' },
    kind: 'drop-request',
    times: Infinity,
  });
  const under: Promise<number>[] = [];
  for (const id of ids) {
    under.push(requestToHold(sandbox, id, known.get(id)));
    await pause(everyMs / speed);
  }
  return Promise.all(under);
}

const sandbox = await startSandbox({ port: 0, workers: 1, web: false, headless: true });
try {
  // Nobody takes webhooks here: their retries would only make time pass.
  sandbox.world.faults.add({ service: 'shopify', match: {}, kind: 'lose-webhook', times: Infinity });
  await sandbox.world.clock.setSpeed(speed);
  process.stdout.write(`speed ${String(speed)}\n`);
  if (Number(values.pushed) > 0)
    process.stdout.write(told('pushed', await pushed(sandbox, Number(values.pushed), Number(values.burst))));
  if (Number(values.polled) > 0)
    process.stdout.write(told('polled', await polled(sandbox, Number(values.polled))));
} finally {
  await sandbox.stop();
}

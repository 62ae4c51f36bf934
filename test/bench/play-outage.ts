import type { Sandbox } from '../../app/sandbox/start.ts';
import { amazonOrder } from '../amazon-orders.ts';

/** What a day without workers, in which many buyers asked to cancel, cost when they came back. */
export interface Outage {
  readonly orders: number;
  /** Calls to Amazon from when the workers came back; logins do not count. */
  /** Without those for the day's reports. */
  readonly amazonCalls: number;
  readonly amazonByOperation: Readonly<Record<string, number>>;
  readonly shopifyByOperation: Readonly<Record<string, number>>;
  /** Orders of which every unit is held in Shopify. */
  readonly held: number;
  /** From when the workers came back until the last hold was there, seconds of the world. */
  readonly seconds: number;
  readonly refusedByLimits: number;
}

const longestMs = 20 * 60_000;

const idOf = (n: number) => `904-${String(n).padStart(7, '0')}-0000001`;

/** How often each operation, or whatever else, stands in a list. */
export function counted(operations: readonly (string | null | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const operation of operations) counts[operation ?? ''] = (counts[operation ?? ''] ?? 0) + 1;
  return counts;
}

/** How many orders are held with all that is to be sent of them. */
function heldOrders({ world, shop }: Sandbox): number {
  const works = (world.shopify?.listWork(shop) ?? []).filter(({ lines }) =>
    lines.some(({ remaining }) => remaining > 0),
  );
  const byOrder = Map.groupBy(works, ({ orderId }) => orderId);
  return [...byOrder.values()].filter((own) =>
    own.every(({ holds }) => holds.some(({ handle }) => handle === 'concord-request')),
  ).length;
}

/** Lets the world go on until nothing is due; `untilIdle`: and until nothing is waited for. */
export async function untilSettled({ world }: Sandbox, untilIdle: boolean): Promise<void> {
  const ended = await world.app.settle({ timeoutMs: longestMs, untilIdle });
  if (!ended.settled) throw new Error(`The world did not settle: ${JSON.stringify(ended.open)}`);
}

/**
 * Lets `count` orders come in, ends the workers, lets every buyer ask and a day pass, and starts `workers` again. Messages of
 * the day wait in the queue meanwhile.
 */
export async function playOutage(sandbox: Sandbox, count: number, workers: number): Promise<Outage> {
  const { world, shop } = sandbox;
  const [own] = world.shops;
  if (!world.amazon || !world.shopify || !own) throw new Error('The world is not whole.');
  const { amazon } = world;
  const numbers = Array.from({ length: count }, (_, n) => n);
  world.shopify.addVariants(shop, [{ sku: 'SKU-1', title: 'Blue mug', price: '25.00' }]);
  const done = amazon.placeOrders(
    own.sellerId,
    numbers.map((n) => amazonOrder(idOf(n))),
  );
  if (!done.ok) throw new Error(done.sentence);
  await untilSettled(sandbox, false);
  await world.app.setWorkers(0);
  // Nobody takes webhooks here: their retries would only make time pass.
  world.faults.add({ service: 'shopify', match: {}, kind: 'lose-webhook', times: Infinity });
  for (const n of numbers) amazon.requestCancel(own.sellerId, idOf(n), { reason: 'Ordered by mistake' });
  await world.clock.advance(24 * 3_600_000);
  const before = world.log.entries().length;
  const since = world.clock.now();
  await world.app.setWorkers(workers);
  await untilSettled(sandbox, false);
  const log = world.log.entries().slice(before);
  const of = (service: string) => log.filter((entry) => entry.service === service);
  const calls = of('amazon').filter(({ operation }) => operation !== 'token');
  const holds = of('shopify').filter(({ operation }) => operation === 'fulfillmentOrderHold');
  return {
    orders: count,
    // The day's reports are asked for in any case.
    amazonCalls: calls.filter(({ operation }) => !/report/i.test(operation ?? '')).length,
    amazonByOperation: counted(calls.map(({ operation }) => operation)),
    shopifyByOperation: counted(of('shopify').map(({ operation }) => operation)),
    held: heldOrders(sandbox),
    seconds: ((holds.at(-1)?.time ?? since) - since) / 1000,
    refusedByLimits: log.filter(({ status }) => status === 429).length,
  };
}

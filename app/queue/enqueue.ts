import { z } from 'zod';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from '../db/client.ts';

/** The jobs there are, with what each is told. Nothing of a buyer is ever in a job. */
export const jobPayloads = {
  drain: z.object({ shop: z.string() }),
  poll: z.object({ shop: z.string(), seller: z.string() }),
  backfill: z.object({ shop: z.string(), id: z.string() }),
  report: z.object({ shop: z.string(), id: z.string() }),
  feed: z.object({ shop: z.string(), seller: z.string() }),
  finances: z.object({ shop: z.string(), seller: z.string() }),
  changes: z.object({ shop: z.string() }),
  notices: z.object({ shop: z.string() }),
  ledgers: z.object({ shop: z.string() }),
  erase: z.object({ shop: z.string() }),
} as const;
export type JobName = keyof typeof jobPayloads;

// Through a function of the database that may write to the queue, in the caller's transaction: a rollback leaves no job.
async function enqueue(
  tx: Tx,
  job: JobName,
  key: string,
  payload: Record<string, string>,
  now: number,
): Promise<void> {
  await tx.$queryRaw`select concord_enqueue(${job}, ${JSON.stringify(payload)}::json, ${key}, ${new Date(now)}::timestamptz)::text`;
}

/** A drain of the shop's due orders, now (ms UTC). One waits at most; one that runs already does not count. */
export function enqueueDrain(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  return enqueue(tx, 'drain', `drain:${shop}`, { shop }, now);
}

/** A look for what Amazon changed on an account. */
export function enqueuePoll(tx: Tx, shop: ShopDomain, seller: SellerId, now: number): Promise<void> {
  return enqueue(tx, 'poll', `poll:${shop}:${seller}`, { shop, seller }, now);
}

/** The next step of a backfill. */
export function enqueueBackfill(tx: Tx, shop: ShopDomain, id: string, now: number): Promise<void> {
  return enqueue(tx, 'backfill', `backfill:${shop}:${id}`, { shop, id }, now);
}

/** The next step of a report that Amazon makes. */
export function enqueueReport(tx: Tx, shop: ShopDomain, id: string, now: number): Promise<void> {
  return enqueue(tx, 'report', `report:${shop}:${id}`, { shop, id }, now);
}

/** The next step of an account's batches for Amazon. */
export function enqueueFeed(tx: Tx, shop: ShopDomain, seller: SellerId, now: number): Promise<void> {
  return enqueue(tx, 'feed', `feed:${shop}:${seller}`, { shop, seller }, now);
}

/** A sweep of an account's finances. */
export function enqueueFinances(tx: Tx, shop: ShopDomain, seller: SellerId, now: number): Promise<void> {
  return enqueue(tx, 'finances', `finances:${shop}:${seller}`, { shop, seller }, now);
}

/** A look for orders of a shop that changed and of which no webhook came. */
export function enqueueChanges(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  return enqueue(tx, 'changes', `changes:${shop}`, { shop }, now);
}

/** The ledgers of a shop that are due. */
export function enqueueLedgers(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  return enqueue(tx, 'ledgers', `ledgers:${shop}`, { shop }, now);
}

/** What is to be told to staff outside the admin. */
export function enqueueNotices(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  return enqueue(tx, 'notices', `notices:${shop}`, { shop }, now);
}

/** The erasure of a shop that gave up the app. */
export function enqueueErasure(tx: Tx, shop: ShopDomain, now: number): Promise<void> {
  return enqueue(tx, 'erase', `erase:${shop}`, { shop }, now);
}

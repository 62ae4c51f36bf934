import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { sellerId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

const count = z.number().default(0);
const countsShape = z.object({
  create: count,
  /** Another app brought them in already: they are taken over, not doubled. */
  adopt: count,
  there: count,
  leave: count,
  odd: count,
  read: count,
  /** Of those that were read, how many by marketplace. */
  markets: z.record(z.string(), z.number()).default({}),
});
export type BackfillCounts = z.infer<typeof countsShape>;

/** A backfill. Times in ms UTC; `nextPage` is the search that goes on; no marketplaces: all. */
export interface BackfillRow {
  readonly id: string;
  readonly sellerId: SellerId;
  readonly since: number;
  readonly until: number;
  readonly marketplaceIds: readonly string[];
  readonly preview: boolean;
  /** running, stopped, done, failed */
  readonly state: string;
  readonly nextPage: string | null;
  readonly counts: BackfillCounts;
  readonly startedAt: number;
}

function toRow(row: Prisma.BackfillGetPayload<object>): BackfillRow {
  return {
    id: row.id,
    sellerId: sellerId(row.sellerId),
    since: row.since.getTime(),
    until: row.until.getTime(),
    marketplaceIds: row.marketplaceIds,
    preview: row.preview,
    state: row.state,
    nextPage: row.nextPage,
    counts: countsShape.parse(row.counts),
    startedAt: row.startedAt.getTime(),
  };
}

/** A merchant's wish to bring in orders, or only to count them. Times in ms UTC; no marketplaces: all. */
export interface BackfillWish {
  readonly sellerId: SellerId;
  readonly since: number;
  readonly until: number;
  readonly marketplaceIds: readonly string[];
  readonly preview: boolean;
}

/** Notes a merchant's wish to bring in orders created from `since` to `until`. */
export async function startBackfill(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  wish: BackfillWish,
): Promise<BackfillRow> {
  const row = await tx.backfill.create({
    data: {
      shop,
      sellerId: wish.sellerId,
      since: new Date(wish.since),
      until: new Date(wish.until),
      marketplaceIds: [...wish.marketplaceIds],
      preview: wish.preview,
      startedAt: new Date(now),
    },
  });
  return toRow(row);
}

/** One backfill; null where there is none of that id. */
export async function backfillOf(tx: Tx, shop: ShopDomain, id: string): Promise<BackfillRow | null> {
  const row = await tx.backfill.findUnique({ where: { shop_id: { shop, id } } });
  return row && toRow(row);
}

/** The newest previews and backfills of a shop, the newest first, a few of each account. */
export async function newestBackfills(tx: Tx, shop: ShopDomain): Promise<BackfillRow[]> {
  const rows = await tx.backfill.findMany({ where: { shop }, orderBy: { startedAt: 'desc' }, take: 50 });
  return rows.map(toRow);
}

/** Writes how far a backfill has come; `ended` in ms UTC closes it. One that a person stopped meanwhile stays stopped. */
export async function moveBackfill(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  change: { nextPage: string | null; counts: BackfillCounts; ended: number | null; state: string },
): Promise<void> {
  const progress = { nextPage: change.nextPage, counts: { ...change.counts } };
  const endedAt = change.ended === null ? null : new Date(change.ended);
  const moved = await tx.backfill.updateMany({
    where: { shop, id, state: 'running' },
    data: { ...progress, state: change.state, endedAt },
  });
  if (moved.count > 0) return;
  // What was done of the last page is done; where it was the last one, nothing is left to stop.
  const over = change.state === 'done' ? { state: 'done', endedAt } : {};
  await tx.backfill.updateMany({ where: { shop, id, state: 'stopped' }, data: { ...progress, ...over } });
}

/** Stops a backfill that runs, or lets one that was stopped or failed go on. False where it is not in that state. */
export async function turnBackfill(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  to: 'running' | 'stopped',
): Promise<boolean> {
  const from = to === 'stopped' ? ['running'] : ['stopped', 'failed'];
  const turned = await tx.backfill.updateMany({
    where: { shop, id, state: { in: from } },
    data: { state: to, endedAt: null },
  });
  return turned.count > 0;
}

/** Which of these orders the shop has already, linked to a Shopify order. */
export async function linkedAmong(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.order.findMany({
    where: { shop, amazonOrderId: { in: [...ids] }, shopifyOrderId: { not: null } },
    select: { amazonOrderId: true },
  });
  return new Set(rows.map((row) => row.amazonOrderId));
}

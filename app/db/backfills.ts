import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { sellerId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

const countsShape = z.object({
  create: z.number().default(0),
  there: z.number().default(0),
  leave: z.number().default(0),
  odd: z.number().default(0),
  read: z.number().default(0),
});
export type BackfillCounts = z.infer<typeof countsShape>;

/** A backfill. Times in ms UTC; `nextPage` is the search that goes on. */
export interface BackfillRow {
  readonly id: string;
  readonly sellerId: SellerId;
  readonly since: number;
  readonly until: number;
  readonly preview: boolean;
  readonly state: string;
  readonly nextPage: string | null;
  readonly counts: BackfillCounts;
}

function toRow(row: Prisma.BackfillGetPayload<object>): BackfillRow {
  return {
    id: row.id,
    sellerId: sellerId(row.sellerId),
    since: row.since.getTime(),
    until: row.until.getTime(),
    preview: row.preview,
    state: row.state,
    nextPage: row.nextPage,
    counts: countsShape.parse(row.counts),
  };
}

/** Notes a merchant's wish to bring in orders created from `since` to `until`. */
export async function startBackfill(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  wish: { sellerId: SellerId; since: number; until: number; preview: boolean },
): Promise<BackfillRow> {
  const row = await tx.backfill.create({
    data: {
      shop,
      sellerId: wish.sellerId,
      since: new Date(wish.since),
      until: new Date(wish.until),
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

/** Writes how far a backfill has come; `ended` in ms UTC closes it. */
export async function moveBackfill(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  change: { nextPage: string | null; counts: BackfillCounts; ended: number | null; state: string },
): Promise<void> {
  await tx.backfill.update({
    where: { shop_id: { shop, id } },
    data: {
      nextPage: change.nextPage,
      counts: { ...change.counts },
      state: change.state,
      endedAt: change.ended === null ? null : new Date(change.ended),
    },
  });
}

/** Which of these orders the shop has already, linked to a Shopify order. */
export async function linkedAmong(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.order.findMany({
    where: { shop, amazonOrderId: { in: [...ids] }, shopifyOrderId: { not: null } },
    select: { amazonOrderId: true },
  });
  return new Set(rows.map((row) => row.amazonOrderId));
}

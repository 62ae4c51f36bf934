import type { Prisma } from '@prisma/client';
import type { AmazonMove, AmazonPosting } from '../domain/amazon-move.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { sellerOf, type SellerRow } from './sellers.ts';

/** An account whose finances are swept, with how far that has come. Times in ms UTC. */
export interface FinanceSweep {
  readonly seller: SellerRow;
  /** Everything that was posted and visible before this has been seen; null: nothing yet. */
  readonly until: number | null;
  /** The window under way. */
  readonly window: Prisma.JsonValue;
}

/**
 * Claims the sweep of an account's finances that is due at `now` (never looked at: due), so that one worker does it: the
 * next is put off to `until`, which holds if this worker dies. Null: not due, not connected, or taken.
 */
export async function claimFinances(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  now: number,
  until: number,
): Promise<FinanceSweep | null> {
  const [row] = await tx.$queryRaw<{ until: Date | null; window: Prisma.JsonValue }[]>`
    update seller set next_finances_at = ${new Date(until)}
    where shop = ${shop} and seller_id = ${seller} and state = 'connected'
      and (next_finances_at is null or next_finances_at <= ${new Date(now)})
    returning finances_until as until, finances_window as window`;
  const found = row && (await sellerOf(tx, shop, seller));
  return found ? { seller: found, until: row.until?.getTime() ?? null, window: row.window } : null;
}

/**
 * Keeps moves of orders that the shop knows, each once, and answers the orders of those that are new or have changed.
 * Moves of other orders are left out. `now` in ms UTC.
 */
export async function keepMoves(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  now: number,
  moves: readonly AmazonMove[],
): Promise<AmazonOrderId[]> {
  if (moves.length === 0) return [];
  const rows = moves.map(({ postedAt, ...move }) => ({ ...move, postedAt: new Date(postedAt) }));
  const kept = await tx.$queryRaw<{ id: string }[]>`
    insert into amazon_move as m
      (shop, transaction_id, seller_id, amazon_order_id, kind, posted_at, currency, amount, items, seen_at)
    select distinct on (x."transactionId") ${shop}, x."transactionId", ${seller}, x."amazonOrderId", x.kind, x."postedAt",
      x.currency, x.amount, x.items, ${new Date(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x("transactionId" text, "amazonOrderId" text, kind text, "postedAt" timestamptz, currency text, amount bigint, items jsonb)
    join amazon_order o on o.shop = ${shop} and o.amazon_order_id = x."amazonOrderId" and o.seller_id = ${seller}
    order by x."transactionId"
    on conflict (shop, transaction_id) do update
      set kind = excluded.kind, posted_at = excluded.posted_at, currency = excluded.currency, amount = excluded.amount,
        items = excluded.items
      where (m.kind, m.posted_at, m.currency, m.amount, m.items)
        is distinct from (excluded.kind, excluded.posted_at, excluded.currency, excluded.amount, excluded.items)
    returning m.amazon_order_id as id`;
  return [...new Set(kept.map(({ id }) => id))].sort().map(amazonOrderId);
}

/** Keeps what Amazon kept of orders that the shop knows, each posting once, and answers the orders of which something is new. */
export async function keepPostings(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  postings: readonly AmazonPosting[],
): Promise<string[]> {
  if (postings.length === 0) return [];
  const rows = postings.map(({ postedAt, ...one }) => ({ ...one, postedAt: new Date(postedAt) }));
  const kept = await tx.$queryRaw<{ id: string }[]>`
    insert into finance_posting as p
      (shop, transaction_id, seller_id, amazon_order_id, posted_at, currency, fees, withheld)
    select distinct on (x."transactionId") ${shop}, x."transactionId", ${seller}, x."amazonOrderId", x."postedAt",
      x.currency, x.fees, x.withheld
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x("transactionId" text, "amazonOrderId" text, "postedAt" timestamptz, currency text, fees bigint, withheld bigint)
    join amazon_order o on o.shop = ${shop} and o.amazon_order_id = x."amazonOrderId" and o.seller_id = ${seller}
    order by x."transactionId"
    on conflict (shop, transaction_id) do update
      set posted_at = excluded.posted_at, currency = excluded.currency, fees = excluded.fees, withheld = excluded.withheld
      where (p.posted_at, p.currency, p.fees, p.withheld)
        is distinct from (excluded.posted_at, excluded.currency, excluded.fees, excluded.withheld)
    returning p.amazon_order_id as id`;
  return [...new Set(kept.map(({ id }) => id))];
}

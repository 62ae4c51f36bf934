import { Prisma } from '@prisma/client';
import { feedKinds, type FeedKind } from '../domain/feed-kind.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** A command that may go since less than so long and has no proof yet gets one soon; after that something stands in its way. */
const provedWithinMs = 5 * 60_000;

/** Nobody said of either side that it changed the order since its command was proved: over `c` of command, `o` of amazon_order. */
export const isQuiet = Prisma.sql`(coalesce(o.amazon_changed_at <= c.proved_at, true) and coalesce(o.shopify_changed_at <= c.proved_at, true))`;

/** What waits for a batch of a kind. Times in ms UTC. */
export interface Waiting {
  /** How many are proved and have no news since, the oldest of these proofs, and since when the first of them may go. */
  readonly ready: number;
  readonly oldest: number | null;
  readonly ripeSince: number | null;
  /** How many have a proof that is too old, and how many will have one soon: the first, or another since there is news. */
  readonly stale: number;
  readonly soon: number;
  /** Orders of the stale ones that nobody looks at yet: another knock would only make the look under way too old. */
  readonly unasked: readonly AmazonOrderId[];
}

/** Commands that wait for a batch; those proved since `provedSince` (ms UTC) are ready. */
export async function waitingFor(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
  now: number,
  provedSince: number,
): Promise<Waiting> {
  const found = await tx.$queryRaw<
    { amazon_order_id: string; proved_at: Date | null; ripe_at: Date; asked: boolean; quiet: boolean }[]
  >`
    select c.amazon_order_id, c.proved_at, coalesce(c.not_before, c.planned_at) as ripe_at,
      coalesce(o.due_at <= ${new Date(now)}, false) or coalesce(o.lease_until >= clock_timestamp(), false) as asked,
      ${isQuiet} as quiet
    from command c join amazon_order o on o.shop = c.shop and o.amazon_order_id = c.amazon_order_id
    where c.shop = ${shop} and o.seller_id = ${seller} and c.kind = ${kind} and c.state = 'planned'
      and (c.proved_at is not null or c.not_before > ${new Date(now - provedWithinMs)})
      and (c.not_before is null or c.not_before <= ${new Date(now)})
    order by c.amazon_order_id`;
  const rows = found.flatMap(({ proved_at, ...row }) => (proved_at ? [{ ...row, proved_at }] : []));
  const fresh = rows.filter((row) => row.proved_at.getTime() >= provedSince);
  const ready = fresh.filter(({ quiet }) => quiet);
  return {
    ready: ready.length,
    oldest: ready.length === 0 ? null : Math.min(...ready.map((row) => row.proved_at.getTime())),
    ripeSince: ready.length === 0 ? null : Math.min(...ready.map((row) => row.ripe_at.getTime())),
    stale: rows.length - fresh.length,
    unasked: rows
      .filter((row) => !row.asked && !ready.includes(row))
      .map((row) => amazonOrderId(row.amazon_order_id)),
    soon: found.length - rows.length + fresh.length - ready.length,
  };
}

/** An account's orders of which something may go with a batch now, and was not proved right since `since` (both ms UTC). */
export async function ordersToProve(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  now: number,
  since: number,
): Promise<ReadonlySet<AmazonOrderId>> {
  const rows = await tx.$queryRaw<{ amazon_order_id: string }[]>`
    select distinct c.amazon_order_id
    from command c join amazon_order o on o.shop = c.shop and o.amazon_order_id = c.amazon_order_id
    where c.shop = ${shop} and c.state = 'planned' and c.kind = any(${[...feedKinds]}::text[])
      and o.seller_id = ${seller} and (c.not_before is null or c.not_before <= ${new Date(now)})
      and (c.proved_at is null or c.proved_at < ${new Date(since)})`;
  return new Set(rows.map((row) => amazonOrderId(row.amazon_order_id)));
}

/**
 * Lets proofs from `since` on count from `listedAt` (ms UTC), when Amazon listed all that had changed: of orders that it did
 * not name, and that nobody said changed since their proof.
 */
export async function renewProofs(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
  at: { readonly since: number; readonly listedAt: number },
): Promise<void> {
  const listedAt = new Date(at.listedAt);
  await tx.$executeRaw`
    with quiet as (
      select o.amazon_order_id from amazon_order o
      where o.shop = ${shop} and o.seller_id = ${seller}
        and coalesce(o.amazon_changed_at <= to_timestamp((o.remembered->>'readAt')::float8 / 1000.0), false)
        and exists (select from command c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and ${isQuiet}
          and c.kind = ${kind} and c.state = 'planned' and c.proved_at >= ${new Date(at.since)} and c.proved_at < ${listedAt})
      order by o.amazon_order_id for update)
    update command c set proved_at = ${listedAt}
    from quiet where c.shop = ${shop} and c.amazon_order_id = quiet.amazon_order_id and c.kind = ${kind}
      and c.state = 'planned' and c.proved_at >= ${new Date(at.since)} and c.proved_at < ${listedAt}`;
}

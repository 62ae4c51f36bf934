import { Prisma } from '@prisma/client';
import { feedKinds, type FeedKind } from '../domain/feed-kind.ts';
import type { Gathering } from '../domain/gather-batch.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/**
 * A command that may go since less than so long and has no proof yet gets one soon, and later one whose order stands in line;
 * else something stands in its way.
 */
const provedWithinMs = 10 * 60_000;

/**
 * Nobody said of either side that it changed the order since the looks that its command was proved by: over `c` of command and
 * `o` of amazon_order. Without news of Shopify any look will do.
 */
export const isQuiet = Prisma.sql`(coalesce(o.amazon_changed_at <= c.proved_at, true)
  and coalesce(o.shopify_changed_at <= c.seen_at, o.shopify_changed_at is null))`;

/** Amazon's list says that it is as it was: nobody said since Amazon's last word of it that Amazon changed it. */
const isAsRead = Prisma.sql`coalesce(o.amazon_changed_at <= to_timestamp((o.remembered->>'readAt')::float8 / 1000.0), false)`;

/** What waits for a batch of a kind. */
export interface Waiting extends Gathering {
  /**
   * Orders of these, and of the renewable ones, that nobody looks at yet, or is about to: another knock would only make the
   * look under way too old.
   */
  readonly unasked: readonly AmazonOrderId[];
  readonly unaskedRenewable: readonly AmazonOrderId[];
}

interface WaitingRow {
  readonly amazon_order_id: string;
  readonly proved_at: Date | null;
  readonly ripe_at: Date;
  readonly ripe: boolean;
  readonly asked: boolean;
  readonly quiet: boolean;
  readonly renews: boolean;
}

const unaskedOf = (rows: readonly WaitingRow[]): AmazonOrderId[] =>
  rows.filter(({ asked }) => !asked).map((row) => amazonOrderId(row.amazon_order_id));

/**
 * Commands that wait for a batch, or may go from `ripeBy` on. Those proved since `provedSince` are ready, and a list renews
 * those since `renewSince` (all ms UTC).
 */
export async function waitingFor(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
  at: {
    readonly now: number;
    readonly ripeBy: number;
    readonly provedSince: number;
    readonly renewSince: number;
  },
): Promise<Waiting> {
  const now = new Date(at.now);
  const found = await tx.$queryRaw<WaitingRow[]>`
    select c.amazon_order_id, c.proved_at, coalesce(c.not_before, c.planned_at) as ripe_at,
      coalesce(c.not_before <= ${now}, true) as ripe,
      coalesce(o.due_at <= ${now} or o.due_reason in ('slot', 'backoff'), false)
        or coalesce(o.lease_until >= clock_timestamp(), false) as asked,
      ${isQuiet} as quiet, ${isAsRead} as renews
    from command c join amazon_order o on o.shop = c.shop and o.amazon_order_id = c.amazon_order_id
    where c.shop = ${shop} and o.seller_id = ${seller} and c.kind = ${kind} and c.state = 'planned'
      and (c.proved_at is not null or c.not_before > ${new Date(at.now - provedWithinMs)} or o.due_reason in ('slot', 'backoff'))
      and (c.not_before is null or c.not_before <= ${new Date(at.ripeBy)})
    order by c.amazon_order_id`;
  const provedSince = (row: WaitingRow, since: number) =>
    row.ripe && row.proved_at !== null && row.proved_at.getTime() >= since;
  const ready = found.filter((row) => row.quiet && provedSince(row, at.provedSince));
  const renewable = found.filter(
    (row) => row.quiet && row.renews && !provedSince(row, at.provedSince) && provedSince(row, at.renewSince),
  );
  const good = new Set([...ready, ...renewable]);
  const rest = found.filter((row) => !good.has(row));
  const stale = rest.filter((row) => row.ripe && row.proved_at !== null && !provedSince(row, at.provedSince));
  const provedAt = (row: WaitingRow) => row.proved_at?.getTime() ?? at.now;
  const earliest = (times: readonly number[]) => (times.length === 0 ? null : Math.min(...times));
  return {
    ready: ready.length,
    oldest: earliest(ready.map(provedAt)),
    oldestRenewable: earliest(renewable.map(provedAt)),
    ripeSince: earliest([...good].map((row) => row.ripe_at.getTime())),
    renewable: renewable.length,
    stale: stale.length,
    soon: rest.length - stale.length,
    unasked: unaskedOf(rest.filter((row) => row.ripe && row.proved_at !== null)),
    unaskedRenewable: unaskedOf(renewable),
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
      select o.amazon_order_id, o.amazon_changed_at, o.shopify_changed_at from amazon_order o
      where o.shop = ${shop} and o.seller_id = ${seller}
        and ${isAsRead} and exists (select from command c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and ${isQuiet}
          and c.kind = ${kind} and c.state = 'planned' and c.proved_at >= ${new Date(at.since)} and c.proved_at < ${listedAt})
      order by o.amazon_order_id for update)
    update command c set proved_at = ${listedAt}
    from quiet o where c.shop = ${shop} and c.amazon_order_id = o.amazon_order_id and c.kind = ${kind} and ${isQuiet}
      and c.state = 'planned' and c.proved_at >= ${new Date(at.since)} and c.proved_at < ${listedAt}`;
}

import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** How long a lease holds without being renewed, in the database server's real time. */
const leaseSeconds = 15;

/**
 * Leases an account's batches to `token`, so that one step at a time is made on them. Nothing is due from then on but by news
 * of meanwhile; a lease that runs out is due by itself. False where another has them, or the account is not connected: they
 * are due at `now` (ms UTC), so that whatever called for this step is seen by the next one.
 */
export async function leaseFeeds(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  now: number,
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    update seller l set next_feed_at = null, feed_lease_token = ${token}::uuid,
      feed_lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from shop s
    where l.shop = ${shop} and l.seller_id = ${seller} and l.state = 'connected'
      and (l.feed_lease_until is null or l.feed_lease_until < clock_timestamp())
      and s.shop = l.shop and s.uninstalled_at is null`;
  if (taken === 1) return true;
  await tx.$executeRaw`
    update seller set next_feed_at = least(next_feed_at, ${new Date(now)}) where shop = ${shop} and seller_id = ${seller}`;
  return false;
}

/** Renews the lease that a token still has. */
export async function renewFeedLease(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
): Promise<void> {
  await tx.$executeRaw`
    update seller set feed_lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where shop = ${shop} and seller_id = ${seller} and feed_lease_token = ${token}::uuid`;
}

/**
 * Ends the lease, where the token still has it, and notes when the batches have to be looked at next (ms UTC; null: nothing is
 * to be looked for). What became due earlier meanwhile stays.
 */
export async function releaseFeeds(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  token: string,
  at: number | null,
): Promise<void> {
  const next = at === null ? null : new Date(at);
  await tx.$executeRaw`
    update seller set next_feed_at = least(next_feed_at, ${next}::timestamptz),
      feed_lease_until = case when feed_lease_token = ${token}::uuid then null else feed_lease_until end,
      feed_lease_token = nullif(feed_lease_token, ${token}::uuid)
    where shop = ${shop} and seller_id = ${seller}`;
}

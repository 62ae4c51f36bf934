import { Prisma } from '@prisma/client';
import { cancellationRates, type MarketplaceRate } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';
import { readCancels } from './cancels.ts';
import type { Tx } from './client.ts';

const dayMs = 24 * 3_600_000;
/** Seller Central's window, where the table knows none. */
const usualDays = 7;

/**
 * The cancellation rates of the shop's marketplaces at `now` (ms UTC), the nearest to its limit first: seller-fulfilled orders
 * made in each marketplace's window, and what is known of their cancels. A request counts as on file where Amazon's own
 * order showed it.
 */
export async function ratesOf(tx: Tx, shop: ShopDomain, now: number): Promise<MarketplaceRate[]> {
  const longest = Math.max(usualDays, ...marketplaces.map((one) => one.cancellationRateWindowDays ?? 0));
  const days = Object.fromEntries(
    marketplaces.flatMap(({ id, cancellationRateWindowDays: own }) => (own === null ? [] : [[id, own]])),
  );
  const since = new Date(now - longest * dayMs);
  const counts = await tx.$queryRaw<{ marketplace: string; n: number }[]>`
    select marketplace_id as marketplace, count(*)::int as n from amazon_order o
    where o.shop = ${shop} and o.marketplace_id is not null and o.state <> 'fba_view' and o.amazon_created_at <= ${new Date(now)}
      and o.amazon_created_at > ${new Date(now)}::timestamptz - make_interval(days => coalesce((${JSON.stringify(days)}::jsonb->>o.marketplace_id)::int, ${usualDays}))
    group by 1`;
  const cancels = await readCancels(tx, shop, Prisma.sql`o.amazon_created_at > ${since}`);
  return cancellationRates(new Map(counts.map(({ marketplace, n }) => [marketplace, n])), cancels, now);
}

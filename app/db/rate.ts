import { z } from 'zod';
import { cancellationRates, type KnownCancel, type MarketplaceRate } from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { marketplaces } from '../domain/marketplaces.ts';
import type { Tx } from './client.ts';

const dayMs = 24 * 3_600_000;
/** Seller Central's window, where the table knows none. */
const usualDays = 7;

interface CancelRow {
  readonly id: string;
  readonly marketplace: string;
  readonly created: Date;
  readonly updated: Date | null;
  readonly late: boolean;
  readonly by: string | null;
  readonly reason: string | null;
  readonly asked: boolean;
  readonly unknown: boolean;
}

const who = z.enum(['BUYER', 'MERCHANT', 'AMAZON', 'UNKNOWN']).catch('UNKNOWN');

function toCancel(row: CancelRow): KnownCancel {
  // What this app sent is known better than what the order says of it.
  const by = row.reason === null ? who.parse(row.by) : 'MERCHANT';
  return {
    amazonOrderId: row.id,
    marketplaceId: row.marketplace,
    createdAt: row.created.getTime(),
    cancelledAt: (row.updated ?? row.created).getTime(),
    by,
    reason: row.reason,
    requestOnFile: row.asked ? true : row.unknown ? null : false,
    automaticAfterShipBy: by !== 'MERCHANT' && by !== 'BUYER' && row.late,
  };
}

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
  const rows = await tx.$queryRaw<CancelRow[]>`
    select o.amazon_order_id as id, o.marketplace_id as marketplace, o.amazon_created_at as created, o.amazon_updated_at as updated,
      coalesce(o.ship_by < o.amazon_updated_at, false) as late, o.request = 'unknown' as unknown,
      jsonb_path_query_first(o.remembered, '$.order.lines[*].cancelled.by') #>> '{}' as by,
      (select c.args->>'reason' from command c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id
        and c.kind = 'cancel_amazon' and c.sent_at is not null order by c.sent_at desc limit 1) as reason,
      exists (select from request r where r.shop = o.shop and r.amazon_order_id = o.amazon_order_id and r.confirmed_at is not null) as asked
    from amazon_order o
    where o.shop = ${shop} and o.amazon_status = 'cancelled' and o.marketplace_id is not null and o.state <> 'fba_view'
      and o.amazon_created_at > ${since}`;
  return cancellationRates(
    new Map(counts.map(({ marketplace, n }) => [marketplace, n])),
    rows.map(toCancel),
    now,
  );
}

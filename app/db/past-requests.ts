import type { ShopDomain } from '../domain/ids.ts';
import { isKnownCurrency } from '../domain/money.ts';
import type { Past } from '../domain/preview-rules.ts';
import type { Tx } from './client.ts';

/** A request that Amazon's own order showed, with what became of it. */
export interface PastRequest extends Past {
  readonly order: string;
}

/** Ended as quickly as this it was never open (ms). */
const atOnceMs = 60_000;

/** Requests since a time (ms UTC), the newest first, at most 20,000; the buyers' words stay sealed. */
export async function pastRequests(tx: Tx, shop: ShopDomain, since: number): Promise<PastRequest[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      state: string;
      requested: Date;
      confirmed: Date;
      closed: Date | null;
      all: boolean;
      total: bigint | null;
      currency: string | null;
      skus: string[];
    }[]
  >`
    select r.amazon_order_id as id, r.state, r.requested_at as requested, r.confirmed_at as confirmed, r.closed_at as closed,
      jsonb_array_length(r.lines) >= r.line_count as all, o.amazon_total as total, o.currency, o.skus
    from request r join amazon_order o on o.shop = r.shop and o.amazon_order_id = r.amazon_order_id
    where r.shop = ${shop} and r.confirmed_at is not null and r.requested_at >= ${new Date(since)} and o.state <> 'fba_view'
    order by r.requested_at desc limit 20000`;
  return rows.map(({ id, state, requested, confirmed, closed, all, total, currency, skus }) => ({
    order: id,
    state,
    requestedAt: requested.getTime(),
    confirmedAt: confirmed.getTime(),
    lateFromStart:
      state === 'too_late' && closed !== null && closed.getTime() - requested.getTime() < atOnceMs,
    coversAll: all,
    total:
      total === null || currency === null || !isKnownCurrency(currency)
        ? null
        : { amount: Number(total), currency },
    skus,
  }));
}

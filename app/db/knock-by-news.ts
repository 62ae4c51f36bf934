import type { AmazonOrderId, SellerId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** What Amazon says changed; `at`: when, ms UTC, null where it does not say. */
export interface AmazonNews {
  readonly id: AmazonOrderId;
  readonly at: number | null;
}

/** A reading that began so long (ms) after a change shows it for certain: Amazon's clock is not ours, and parts of it lag. */
const shownAfterMs = 2 * 60_000;

/** Older news can wait so long (ms) for a page that brings them anyway, as after an outage. */
const pageComesMs = 5_000;

/**
 * Makes orders due because of news at `now` (ms UTC), or in a moment where they are old. Where a look at Amazon began after
 * it showed them for certain Amazon is not asked again; and without `always` the order is left alone. Locks rows in the
 * order of their ids.
 */
export async function knockByNews(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  news: readonly AmazonNews[],
  now: number,
  always: boolean,
): Promise<void> {
  const shown = new Map<AmazonOrderId, number>();
  for (const { id, at } of news) {
    const by = at === null ? now : Math.min(now, at + shownAfterMs);
    shown.set(id, Math.max(by, shown.get(id) ?? by));
  }
  const rows = [...shown].map(([id, by]) => ({
    id,
    by,
    due: by < now ? now + pageComesMs : now,
    reason: by < now ? 'slot' : null,
  }));
  await tx.$executeRaw`
    insert into amazon_order as o (shop, amazon_order_id, seller_id, due_at, due_reason, knocks, amazon_news_at,
      amazon_changed_at)
    select ${shop}, x.id, ${seller}, to_timestamp(x.due / 1000.0), x.reason, 1, to_timestamp(x.by / 1000.0),
      to_timestamp(x.by / 1000.0)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, by float8, due float8, reason text)
    order by x.id
    on conflict (shop, amazon_order_id) do update set
      knocks = o.knocks + 1, due_at = least(o.due_at, excluded.due_at), due_reason = excluded.due_reason,
      amazon_knocks = o.amazon_knocks + case when o.looked_at > excluded.amazon_news_at then 0 else 1 end,
      amazon_news_at = greatest(o.amazon_news_at, excluded.amazon_news_at),
      amazon_changed_at = greatest(o.amazon_changed_at, excluded.amazon_changed_at)
    where ${always} or o.looked_at is null or o.looked_at <= excluded.amazon_news_at`;
}

import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import type { OrderLedger } from '../domain/ledger.ts';
import type { Tx } from './client.ts';

/** A ledger as it is written down. */
export interface MadeLedger {
  readonly id: string;
  readonly sellerId: SellerId;
  readonly marketplaceId: string | null;
  readonly entries: readonly (LedgerEntry & { readonly day: string })[];
  readonly matched: OrderLedger['matched'];
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms));

/**
 * Writes ledgers in place of those there were. `ids`: all orders that were asked for; those of them that have no ledger lose
 * theirs. Rows of settlements are told what they belong to.
 */
export async function keepLedgers(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly string[],
  ledgers: readonly MadeLedger[],
): Promise<void> {
  const rows = ledgers.flatMap(({ id, sellerId, marketplaceId, entries }) =>
    entries.map((entry) => ({
      ...entry,
      id,
      sellerId,
      marketplaceId: marketplaceId ?? '',
      class: entry.class ?? '',
      at: time(entry.at),
      waitsUntil: time(entry.waitsUntil),
    })),
  );
  await tx.$executeRaw`
    with x as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, "sellerId" text, "marketplaceId" text,
        key text, kind text, at timestamptz, day text, currency text, amazon bigint, shopify bigint, settlement bigint,
        state text, class text, "waitsUntil" timestamptz)),
    gone as (
      delete from ledger_entry e where e.shop = ${shop} and e.amazon_order_id = any(${[...ids]}::text[])
        and not exists (select from x where x.id = e.amazon_order_id and x.key = e.key))
    insert into ledger_entry as e (shop, amazon_order_id, key, seller_id, kind, at, day, marketplace_id, currency, amazon,
      shopify, settlement, state, class, waits_until)
    select ${shop}, x.id, x.key, x."sellerId", x.kind, x.at, x.day, x."marketplaceId", x.currency, x.amazon, x.shopify,
      x.settlement, x.state, x.class, x."waitsUntil" from x
    on conflict (shop, amazon_order_id, key) do update set kind = excluded.kind, at = excluded.at, day = excluded.day,
      marketplace_id = excluded.marketplace_id, currency = excluded.currency, amazon = excluded.amazon,
      shopify = excluded.shopify, settlement = excluded.settlement, state = excluded.state, class = excluded.class,
      waits_until = excluded.waits_until
    where (e.at, e.day, e.currency, e.amazon, e.shopify, e.settlement, e.state, e.class, e.waits_until)
      is distinct from (excluded.at, excluded.day, excluded.currency, excluded.amazon, excluded.shopify,
        excluded.settlement, excluded.state, excluded.class, excluded.waits_until)`;
  const matched = ledgers.flatMap((one) => one.matched);
  if (matched.length > 0)
    await tx.$executeRaw`
      update settlement_row r set matched_to = x."to"
      from jsonb_to_recordset(${JSON.stringify(matched)}::jsonb) as x("settlementId" text, line int, "to" text)
      where r.shop = ${shop} and r.settlement_id = x."settlementId" and r.line = x.line and r.matched_to <> x."to"`;
  const made = new Set(ledgers.map(({ id }) => id));
  const others = ids.filter((id) => !made.has(id));
  // An order that is known, and whose money is not compared, explains its rows all the same.
  if (others.length > 0)
    await tx.$executeRaw`
      update settlement_row r set matched_to = 'order' from amazon_order o
      where r.shop = ${shop} and r.amazon_order_id = any(${others}::text[]) and r.matched_to = ''
        and o.shop = r.shop and o.amazon_order_id = r.amazon_order_id`;
}

import { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { ShopDomain } from '../domain/ids.ts';
import { ledgerStates, type LedgerState } from '../domain/ledger-entry.ts';
import type { Tx } from './client.ts';
import { entriesWithReach, ledgerWhere, seenState, type LedgerFilter } from './ledger-filter.ts';

/** One thing counted or added up on both sides. */
interface Sides<T> {
  readonly amazon: T;
  readonly shopify: T;
}

/**
 * A day of a marketplace in one currency, both sides beside each other, in minor units. Voids are in neither side's sales and
 * refunds, unless they are wanted there: then on both sides in both.
 */
export interface DayTotal {
  readonly day: string;
  readonly marketplaceId: string;
  readonly currency: string;
  readonly orders: Sides<number>;
  readonly sales: Sides<bigint>;
  /** Above zero. */
  readonly refunds: Sides<bigint>;
  /** What entries that are different are apart, all added up. */
  readonly apart: bigint;
  readonly voids: number;
  /** The worst state of its entries. */
  readonly state: LedgerState;
  /** How many entries are in each state. */
  readonly entries: Readonly<Record<LedgerState, number>>;
}

/** Where the next page of days starts. */
export type DayPlace = Pick<DayTotal, 'day' | 'marketplaceId' | 'currency'>;

interface Found {
  readonly day: string;
  readonly marketplace: string;
  readonly currency: string;
  readonly ordersA: number;
  readonly ordersS: number;
  readonly salesA: string;
  readonly salesS: string;
  readonly refundsA: string;
  readonly refundsS: string;
  readonly apart: string;
  readonly voids: number;
  readonly different: number;
  readonly not_known: number;
  readonly waiting: number;
  readonly in_step: number;
}

function toTotal(row: Found): DayTotal {
  const { different, not_known, waiting, in_step } = row;
  const entries = { different, not_known, waiting, in_step };
  return {
    day: row.day,
    marketplaceId: row.marketplace,
    currency: row.currency,
    orders: { amazon: row.ordersA, shopify: row.ordersS },
    sales: { amazon: BigInt(row.salesA), shopify: BigInt(row.salesS) },
    refunds: { amazon: BigInt(row.refundsA), shopify: BigInt(row.refundsS) },
    apart: BigInt(row.apart),
    voids: row.voids,
    state: ledgerStates.find((state) => entries[state] > 0) ?? 'in_step',
    entries,
  };
}

/** What a sum takes of the entries; a void stands for as much sold as given back. */
function sums(voids: boolean): { readonly sold: Prisma.Sql; readonly back: Prisma.Sql } {
  return voids
    ? { sold: Prisma.sql`x.kind in ('sale', 'void')`, back: Prisma.sql`x.kind in ('refund', 'void')` }
    : { sold: Prisma.sql`x.kind = 'sale'`, back: Prisma.sql`x.kind = 'refund'` };
}

/**
 * The totals of days, the newest first, by marketplace and currency; one page and where the next starts. `voids`: whether
 * what was never charged is in the sums.
 */
export async function dayTotals(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter & { readonly voids: boolean },
  { limit, after }: { readonly limit: number; readonly after?: DayPlace | undefined },
): Promise<{ readonly rows: DayTotal[]; readonly next: DayPlace | null }> {
  const { sold, back } = sums(filter.voids);
  const behind = after
    ? Prisma.sql`and (e.day < ${after.day} or (e.day = ${after.day}
        and (e.marketplace_id, e.currency) > (${after.marketplaceId}, ${after.currency})))`
    : Prisma.empty;
  const found = await tx.$queryRaw<Found[]>`
    select x.day, x.marketplace_id as marketplace, x.currency,
      count(distinct x.amazon_order_id) filter (where x.kind = 'void' or (x.kind = 'sale' and x.amazon is not null))::int as "ordersA",
      count(distinct x.amazon_order_id) filter (where x.kind = 'void' or (x.kind = 'sale' and x.shopify is not null))::int as "ordersS",
      coalesce(sum(abs(x.amazon)) filter (where ${sold}), 0)::text as "salesA",
      coalesce(sum(abs(x.shopify)) filter (where ${sold}), 0)::text as "salesS",
      coalesce(-sum(coalesce(x.amazon, case when x.seen = 'in_step' then x.settlement end, case when x.seen = 'in_step' then x.shopify end)) filter (where ${back}), 0)::text as "refundsA",
      coalesce(-sum(x.shopify) filter (where ${back}), 0)::text as "refundsS",
      coalesce(sum(abs(coalesce(x.amazon, x.settlement, 0) - coalesce(x.shopify, 0))) filter (where x.seen = 'different' and x.kind in ('sale', 'void', 'refund')), 0)::text as apart,
      count(*) filter (where x.kind = 'void')::int as voids,
      count(*) filter (where x.seen = 'different')::int as different,
      count(*) filter (where x.seen = 'not_known')::int as not_known,
      count(*) filter (where x.seen = 'waiting')::int as waiting,
      count(*) filter (where x.seen = 'in_step')::int as in_step
    from (select e.*, ${seenState} as seen from ${entriesWithReach(shop, filter.now)}
      where ${ledgerWhere(shop, filter)} ${behind}) x
    group by 1, 2, 3 order by 1 desc, 2, 3 limit ${limit + 1}`;
  const rows = found.slice(0, limit).map(toTotal);
  const last = rows.at(-1);
  const next =
    found.length > limit && last
      ? { day: last.day, marketplaceId: last.marketplaceId, currency: last.currency }
      : null;
  return { rows, next };
}

/** How the orders of a filter stand, each by its worst entry; and what of them was never charged, by currency. */
export interface LedgerCounts {
  readonly orders: Readonly<Record<LedgerState, number>>;
  readonly voids: readonly { readonly currency: string; readonly orders: number; readonly amount: bigint }[];
}

const counted = z.array(z.object({ state: z.enum(ledgerStates), n: z.number() }));

/** Counts the orders of a filter by their state. */
export async function countLedger(tx: Tx, shop: ShopDomain, filter: LedgerFilter): Promise<LedgerCounts> {
  const where = ledgerWhere(shop, filter);
  const from = entriesWithReach(shop, filter.now);
  const rows = await tx.$queryRaw`
    select (array['different', 'not_known', 'waiting', 'in_step'])[x.worst] as state, count(*)::int as n from (
      select min(array_position(array['different', 'not_known', 'waiting', 'in_step'], ${seenState})) as worst
      from ${from} where ${where} group by e.amazon_order_id) x
    group by 1`;
  const voids = await tx.$queryRaw<{ currency: string; orders: number; amount: string }[]>`
    select e.currency, count(*)::int as orders, coalesce(-sum(coalesce(e.amazon, e.shopify)), 0)::text as amount
    from ${from} where ${where} and e.kind = 'void' group by 1 order by 1`;
  const by = new Map(counted.parse(rows).map(({ state, n }) => [state, n]));
  const of = (state: LedgerState) => by.get(state) ?? 0;
  return {
    orders: {
      different: of('different'),
      not_known: of('not_known'),
      waiting: of('waiting'),
      in_step: of('in_step'),
    },
    voids: voids.map(({ amount, ...one }) => ({ ...one, amount: BigInt(amount) })),
  };
}

/** What a filter can be set to, from what there is, and up to when Amazon's finances were read (ms UTC; null: never). */
export async function ledgerChoices(
  tx: Tx,
  shop: ShopDomain,
): Promise<{
  readonly marketplaces: string[];
  readonly currencies: string[];
  readonly financesUntil: number | null;
}> {
  const rows = await tx.$queryRaw<{ marketplace: string; currency: string }[]>`
    select distinct e.marketplace_id as marketplace, e.currency from ledger_entry e where e.shop = ${shop}`;
  const [reach] = await tx.$queryRaw<{ until: Date | null }[]>`
    select min(coalesce(s.finances_until, 'epoch'::timestamptz)) as until from seller s
    where s.shop = ${shop} and s.state = 'connected'`;
  const until = reach?.until?.getTime() ?? null;
  return {
    marketplaces: [...new Set(rows.map(({ marketplace }) => marketplace))].filter((id) => id !== '').sort(),
    currencies: [...new Set(rows.map(({ currency }) => currency))].sort(),
    financesUntil: until === 0 ? null : until,
  };
}

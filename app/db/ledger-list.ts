import { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { ShopDomain } from '../domain/ids.ts';
import {
  ledgerClasses,
  ledgerKinds,
  ledgerStates,
  type LedgerClass,
  type LedgerKind,
  type LedgerState,
} from '../domain/ledger-entry.ts';
import type { Tx } from './client.ts';
import { entriesWithReach, ledgerWhere, seenClass, seenState, type LedgerFilter } from './ledger-filter.ts';

/** An entry of the ledger as lists show it. Times in ms UTC, amounts in minor units of `currency`; null: that side says nothing. */
export interface LedgerRow {
  readonly amazonOrderId: string;
  readonly key: string;
  readonly kind: LedgerKind;
  readonly at: number;
  /** The marketplace's day. */
  readonly day: string;
  readonly marketplaceId: string;
  readonly currency: string;
  readonly amazon: number | null;
  readonly shopify: number | null;
  readonly settlement: number | null;
  readonly state: LedgerState;
  readonly class: LedgerClass | null;
  /** Of one that waits: until when at most, as far as it is known. */
  readonly waitsUntil: number | null;
}

/** Where the next page starts: the last row's time, order and key. */
export interface LedgerPlace {
  readonly at: number;
  readonly id: string;
  readonly key: string;
}

interface Found {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly at: Date;
  readonly day: string;
  readonly marketplace: string;
  readonly currency: string;
  readonly amazon: bigint | null;
  readonly shopify: bigint | null;
  readonly settlement: bigint | null;
  readonly state: string;
  readonly class: string;
  readonly waits: Date | null;
}

const kinds = z.enum(ledgerKinds);
const states = z.enum(ledgerStates);
const classes = z.enum(ledgerClasses).nullable().catch(null);
const units = (value: bigint | null): number | null => (value === null ? null : Number(value));

function toRow(row: Found): LedgerRow {
  const state = states.parse(row.state);
  return {
    amazonOrderId: row.id,
    key: row.key,
    kind: kinds.parse(row.kind),
    at: row.at.getTime(),
    day: row.day,
    marketplaceId: row.marketplace,
    currency: row.currency,
    amazon: units(row.amazon),
    shopify: units(row.shopify),
    settlement: units(row.settlement),
    state,
    class: classes.parse(row.class),
    waitsUntil: state === 'waiting' ? (row.waits?.getTime() ?? null) : null,
  };
}

/** One page of the ledger, the newest first, and where the next page starts. */
export async function listLedger(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter,
  { limit, after }: { readonly limit: number; readonly after?: LedgerPlace | undefined },
): Promise<{ readonly rows: LedgerRow[]; readonly next: LedgerPlace | null }> {
  const behind = after
    ? Prisma.sql`and (e.at, e.amazon_order_id, e.key) < (${new Date(after.at)}::timestamptz, ${after.id}, ${after.key})`
    : Prisma.empty;
  const found = await tx.$queryRaw<Found[]>`
    select e.amazon_order_id as id, e.key, e.kind, e.at, e.day, e.marketplace_id as marketplace, e.currency, e.amazon,
      e.shopify, e.settlement, ${seenState} as state, ${seenClass} as class, e.waits_until as waits
    from ${entriesWithReach(shop, filter.now)} where ${ledgerWhere(shop, filter)} ${behind}
    order by e.at desc, e.amazon_order_id desc, e.key desc limit ${limit + 1}`;
  const rows = found.slice(0, limit).map(toRow);
  const last = rows.at(-1);
  const next = found.length > limit && last ? { at: last.at, id: last.amazonOrderId, key: last.key } : null;
  return { rows, next };
}

/** All entries of one order, in the order of time. */
export async function ledgerOfOrder(tx: Tx, shop: ShopDomain, id: string, now: number): Promise<LedgerRow[]> {
  const found = await tx.$queryRaw<Found[]>`
    select e.amazon_order_id as id, e.key, e.kind, e.at, e.day, e.marketplace_id as marketplace, e.currency, e.amazon,
      e.shopify, e.settlement, ${seenState} as state, ${seenClass} as class, e.waits_until as waits
    from ${entriesWithReach(shop, now)} where e.shop = ${shop} and e.amazon_order_id = ${id}
    order by array_position(array['sale','void','refund','fee','tax'], e.kind), e.at, e.key`;
  return found.map(toRow);
}

/** The columns of a ledger added up, by currency; bigint, for there may be very many. */
export interface LedgerSum {
  readonly currency: string;
  readonly entries: number;
  readonly amazon: bigint;
  readonly shopify: bigint;
  readonly settlement: bigint;
}

/**
 * What all entries of a filter add up to, by currency; amounts of different currencies are never added. A void takes nothing
 * off: what was never charged is in no sale either. What a settlement paid for it all the same was paid, and counts there.
 */
export async function sumLedger(tx: Tx, shop: ShopDomain, filter: LedgerFilter): Promise<LedgerSum[]> {
  const rows = await tx.$queryRaw<
    { currency: string; entries: number; amazon: string; shopify: string; settlement: string }[]
  >`
    select e.currency, count(*)::int as entries,
      coalesce(sum(e.amazon) filter (where e.kind <> 'void'), 0)::text as amazon,
      coalesce(sum(e.shopify) filter (where e.kind <> 'void'), 0)::text as shopify,
      coalesce(sum(e.settlement), 0)::text as settlement
    from ${entriesWithReach(shop, filter.now)} where ${ledgerWhere(shop, filter)}
    group by e.currency order by e.currency`;
  return rows.map(({ currency, entries, ...sums }) => ({
    currency,
    entries,
    amazon: BigInt(sums.amazon),
    shopify: BigInt(sums.shopify),
    settlement: BigInt(sums.settlement),
  }));
}

import { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { LedgerState } from '../domain/ledger-entry.ts';
import type { ZoneDays } from '../domain/report-filter.ts';
import { isOfZone } from './report-orders.ts';

/** Which entries of the ledger are meant. Days are the marketplace's own, both ends included. */
export interface LedgerFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Of which marketplaces, each with days of its own. */
  readonly zones?: readonly Pick<ZoneDays, 'marketplaceIds' | 'firstDay' | 'lastDay'>[] | undefined;
  readonly currency?: string | undefined;
  readonly state?: LedgerState | undefined;
  /** The beginning of an Amazon order id, or a whole settlement id. */
  readonly search?: string | undefined;
  /** What Amazon's finances do not show yet is measured with it, ms UTC. */
  readonly now: number;
}

/** The entries with how far Amazon's finances of their account reach, as `e` and `u`. */
export const entriesWithReach = (shop: ShopDomain, now: number) => Prisma.sql`ledger_entry e
  left join lateral (select least(${new Date(now)}::timestamptz, coalesce(s.finances_until, 'epoch'::timestamptz)) as until
    from seller s where s.shop = ${shop} and s.seller_id = e.seller_id) u on true`;

/** Of `e` and `u`: a difference that may still be Amazon's lateness is waiting. An account that is gone is waited for no more. */
const waits = Prisma.sql`(e.state = 'different' and coalesce(e.waits_until > coalesce(u.until, 'infinity'::timestamptz), false))`;
export const seenState = Prisma.sql`case when ${waits} then 'waiting' else e.state end`;
export const seenClass = Prisma.sql`case when ${waits} then 'waiting' else e.class end`;

function ofState(state: LedgerState): Prisma.Sql {
  if (state === 'waiting') return waits;
  // The first half is what an index knows.
  return state === 'different'
    ? Prisma.sql`e.state = 'different' and not ${waits}`
    : Prisma.sql`e.state = ${state}`;
}

/** Entries in the days of each zone; the first part is the widest of them, for the index. */
function inZones(zones: NonNullable<LedgerFilter['zones']>): Prisma.Sql {
  const each = zones.map(
    ({ marketplaceIds, firstDay, lastDay }) =>
      Prisma.sql`(${isOfZone(Prisma.sql`e.marketplace_id`, marketplaceIds)} and e.day >= ${firstDay} and e.day <= ${lastDay})`,
  );
  const days = zones.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
  return Prisma.sql`e.day >= ${days[0]} and e.day <= ${days.at(-1)} and (${Prisma.join(each, ' or ')})`;
}

/** The condition of a filter on `e` and `u`. */
export function ledgerWhere(shop: ShopDomain, filter: LedgerFilter): Prisma.Sql {
  const { from, to, zones, currency, state, search } = filter;
  const parts = [Prisma.sql`e.shop = ${shop}`];
  if (from !== undefined) parts.push(Prisma.sql`e.day >= ${from}`);
  if (to !== undefined) parts.push(Prisma.sql`e.day <= ${to}`);
  if (zones !== undefined) parts.push(inZones(zones));
  if (currency !== undefined) parts.push(Prisma.sql`e.currency = ${currency}`);
  if (state !== undefined) parts.push(ofState(state));
  if (search !== undefined)
    parts.push(Prisma.sql`((e.amazon_order_id >= ${search} and e.amazon_order_id < ${`${search}\u{10FFFF}`})
      or exists (select from settlement_row r where r.shop = ${shop} and r.settlement_id = ${search}
        and r.amazon_order_id = e.amazon_order_id))`);
  return Prisma.join(parts, ' and ');
}

import type { Tx } from '../db/client.ts';
import type { LedgerFilter } from '../db/ledger-filter.ts';
import { listLedger, sumLedger, type LedgerPlace, type LedgerRow } from '../db/ledger-list.ts';
import { countLedger, dayTotals, ledgerChoices, type DayPlace, type DayTotal } from '../db/ledger-totals.ts';
import type { ListPlace } from '../db/order-list.ts';
import { openProblemsOfOrders, type OpenProblem } from '../db/problems.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { fixOf, isAbout, ledgerStates, type LedgerState } from '../domain/ledger-entry.ts';
import { sumToDecimal } from '../domain/money.ts';
import { reportZones, type ReportFilter } from '../domain/report-filter.ts';
import type { Services } from './services.ts';

const perPage = 50;
const perFilePage = 1_000;

/** What a ledger page is narrowed to beside marketplace and days. */
export interface LedgerWish {
  readonly state: LedgerState | null;
  readonly currency: string | null;
  readonly search: string | null;
  readonly voids: boolean;
}

/** Reads an address (`state`, `currency`, `q`, `voids`); what is none of these is left out. */
export function readLedgerWish(given: URLSearchParams): LedgerWish {
  const currency = given.get('currency') ?? '';
  const search = (given.get('q') ?? '').trim().slice(0, 60);
  return {
    state: ledgerStates.find((state) => state === given.get('state')) ?? null,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
    search: search === '' ? null : search,
    voids: given.get('voids') === 'yes',
  };
}

/** The filter of a report's page. Of all marketplaces together the days are each one's own: it is tomorrow somewhere. `now` in ms UTC. */
export function ledgerFilter(frame: ReportFilter, wish: LedgerWish, now: number): LedgerFilter {
  return {
    now,
    zones: reportZones(frame, now),
    currency: wish.currency ?? undefined,
    state: wish.state ?? undefined,
    search: wish.search ?? undefined,
  };
}

/** A day's totals with sums as decimal texts. */
export interface DayView extends Omit<DayTotal, 'sales' | 'refunds' | 'apart'> {
  readonly sales: { readonly amazon: string; readonly shopify: string };
  readonly refunds: { readonly amazon: string; readonly shopify: string };
  readonly apart: string;
}

function dayView(day: DayTotal): DayView {
  const text = (amount: bigint) => sumToDecimal(amount, day.currency);
  const both = (sides: DayTotal['sales']) => ({ amazon: text(sides.amazon), shopify: text(sides.shopify) });
  return { ...day, sales: both(day.sales), refunds: both(day.refunds), apart: text(day.apart) };
}

const dayPlace = ({ day, marketplaceId, currency }: DayPlace): ListPlace => ({
  at: Number(day.replaceAll('-', '')),
  id: `${marketplaceId}/${currency}`,
});

function toDayPlace(place: ListPlace | undefined): DayPlace | undefined {
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(String(place?.at ?? ''));
  const [marketplaceId, currency] = place?.id.split('/') ?? [];
  if (!digits || marketplaceId === undefined || currency === undefined) return undefined;
  return { day: digits.slice(1).join('-'), marketplaceId, currency };
}

/** An entry with what mends it: an open problem that has a choice for it, or another look at its order. */
export interface LedgerView extends LedgerRow {
  readonly problem: OpenProblem | null;
  readonly look: boolean;
}

/** Entries with what mends each. */
export async function withFixes(tx: Tx, shop: ShopDomain, rows: readonly LedgerRow[]): Promise<LedgerView[]> {
  const fixes = rows.map((row) =>
    row.state === 'waiting' ? null : fixOf({ kind: row.kind, state: row.state, class: row.class }),
  );
  const wanted = rows.filter((_, i) => Object.keys(fixes[i]?.problems ?? {}).length > 0);
  const open = await openProblemsOfOrders(tx, shop, [...new Set(wanted.map((row) => row.amazonOrderId))]);
  return rows.map((row, i) => {
    const { problems, look } = fixes[i] ?? { problems: {}, look: false };
    const problem = open.find(
      ({ amazonOrderId, kind, subject }) =>
        amazonOrderId === row.amazonOrderId && kind in problems && isAbout(row, subject),
    );
    return { ...row, problem: problem ?? null, look };
  });
}

const entryPlace = ({ at, id, key }: LedgerPlace): ListPlace => ({ at, id: `${id}/${key}` });

function toEntryPlace(place: ListPlace | undefined): LedgerPlace | undefined {
  const [, id, key] = /^([^/]+)\/(.+)$/.exec(place?.id ?? '') ?? [];
  return place?.at == null || id === undefined || key === undefined ? undefined : { at: place.at, id, key };
}

/** The page of the ledger: its entries, what all of them add up to, and how many orders are in each state. */
export async function ledgerPage(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter,
  after: ListPlace | undefined,
) {
  const { rows, next } = await listLedger(tx, shop, filter, { limit: perPage, after: toEntryPlace(after) });
  const sums = await sumLedger(tx, shop, filter);
  const { orders } = await countLedger(tx, shop, { ...filter, state: undefined });
  return {
    rows: await withFixes(tx, shop, rows),
    next: next && entryPlace(next),
    orders,
    sums: sums.map(({ currency, entries, ...sum }) => ({
      currency,
      entries,
      amazon: sumToDecimal(sum.amazon, currency),
      shopify: sumToDecimal(sum.shopify, currency),
      settlement: sumToDecimal(sum.settlement, currency),
    })),
    choices: await ledgerChoices(tx, shop),
  };
}

const mostDifferences = 25;

/** The page of the totals: the four counts, the days, and the newest differences with what mends them (REP-3). */
export async function consistencyPage(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter,
  { voids, after }: { readonly voids: boolean; readonly after: ListPlace | undefined },
) {
  const whole = { ...filter, state: undefined };
  const list = { limit: perPage, after: toDayPlace(after) };
  const { rows, next } = await dayTotals(tx, shop, { ...filter, voids }, list);
  const counts = await countLedger(tx, shop, whole);
  const different = await listLedger(tx, shop, { ...filter, state: 'different' }, { limit: mostDifferences });
  return {
    days: rows.map(dayView),
    next: next && dayPlace(next),
    orders: counts.orders,
    voids: counts.voids.map(({ currency, orders, amount }) => ({
      ...{ currency, orders },
      amount: sumToDecimal(amount, currency),
    })),
    differences: await withFixes(tx, shop, different.rows),
    more: different.next !== null,
    choices: await ledgerChoices(tx, shop),
  };
}

/** All entries of a filter, page by page. */
export async function* everyEntry(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  filter: LedgerFilter,
): AsyncGenerator<readonly LedgerRow[]> {
  let after: LedgerPlace | null | undefined;
  do {
    const place = after ?? undefined;
    const page = await db.forShop(shop, (tx) =>
      listLedger(tx, shop, filter, { limit: perFilePage, after: place }),
    );
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  } while (after);
}

/** All days of a filter, page by page. */
export async function* everyDay(
  { db }: Pick<Services, 'db'>,
  shop: ShopDomain,
  filter: LedgerFilter & { readonly voids: boolean },
): AsyncGenerator<readonly DayView[]> {
  let after: DayPlace | null | undefined;
  do {
    const place = after ?? undefined;
    const page = await db.forShop(shop, (tx) =>
      dayTotals(tx, shop, filter, { limit: perFilePage, after: place }),
    );
    if (page.rows.length > 0) yield page.rows.map(dayView);
    after = page.next;
  } while (after);
}

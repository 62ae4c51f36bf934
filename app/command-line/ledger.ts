import { ledgerOfOrder, type LedgerRow } from '../db/ledger-list.ts';
import { fixOf, ledgerStates, worstState } from '../domain/ledger-entry.ts';
import { toDecimal } from '../domain/money.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { consistencyPage, ledgerFilter, ledgerPage, readLedgerWish } from '../sync/ledger-view.ts';
import { settlementPage, settlementsPage } from '../sync/settlement-view.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

const when = (ms: number | null): string => (ms === null ? '-' : new Date(ms).toISOString().slice(0, 10));

function filterOf({ from, to, days, marketplace, state, currency }: Options) {
  const given = new URLSearchParams();
  const wanted = { from, to, days, market: marketplace, state, currency };
  for (const [name, value] of Object.entries(wanted)) if (value !== undefined) given.set(name, value);
  if (state !== undefined && !ledgerStates.some((one) => one === state))
    throw new UsageError(`${state} is no state; it is one of ${ledgerStates.join(', ')}.`);
  return ledgerFilter(readReportFilter(given), readLedgerWish(given), now());
}

function entryLine(row: LedgerRow): string {
  const money = (amount: number | null) =>
    (amount === null ? '-' : toDecimal({ amount, currency: row.currency })).padStart(11);
  const why = row.class === null ? '' : ` ${row.class}`;
  const until = row.waitsUntil === null ? '' : `, until ${new Date(row.waitsUntil).toISOString()}`;
  return `${row.day}  ${row.amazonOrderId}  ${row.kind.padEnd(6)} ${money(row.amazon)} ${money(row.shopify)} ${money(row.settlement)} ${row.currency}  ${row.state}${why}${until}`;
}

const head = `day         order                kind        Amazon     Shopify  settlement`;

/** The ledger of one order, or the newest entries of all (`--state different`): Amazon, Shopify, settlement (REP-1). */
export async function ledger(
  { services, shop }: Session,
  [order]: readonly string[],
  options: Options,
): Promise<Said> {
  if (order !== undefined) {
    const rows = await services.db.forShop(shop, (tx) => ledgerOfOrder(tx, shop, order, now()));
    const state = worstState(rows.map((row) => row.state));
    const entries = rows.map((row) => ({
      ...row,
      fix: fixOf({
        kind: row.kind,
        state: row.state === 'waiting' ? 'in_step' : row.state,
        class: row.class,
      }),
    }));
    if (rows.length === 0)
      return { ok: false, data: { order, entries }, lines: [`The ledger has nothing of ${order}.`] };
    return { ok: true, data: { order, state, entries }, lines: [head, ...rows.map(entryLine), state] };
  }
  const page = await services.db.forShop(shop, (tx) => ledgerPage(tx, shop, filterOf(options), undefined));
  const counts = ledgerStates.map((state) => `${String(page.orders[state])} ${state}`).join(', ');
  const sums = page.sums.map(
    (sum) =>
      `${sum.currency}: Amazon ${sum.amazon}, Shopify ${sum.shopify}, settlement ${sum.settlement} (voids not added)`,
  );
  return {
    ok: true,
    data: { orders: page.orders, sums: page.sums, entries: page.rows, more: page.next !== null },
    lines: [
      `Orders: ${counts}`,
      head,
      ...page.rows.map(entryLine),
      ...(page.next ? ['And more.'] : []),
      ...sums,
    ],
  };
}

/** The totals of days, both sides beside each other (REP-3). */
export async function totals(
  { services, shop }: Session,
  _words: readonly string[],
  options: Options,
): Promise<Said> {
  const voids = options.voids ?? false;
  const list = { voids, after: undefined };
  const page = await services.db.forShop(shop, (tx) => consistencyPage(tx, shop, filterOf(options), list));
  const days = page.days.map(
    ({ day, marketplaceId, currency, orders, sales, refunds, apart, state }) =>
      `${day}  ${marketplaceId}  ${currency}  orders ${orders.amazon} / ${orders.shopify}  sales ${sales.amazon} / ${sales.shopify}  refunds ${refunds.amazon} / ${refunds.shopify}  apart ${apart}  ${state}`,
  );
  return {
    ok: true,
    data: {
      orders: page.orders,
      voids: page.voids,
      days: page.days,
      differences: page.differences,
      more: page.next !== null,
    },
    lines: [...days, ...(page.next ? ['And more.'] : []), ...page.differences.map(entryLine)],
  };
}

/** The settlements with their proofs, or one with the rows that nothing matches. */
export async function settlements({ services, shop }: Session, [id]: readonly string[]): Promise<Said> {
  if (id === undefined) {
    const page = await services.db.forShop(shop, (tx) => settlementsPage(tx, shop, undefined));
    const lines = page.settlements.map(
      (one) =>
        `${one.settlementId}  ${when(one.startsAt)} to ${when(one.endsAt)}  ${one.total ?? '-'} ${one.currency}  ${String(one.rows)} rows, ${String(one.unmatched)} not matched  ${one.proof}${one.proof === 'apart' ? ` by ${one.apart}` : ''}`,
    );
    return { ok: true, data: page.settlements, lines: lines.length > 0 ? lines : ['No settlement yet.'] };
  }
  const list = { unmatched: true, after: undefined };
  const page = await services.db.forShop(shop, (tx) => settlementPage(tx, shop, id, list));
  if (!page) return { ok: false, data: { id }, lines: [`There is no settlement ${id} here.`] };
  const { settlement, lines } = page;
  const rows = lines.map(
    (row) =>
      `${String(row.line).padStart(7)}  ${row.type} ${row.description}  ${row.amazonOrderId || '-'}  ${toDecimal({ amount: row.amount, currency: settlement.currency })}  ${row.note ?? row.why ?? ''}`,
  );
  return {
    ok: true,
    data: { ...settlement, lines },
    lines: [
      `${settlement.settlementId}: ${settlement.total ?? '-'} ${settlement.currency}, rows ${settlement.sum}, ${settlement.proof}`,
      ...rows,
    ],
  };
}

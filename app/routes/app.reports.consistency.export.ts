import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everyDay, ledgerFilter, readLedgerWish } from '../sync/ledger-view.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { csvRows, titlesOf } from '../ui/cells.ts';
import { dayCells } from '../ui/day-cells.ts';
import { languageOf } from '../ui/languages.ts';
import { sayLedgerWish } from '../ui/ledger-words.ts';
import { csvAnswer, csvTop } from '../ui/report-csv.ts';

/** The totals of days as a CSV file, in the marketplaces' days (REP-6). No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const given = new URL(request.url).searchParams;
  const filter = readReportFilter(given);
  const wish = { ...readLedgerWish(given), state: null, search: null };
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  async function* lines() {
    const head = dayCells([], t);
    yield csvTop(
      { title: head.name, filter, also: sayLedgerWish(wish, t), columns: titlesOf(head) },
      t,
      style,
    );
    const of = { ...ledgerFilter(filter, wish, style.now), voids: wish.voids };
    for await (const days of everyDay(services, shopDomain(session.shop), of))
      yield csvRows(dayCells(days, t));
  }
  return csvAnswer(lines());
};

import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { csvLine } from '../lib/csv.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everyEntry, ledgerFilter, readLedgerWish } from '../sync/ledger-view.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { languageOf } from '../ui/languages.ts';
import { ledgerCells, ledgerColumns, sayLedgerWish } from '../ui/ledger-words.ts';
import { csvAnswer, csvTop } from '../ui/report-csv.ts';

/** The ledger as a CSV file, in the marketplaces' days (REP-6). No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const given = new URL(request.url).searchParams;
  const filter = readReportFilter(given);
  const wish = readLedgerWish(given);
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  async function* lines() {
    const columns = ledgerColumns.map((name) => t('reports.money.column', { name }));
    yield csvTop({ title: t('reports.tab.ledger'), filter, also: sayLedgerWish(wish, t), columns }, t, style);
    const of = ledgerFilter(filter, wish, style.now);
    for await (const rows of everyEntry(services, shopDomain(session.shop), of))
      yield rows.map((row) => csvLine(ledgerCells(row, t, style))).join('');
  }
  return csvAnswer(lines());
};

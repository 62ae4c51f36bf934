import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { csvLine } from '../lib/csv.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everySettledLine, everySettlement, settlementPage } from '../sync/settlement-view.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { languageOf } from '../ui/languages.ts';
import { csvAnswer, csvTop } from '../ui/report-csv.ts';
import { lineCells, lineColumns, settlementCells, settlementColumns } from '../ui/settlement-words.ts';

/** The settlements, or the rows of one, as a CSV file (REP-6). No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const filter = null;
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  const id = given.get('settlement');
  const unmatched = given.get('lines') !== 'all';
  const list = { unmatched, after: undefined };
  const one =
    id === null ? null : await services.db.forShop(shop, (tx) => settlementPage(tx, shop, id, list));
  const column = (name: string) => t('reports.settlements.column', { name });
  const title = t('reports.tab.settlements');
  async function* all() {
    yield csvTop({ title, filter, columns: settlementColumns.map(column) }, t, style);
    for await (const some of everySettlement(services, shop))
      yield some.map((each) => csvLine(settlementCells(each, t))).join('');
  }
  async function* rows({ settlementId, currency }: NonNullable<typeof one>['settlement']) {
    const which = t(unmatched ? 'reports.settlements.onlyUnmatched' : 'reports.settlements.allRows');
    const also = `${settlementId} · ${which}`;
    yield csvTop({ title, filter, also, columns: lineColumns.map(column) }, t, style);
    for await (const some of everySettledLine(services, shop, settlementId, unmatched))
      yield some.map((row) => csvLine(lineCells(row, currency, t))).join('');
  }
  return csvAnswer(one ? rows(one.settlement) : all());
};

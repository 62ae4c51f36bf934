import type { LoaderFunctionArgs } from '@remix-run/node';
import { shopDomain } from '../domain/ids.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everyGroup, reasonsReport } from '../sync/reasons-report.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { csvRows, plainFigures, titlesOf } from '../ui/cells.ts';
import { languageOf } from '../ui/languages.ts';
import { groupCells, timeCells, whoCells, whyCells } from '../ui/reason-cells.ts';
import { readGrouping } from '../ui/reasons-query.ts';
import { csvAnswer, csvOfCells, csvTop } from '../ui/report-csv.ts';

const small = { why: whyCells, who: whoCells, times: timeCells } as const;
const isSmall = (name: string): name is keyof typeof small => Object.hasOwn(small, name);

/** A table of the reasons as a CSV file: the groups, or one of the small ones by its name. No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const filter = readReportFilter(given);
  const by = readGrouping(given);
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  const figures = plainFigures(t);
  const table = given.get('table') ?? '';
  if (isSmall(table)) {
    const report = await services.db.forShop(shop, (tx) => reasonsReport(tx, shop, filter, style.now));
    return csvOfCells(small[table](report, t, figures), filter, t, style);
  }
  async function* lines() {
    const head = groupCells([], by, t, figures);
    yield csvTop({ title: head.name, filter, columns: titlesOf(head) }, t, style);
    for await (const groups of everyGroup(services, shop, filter, { by, now: style.now }))
      yield csvRows(groupCells(groups, by, t, figures));
  }
  return csvAnswer(lines());
};

import type { LoaderFunctionArgs } from '@remix-run/node';
import { readVerdict } from '../db/cancels.ts';
import { shopDomain } from '../domain/ids.ts';
import { readReportFilter } from '../domain/report-filter.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everyCancel } from '../sync/every-cancel.ts';
import { chosenCourse } from '../sync/rate-report.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { cancelColumns, cancelLine } from '../ui/cancel-words.ts';
import { languageOf } from '../ui/languages.ts';
import { plainFigures } from '../ui/cells.ts';
import { courseCells } from '../ui/course-cells.ts';
import { csvAnswer, csvOfCells, csvTop } from '../ui/report-csv.ts';

/** The cancelled orders of the chosen days with what counts and why, or the course of the rate, as a CSV file. No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const given = new URL(request.url).searchParams;
  const filter = readReportFilter(given);
  const verdict = readVerdict(given.get('tab'));
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  if (given.get('table') === 'course') {
    const report = await services.db.forShop(shop, (tx) => chosenCourse(tx, shop, filter, style.now));
    if (!report) throw new Response(null, { status: 404 });
    return csvOfCells(courseCells(report, t, plainFigures(t)), filter, t, style);
  }
  async function* lines() {
    yield csvTop(
      {
        title: t('reports.rate.cancels'),
        filter,
        also: verdict === null ? undefined : t('reports.rate.verdict', { verdict }),
        columns: cancelColumns(t),
      },
      t,
      style,
    );
    for await (const rows of everyCancel(services, shop, filter, verdict, style.now))
      yield rows.map((row) => cancelLine(row, t)).join('');
  }
  return csvAnswer(lines());
};

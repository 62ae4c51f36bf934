import type { LoaderFunctionArgs } from '@remix-run/node';
import { listReportFiles } from '../db/report-files.ts';
import { shopDomain } from '../domain/ids.ts';
import { csvLine } from '../lib/csv.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { languageOf } from '../ui/languages.ts';
import { csvAnswer, csvTop } from '../ui/report-csv.ts';

const most = 1_000;
const columns = ['file', 'kind', 'at', 'rows', 'broken', 'state'] as const;

/** The files that were taken in, as a CSV file (REP-6). */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const style = { language: languageOf(request), timeZone: 'UTC', now: now() };
  const { t } = textsIn(style.language);
  const files = await services.db.forShop(shop, (tx) => listReportFiles(tx, shop, most, style.now - 60_000));
  const names = columns.map((name) => t('reports.files.column', { name }));
  const lines = files.map(({ name, kind, startedAt, rows, broken, state }) =>
    csvLine([
      name,
      t('reports.files.kind', { kind }),
      new Date(startedAt).toISOString(),
      String(rows),
      String(broken),
      t('reports.files.state', { state }),
    ]),
  );
  return csvAnswer([
    csvTop({ title: t('reports.tab.files'), filter: null, columns: names }, t, style),
    ...lines,
  ]);
};

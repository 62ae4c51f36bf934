import { orderReports, plainReports, type ReportStatus } from '../amazon/reports.ts';
import {
  moveOrderReport,
  orderReportOf,
  reportIdsTaken,
  startOrderReport,
  type OrderReportChange,
  type OrderReportRow,
} from '../db/order-reports.ts';
import { sellerOf, type SellerRow } from '../db/sellers.ts';
import { shopRow } from '../db/shops.ts';
import type { FileSaying } from '../domain/file-saying.ts';
import type { Failure } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { enqueueReport } from '../queue/enqueue.ts';
import { marketplacesFor } from './marketplaces-for.ts';
import type { Services } from './services.ts';
import { findSettlements } from './find-settlements.ts';
import { takeReport, type TakenFile } from './take-report.ts';

const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;
/** A report that Amazon takes longer for than this does not come. */
const patienceMs = dayMs;
/** A connection that was lost may come back by a person's hand. */
const longLaterMs = 15 * minuteMs;
/** Clocks differ; a report that was asked for so long before is still taken for ours. */
const clockSlackMs = minuteMs;

/** How often a document that ends too early is fetched. */
const mostTries = 3;

const fetchable = { ...orderReports, ...plainReports } as const;

/** The reports that can be fetched, and how many days they go back at most; null: they take none. */
export const fetchableDays = {
  unshipped: null,
  all: 60,
  all_orders: 30,
  returns: 60,
  settlement: 90,
} as const satisfies Record<keyof typeof fetchable, number | null>;
export type FetchableReport = keyof typeof fetchable;

/** What a step leads to: the row is as told, and the next step is due at `again` (ms UTC); null: it has ended. */
interface Step {
  readonly change: OrderReportChange | null;
  readonly again: number | null;
}

/** Notes the wish for a report and puts its first step into the queue. `days`: how far back, for reports with dates. */
export async function beginReport(
  services: Services,
  shop: ShopDomain,
  seller: SellerId,
  report: FetchableReport,
  days: number,
): Promise<OrderReportRow> {
  return services.db.forShop(shop, async (tx) => {
    const reportType = fetchable[report];
    const wish = { sellerId: seller, reportType, days: fetchableDays[report] === null ? null : days };
    const row = await startOrderReport(tx, shop, now(), wish);
    await enqueueReport(tx, shop, row.id, now());
    return row;
  });
}

const ended = (state: 'done' | 'failed', why: string | null, counts?: OrderReportChange['counts']): Step => ({
  change: { state, why, ended: now(), ...(counts ? { counts } : {}) },
  again: null,
});

const asJson = ({ key, params }: FileSaying) => ({ key, params });

/** The end that the file itself led to; `because` null: nothing is to be said of it. */
function endedOver(
  state: 'done' | 'failed',
  because: FileSaying | null,
  counts: NonNullable<OrderReportChange['counts']>,
): Step {
  return ended(state, null, { ...counts, because: because && asJson(because) });
}

/** What passes is tried again; what cannot is the end, with Amazon's words for the person who asked. */
function failedStep(failure: Failure): Step {
  if (failure.kind === 'retry') return { change: null, again: failure.at ?? now() + minuteMs };
  if (failure.kind === 'unsure') return { change: null, again: now() + minuteMs };
  if (failure.kind === 'reconnect') return { change: null, again: now() + longLaterMs };
  const refused = failure.code === 'data_refused';
  return ended(
    'failed',
    refused ? `Amazon does not let this app read the report. ${failure.sentence}` : failure.sentence,
  );
}

async function create(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  row: OrderReportRow,
): Promise<Step> {
  if (row.reportType === plainReports.settlement) return listSettlements(services, shop, seller, row);
  const { days } = row.counts;
  const marketplaceIds = await services.db.forShop(shop, (tx) => marketplacesFor(tx, shop, seller));
  const from = days === null ? null : row.startedAt - days * dayMs;
  const made = await services
    .amazon(seller)
    .createReport({ reportType: row.reportType, marketplaceIds, from });
  if (made.ok) return { change: { state: 'sent', reportId: made.value }, again: now() + minuteMs / 4 };
  // Provably not asked for: the next step need not look for it.
  if (made.failure.kind === 'retry' || made.failure.kind === 'reconnect')
    return { ...failedStep(made.failure), change: { state: 'asked' } };
  return failedStep(made.failure);
}

/** Amazon makes settlements by itself: those that are new are taken in, each by a report of its own. */
async function listSettlements(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  row: OrderReportRow,
): Promise<Step> {
  const found = await findSettlements(
    services,
    shop,
    seller,
    row.startedAt - (row.counts.days ?? 90) * dayMs,
  );
  if (!found.ok) return failedStep(found.failure);
  return ended('done', null, { found: found.value.found, new: found.value.begun });
}

/** The answer was lost, or this worker's forerunner died: the report may be there. */
async function lookForIt(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  row: OrderReportRow,
): Promise<Step> {
  const found = await services.amazon(seller).findReports(row.reportType, row.startedAt - clockSlackMs);
  if (!found.ok) return failedStep(found.failure);
  const taken = await services.db.forShop(shop, (tx) =>
    reportIdsTaken(
      tx,
      shop,
      row.sellerId,
      found.value.map(({ reportId }) => reportId),
    ),
  );
  const ours = found.value.find(({ reportId }) => !taken.has(reportId));
  return ours
    ? { change: { state: 'sent', reportId: ours.reportId }, again: now() }
    : { change: { state: 'asked' }, again: now() };
}

/** Looked at rarer the longer it takes: after a quarter of its age, at least each 5 minutes. */
function nextLook(row: OrderReportRow): number {
  const age = now() - row.startedAt;
  return now() + Math.min(5 * minuteMs, Math.max(minuteMs / 4, age / 4));
}

function statusStep(row: OrderReportRow, status: ReportStatus): Step {
  if (status.state === 'nothing')
    return ended('done', 'Amazon made no report: there is nothing in it, or it was cancelled there.');
  if (status.state === 'fatal') return ended('failed', 'Amazon could not make this report.');
  if (status.state === 'made' && status.documentId !== null) {
    const change = {
      state: 'ready',
      documentId: status.documentId,
      counts: { dataUntil: status.dataUntil },
    } as const;
    return { change, again: now() };
  }
  if (now() - row.startedAt > patienceMs)
    return ended('failed', 'Amazon did not make the report within a day.');
  return { change: null, again: nextLook(row) };
}

function takenStep(row: OrderReportRow, taken: TakenFile): Step {
  const tries = row.counts.tries + 1;
  const again = (counts: NonNullable<OrderReportChange['counts']>): Step => ({
    change: { state: 'ready', counts: { ...counts, tries } },
    again: now() + minuteMs,
  });
  const { refused, cut, kind, rows, broken, changed, orders } = taken;
  if (refused !== null) {
    // The connection was cut before its first line.
    if (refused.key === 'cut_reading' && tries < mostTries) return again({ because: asJson(refused) });
    return endedOver('failed', refused, {});
  }
  const { refused: _, cut: _cut, says: _says, ...asked } = orders ?? { refused: null, cut: null, says: null };
  const says = taken.says.map(asJson);
  const counts = { ...asked, kind, rows, broken, changed, says, tries };
  // What came is kept; all of it is fetched once more, which changes nothing that is there already.
  if (cut !== null && tries < mostTries) return again({ ...counts, because: asJson(cut) });
  return endedOver('done', cut, counts);
}

async function take(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  row: OrderReportRow & { readonly documentId: string },
): Promise<Step> {
  const opened = await services.amazon(seller).openReport(row.documentId, row.reportType);
  if (!opened.ok) return failedStep(opened.failure);
  const { bytes, charset } = opened.value;
  const { dataUntil } = row.counts;
  const day = new Date(row.startedAt).toISOString().slice(0, 10);
  try {
    return takenStep(row, await takeReport(services, shop, seller, { bytes, charset, dataUntil, day }));
  } finally {
    bytes.destroy();
  }
}

async function stepOf(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  row: OrderReportRow,
): Promise<Step> {
  if (now() - row.startedAt > 2 * patienceMs)
    return ended(
      'failed',
      row.counts.because === null ? 'The report could not be fetched within two days.' : null,
    );
  const { reportId, documentId } = row;
  if (row.state === 'ready' && documentId !== null)
    return take(services, shop, seller, { ...row, documentId });
  if (reportId !== null) {
    const status = await services.amazon(seller).getReport(reportId);
    return status.ok ? statusStep(row, status.value) : failedStep(status.failure);
  }
  if (row.reportType === plainReports.settlement) return listSettlements(services, shop, seller, row);
  return lookForIt(services, shop, seller, row);
}

/** The report with its account; none where the shop gave up the app. */
async function readRow(services: Services, shop: ShopDomain, id: string) {
  return services.db.forShop(shop, async (tx) => {
    const row = await orderReportOf(tx, shop, id);
    const installed = (await shopRow(tx, shop))?.installed === true;
    return { row: installed ? row : null, seller: row && (await sellerOf(tx, shop, row.sellerId)) };
  });
}

/** A step before createReport: from here on nobody knows whether Amazon was asked, until the answer is written down. */
async function markSent(
  services: Services,
  shop: ShopDomain,
  row: OrderReportRow,
): Promise<OrderReportRow | null> {
  const sent = await services.db.forShop(shop, (tx) => moveOrderReport(tx, shop, row, { state: 'sent' }));
  return sent ? { ...row, state: 'sent' } : null;
}

/**
 * A worker's turn at a report: one step (ask Amazon, look whether it is made, take it in), then the next one is put into the
 * queue for when it is due. It never waits. Cut anywhere it goes on: what was asked for and not answered is looked for before
 * Amazon is asked again, and a document that was half taken is taken again without harm.
 */
export async function reportStep(services: Services, shop: ShopDomain, id: string): Promise<void> {
  const { row: read, seller } = await readRow(services, shop, id);
  if (!read || !seller || read.state === 'done' || read.state === 'failed') return;
  const creating = read.state === 'asked';
  const row = creating ? await markSent(services, shop, read) : read;
  if (!row) return;
  const step = creating
    ? await create(services, shop, seller, row)
    : await stepOf(services, shop, seller, row);
  await services.db.forShop(shop, async (tx) => {
    if (step.change) await moveOrderReport(tx, shop, row, step.change);
    if (step.again !== null) await enqueueReport(tx, shop, id, step.again);
  });
}

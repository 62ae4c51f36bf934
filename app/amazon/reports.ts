import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import { ok } from '../domain/failure.ts';
import { askShape } from './ask-shape.ts';
import type { Download } from './download.ts';
import type { Call, Session } from './session.ts';

/** The order reports that can be asked for. Both hold buyer data, so that each reading needs a token of its own. */
export const orderReports = {
  /** Everything that waits to be shipped, as it is now. */
  unshipped: 'GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING',
  /** Orders that left Pending within some days, at most 60. */
  all: 'GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING',
} as const;

/** Reports without buyer data. */
export const plainReports = {
  /** All orders that changed within some days, at most 30. */
  all_orders: 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL',
  /** Returns that were asked for within some days, at most 60. */
  returns: 'GET_FLAT_FILE_RETURNS_DATA_BY_RETURN_DATE',
  /** Payouts. Amazon makes these by itself, about one every 14 days; they can be found and not asked for. */
  settlement: 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2',
} as const;

/** Whether the document of a report of this type is opened with a token of its own, for it holds buyer data. */
const isRestricted = (reportType: string): boolean =>
  Object.values<string>(orderReports).includes(reportType);

/** A report to be made; `from` (ms UTC) for those that take dates. Amazon wants 1 to 25 marketplaces. */
interface ReportWish {
  readonly reportType: string;
  readonly marketplaceIds: readonly string[];
  readonly from: number | null;
}

/** How far Amazon has come with a report. Times in ms UTC. */
export interface ReportStatus {
  readonly reportId: string;
  /** `nothing`: cancelled, which Amazon also says where there is no data. */
  readonly state: 'making' | 'made' | 'nothing' | 'fatal';
  readonly documentId: string | null;
  /** Up to when its data goes; else when it was asked for. */
  readonly dataUntil: number | null;
}

/** What there is to do with reports. None waits for a slot or for Amazon to be ready. */
export interface ReportCalls {
  /** Asks for a report and answers its id. A lost answer is `unsure`: look with `findReports` before asking again. */
  createReport(wish: ReportWish): Promise<Result<string>>;
  getReport(reportId: string): Promise<Result<ReportStatus>>;
  /** The reports of a type that were asked for since then (ms UTC), the newest first; at most 100. */
  findReports(reportType: string, since: number): Promise<Result<readonly ReportStatus[]>>;
  /** The document of a report of this type; where it holds buyer data with a restricted data token for it alone. */
  openReport(documentId: string, reportType: string): Promise<Result<Download>>;
}

// Rates: Amazon's models reports_2021-06-30 and tokens_2021-03-01.
const limits = {
  createReport: { ratePerSecond: 0.0167, burst: 15 },
  getReport: { ratePerSecond: 2, burst: 15 },
  getReports: { ratePerSecond: 0.0222, burst: 10 },
  getReportDocument: { ratePerSecond: 0.0167, burst: 15 },
  createRestrictedDataToken: { ratePerSecond: 1, burst: 10 },
} as const;

const time = z
  .string()
  .nullish()
  .transform((text) => {
    const ms = Date.parse(text ?? '');
    return Number.isNaN(ms) ? null : ms;
  });
const reportShape = z.object({
  reportId: z.string().min(1),
  processingStatus: z.string(),
  reportDocumentId: z.string().min(1).nullish(),
  dataEndTime: time,
  createdTime: time,
});
const createdShape = z.object({ reportId: z.string().min(1) });
const reportsShape = z.object({ reports: z.array(reportShape) });
const documentShape = z.object({ url: z.string() });
const tokenShape = z.object({ restrictedDataToken: z.string().min(1) });

const states: Readonly<Record<string, ReportStatus['state']>> = {
  DONE: 'made',
  CANCELLED: 'nothing',
  FATAL: 'fatal',
};

function toStatus(report: z.infer<typeof reportShape>): ReportStatus {
  return {
    reportId: report.reportId,
    state: states[report.processingStatus] ?? 'making',
    documentId: report.reportDocumentId ?? null,
    dataUntil: report.dataEndTime ?? report.createdTime,
  };
}

function createCall({ reportType, marketplaceIds, from }: ReportWish): Call {
  return {
    operation: 'reports.createReport',
    limit: limits.createReport,
    query: {},
    writes: true,
    body: {
      reportType,
      marketplaceIds,
      ...(from === null ? {} : { dataStartTime: new Date(from).toISOString() }),
      // The channel tells orders of Japan, whose texts have an encoding of their own.
      ...(reportType === orderReports.unshipped ? { reportOptions: { ShowSalesChannel: 'true' } } : {}),
    },
  };
}

/** The token that opens this one document. It is worth an hour and is used at once, so none is kept. */
function tokenCall(documentId: string): Call {
  const path = `/reports/2021-06-30/documents/${documentId}`;
  return {
    operation: 'tokens.createRestrictedDataToken',
    limit: limits.createRestrictedDataToken,
    query: {},
    body: { restrictedResources: [{ method: 'GET', path }] },
  };
}

/** The calls for reports of one seller; `download` opens an address that Amazon signed. */
export function reportCalls(
  session: Session,
  download: (url: string) => Promise<Result<Download>>,
): ReportCalls {
  return {
    async createReport(wish) {
      const made = await askShape(session, createCall(wish), createdShape);
      return made.ok ? ok(made.value.reportId) : made;
    },
    async getReport(reportId) {
      const { getReport: limit } = limits;
      const call = { operation: 'reports.getReport', limit, path: { reportId }, query: {} };
      const report = await askShape(session, call, reportShape);
      return report.ok ? ok(toStatus(report.value)) : report;
    },
    async findReports(reportType, since) {
      const query = { reportTypes: [reportType], createdSince: new Date(since).toISOString(), pageSize: 100 };
      const call = { operation: 'reports.getReports', limit: limits.getReports, query };
      const found = await askShape(session, call, reportsShape);
      return found.ok ? ok(found.value.reports.map(toStatus)) : found;
    },
    async openReport(reportDocumentId, reportType) {
      const token = isRestricted(reportType)
        ? await askShape(session, tokenCall(reportDocumentId), tokenShape)
        : null;
      if (token && !token.ok) return token;
      const call = {
        operation: 'reports.getReportDocument',
        limit: limits.getReportDocument,
        path: { reportDocumentId },
        query: {},
        ...(token ? { restrictedToken: token.value.restrictedDataToken } : {}),
      };
      const document = await askShape(session, call, documentShape);
      return document.ok ? download(document.value.url) : document;
    },
  };
}

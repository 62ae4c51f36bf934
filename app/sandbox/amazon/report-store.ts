import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { JsonObject } from './json.ts';
import type { Posted } from './money/ledger.ts';
import type { StoredOrder } from './order-store.ts';
import { allOrdersReport, allOrdersText, returnsReport, returnsText } from './plain-reports.ts';
import {
  type CancellationColumn,
  orderReport,
  type ReportScope,
  reportText,
  unshippedReport,
} from './report-file.ts';
import { settlementMs, settlementReport, settlementsOf } from './settlements.ts';
import type { TabFile } from './tab-file.ts';

/** How files are made, by the switches. */
export interface FileStyle {
  readonly cancellation: CancellationColumn;
  readonly encoding: string;
  readonly packed: boolean;
  /** What becomes of a report without a row. */
  readonly withoutData: 'cancelled' | 'header-only';
}

interface File {
  readonly documentId: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly packed: boolean;
}

/** What reports are made from. */
export interface ReportSource {
  readonly orders: () => readonly StoredOrder[];
  readonly orderOf: (id: string) => StoredOrder | undefined;
  readonly posted: () => readonly Posted[];
}

/** A report as Amazon keeps it. Times in milliseconds. */
interface Report extends ReportScope {
  readonly id: string;
  readonly createdAt: number;
  /** What it ends as, when it was told to by a fault. */
  readonly fate: 'made' | 'fatal' | 'stuck';
  file: File | null;
  isNothing: boolean;
}

/** A file that may be fetched for a while. */
interface Link {
  readonly file: File;
  readonly until: number;
}

const queuedMs = 15_000;
const makingMs = 60_000;
const linkMs = 5 * 60_000;
const dayMs = 24 * 3_600_000;
const withBuyers: readonly string[] = [unshippedReport, orderReport];

/** The file of a report that was asked for; null: a type that is not made here. */
function textOf({ orders }: ReportSource, scope: ReportScope, { cancellation }: FileStyle): TabFile | null {
  if (scope.type === allOrdersReport) return allOrdersText(orders(), scope);
  if (scope.type === returnsReport) return returnsText(orders(), scope);
  if (!withBuyers.includes(scope.type)) return null;
  const all = orders().map(({ order }) => order);
  return reportText(all, scope, cancellation);
}

function packed(text: string, style: FileStyle): File {
  const bytes = iconv.encode(text, style.encoding);
  return {
    documentId: `amzn1.spdoc.1.4.na.${randomUUID()}`,
    bytes: style.packed ? gzipSync(bytes) : bytes,
    contentType: `text/plain; charset=${style.encoding}`,
    packed: style.packed,
  };
}

/** All reports of one seller. Amazon makes them while time passes: nothing runs, what is asked for later is simply there. */
export class ReportStore {
  readonly #reports: Report[] = [];
  readonly #links = new Map<string, Link>();
  /** Up to when all that moved was settled; null: nothing moved yet. */
  #settledUntil: number | null = null;

  /** Takes a wish; the report's id. */
  add(scope: ReportScope, now: number, fate: Report['fate']): string {
    const id = String(randomInt(10_000_000_000, 99_999_999_999));
    this.#reports.push({ ...scope, id, createdAt: now, fate, file: null, isNothing: false });
    return id;
  }

  #make(report: Report, source: ReportSource, style: FileStyle): void {
    if (report.file !== null || report.isNothing) return;
    const made = textOf(source, report, style);
    if (made === null || (made.rows === 0 && style.withoutData === 'cancelled')) report.isNothing = true;
    else report.file = packed(made.text, style);
  }

  /** Makes the settlements whose time is over: from the day on which money first moved, every 14 days one. */
  #settle(now: number, source: ReportSource, style: FileStyle): void {
    const all = source.posted();
    const [first] = all;
    if (!first) return;
    this.#settledUntil ??= Math.floor(first.postedAt / dayMs) * dayMs;
    for (; this.#settledUntil + settlementMs + makingMs <= now; this.#settledUntil += settlementMs) {
      const period = { from: this.#settledUntil, until: this.#settledUntil + settlementMs };
      for (const { text, marketplaceIds } of settlementsOf(all, source.orderOf, period)) {
        const scope = { type: settlementReport, marketplaceIds, ...period };
        this.add(scope, period.until, 'made');
        const report = this.#reports.at(-1);
        if (report) report.file = packed(text, style);
      }
    }
  }

  /** The report in the shape of the model, as far as it has come by now; null where there is none. */
  #shown(report: Report, now: number, source: ReportSource, style: FileStyle): JsonObject {
    const age = now - report.createdAt;
    const ready = age >= makingMs && report.fate !== 'stuck';
    if (ready && report.fate === 'made') this.#make(report, source, style);
    const end = report.fate === 'fatal' ? 'FATAL' : report.isNothing ? 'CANCELLED' : 'DONE';
    const status = ready ? end : age < queuedMs ? 'IN_QUEUE' : 'IN_PROGRESS';
    const iso = (ms: number) => new Date(ms).toISOString();
    return {
      reportId: report.id,
      reportType: report.type,
      marketplaceIds: report.marketplaceIds,
      dataStartTime: iso(report.from),
      dataEndTime: iso(report.until),
      createdTime: iso(report.createdAt),
      processingStatus: status,
      ...(age < queuedMs ? {} : { processingStartTime: iso(report.createdAt + queuedMs) }),
      ...(ready ? { processingEndTime: iso(report.createdAt + makingMs) } : {}),
      ...(report.file === null ? {} : { reportDocumentId: report.file.documentId }),
    };
  }

  get(id: string, now: number, source: ReportSource, style: FileStyle): JsonObject | null {
    const report = this.#reports.find((one) => one.id === id);
    return report ? this.#shown(report, now, source, style) : null;
  }

  /** All reports, the newest first. */
  list(now: number, source: ReportSource, style: FileStyle): JsonObject[] {
    this.#settle(now, source, style);
    return this.#reports
      .toReversed()
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map((report) => this.#shown(report, now, source, style));
  }

  /** A link to a document that holds for five minutes, and whether buyers are in it; null where there is no such document. */
  link(
    documentId: string,
    now: number,
  ): { readonly key: string; readonly packed: boolean; readonly restricted: boolean } | null {
    const report = this.#reports.find((one) => one.file?.documentId === documentId);
    const file = report?.file;
    if (!file) return null;
    const key = randomBytes(16).toString('hex');
    this.#links.set(key, { file, until: now + linkMs });
    return { key, packed: file.packed, restricted: withBuyers.includes(report.type) };
  }

  /** The file behind a link; `over` where its five minutes have passed, null where it never was one. */
  fetch(key: string, now: number): File | 'over' | null {
    const link = this.#links.get(key);
    if (!link) return null;
    return now < link.until ? link.file : 'over';
  }
}

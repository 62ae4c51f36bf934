import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { JsonObject } from './json.ts';
import {
  type CancellationColumn,
  orderReport,
  type ReportScope,
  reportText,
  unshippedReport,
} from './report-file.ts';

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

/** All reports of one seller. Amazon makes them while time passes: nothing runs, what is asked for later is simply there. */
export class ReportStore {
  readonly #reports: Report[] = [];
  readonly #links = new Map<string, Link>();

  /** Takes a wish; the report's id. */
  add(scope: ReportScope, now: number, fate: Report['fate']): string {
    const id = String(randomInt(10_000_000_000, 99_999_999_999));
    this.#reports.push({ ...scope, id, createdAt: now, fate, file: null, isNothing: false });
    return id;
  }

  #make(report: Report, orders: () => Iterable<JsonObject>, style: FileStyle): void {
    if (report.file !== null || report.isNothing) return;
    const known = [unshippedReport, orderReport].includes(report.type);
    const { text, rows } = reportText(known ? orders() : [], report, style.cancellation);
    if (!known || (rows === 0 && style.withoutData === 'cancelled')) {
      report.isNothing = true;
      return;
    }
    const bytes = iconv.encode(text, style.encoding);
    report.file = {
      documentId: `amzn1.spdoc.1.4.na.${randomUUID()}`,
      bytes: style.packed ? gzipSync(bytes) : bytes,
      contentType: `text/plain; charset=${style.encoding}`,
      packed: style.packed,
    };
  }

  /** The report in the shape of the model, as far as it has come by now; null where there is none. */
  #shown(report: Report, now: number, orders: () => Iterable<JsonObject>, style: FileStyle): JsonObject {
    const age = now - report.createdAt;
    const ready = age >= makingMs && report.fate !== 'stuck';
    if (ready && report.fate === 'made') this.#make(report, orders, style);
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

  get(id: string, now: number, orders: () => Iterable<JsonObject>, style: FileStyle): JsonObject | null {
    const report = this.#reports.find((one) => one.id === id);
    return report ? this.#shown(report, now, orders, style) : null;
  }

  /** All reports, the newest first. */
  list(now: number, orders: () => Iterable<JsonObject>, style: FileStyle): JsonObject[] {
    return this.#reports.toReversed().map((report) => this.#shown(report, now, orders, style));
  }

  /** A link to a document that holds for five minutes; null where there is no such document. */
  link(documentId: string, now: number): { readonly key: string; readonly packed: boolean } | null {
    const file = this.#reports.find((report) => report.file?.documentId === documentId)?.file;
    if (!file) return null;
    const key = randomBytes(16).toString('hex');
    this.#links.set(key, { file, until: now + linkMs });
    return { key, packed: file.packed };
  }

  /** The file behind a link; `over` where its five minutes have passed, null where it never was one. */
  fetch(key: string, now: number): File | 'over' | null {
    const link = this.#links.get(key);
    if (!link) return null;
    return now < link.until ? link.file : 'over';
  }
}

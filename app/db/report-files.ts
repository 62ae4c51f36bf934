import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { FileSaying } from '../domain/file-saying.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { fileSayingShape } from './file-sayings.ts';

const states = z.enum(['reading', 'done', 'cut', 'refused']);

/** A report file that was uploaded, and how far it was read. Times in ms UTC. */
export interface ReportFileRow {
  readonly id: string;
  readonly sellerId: string;
  readonly name: string;
  /** order, all_orders, returns, settlement; empty: not told yet. */
  readonly kind: string;
  readonly state: z.infer<typeof states>;
  readonly bytes: number;
  readonly size: number | null;
  readonly rows: number;
  readonly broken: number;
  /** Rows that were new or had changed; null: not counted. */
  readonly changed: number | null;
  /** When the same file was read before. */
  readonly before: number | null;
  /** What is to be said of it; a text: as it was said in English before sentences were kept as data. */
  readonly says: readonly (FileSaying | string)[];
  readonly startedAt: number;
  readonly readAt: number;
}

const countsShape = z
  .object({
    changed: z.number().nullable().catch(null),
    before: z.number().nullable().catch(null),
    says: z.array(fileSayingShape).catch([]),
  })
  .catch({ changed: null, before: null, says: [] });

function toRow(row: Prisma.ReportFileGetPayload<object>): ReportFileRow {
  const { says, ...counts } = countsShape.parse(row.counts);
  return {
    id: row.id,
    sellerId: row.sellerId,
    name: row.name,
    kind: row.kind,
    state: states.parse(row.state),
    bytes: Number(row.bytes),
    size: row.size === null ? null : Number(row.size),
    rows: row.rows,
    broken: row.broken,
    ...counts,
    says: [...says, ...row.sentences],
    startedAt: row.startedAt.getTime(),
    readAt: row.readAt.getTime(),
  };
}

/** Notes a file that is about to be read; answers its id. `size` null: not known. */
export async function startReportFile(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  file: { readonly sellerId: SellerId; readonly name: string; readonly size: number | null },
): Promise<string> {
  const at = new Date(now);
  const row = await tx.reportFile.create({ data: { shop, ...file, startedAt: at, readAt: at } });
  return row.id;
}

/** Notes how far a file was read. */
export async function moveReportFile(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  now: number,
  read: { readonly kind: string; readonly bytes: number; readonly rows: number; readonly broken: number },
): Promise<void> {
  await tx.reportFile.updateMany({ where: { shop, id }, data: { ...read, readAt: new Date(now) } });
}

/** When a file with these bytes was read whole before (ms UTC); null: never. */
export async function sameFileAt(tx: Tx, shop: ShopDomain, digest: string): Promise<number | null> {
  const row = await tx.reportFile.findFirst({
    where: { shop, digest, state: 'done' },
    orderBy: { startedAt: 'desc' },
  });
  return row?.startedAt.getTime() ?? null;
}

/** Notes how the reading of a file ended. */
export async function endReportFile(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  now: number,
  end: {
    readonly state: 'done' | 'cut' | 'refused';
    readonly kind: string;
    readonly bytes: number;
    readonly rows: number;
    readonly broken: number;
    readonly changed: number | null;
    readonly before: number | null;
    readonly digest: string;
    readonly says: readonly FileSaying[];
  },
): Promise<void> {
  const { changed, before, says, ...row } = end;
  const at = new Date(now);
  await tx.reportFile.updateMany({
    where: { shop, id },
    data: {
      ...row,
      counts: { changed, before, says: says.map((one) => ({ ...one })) },
      readAt: at,
      endedAt: at,
    },
  });
}

/** The newest files, at most so many. One that nobody reads any more since `deadBefore` (ms UTC) was cut. */
export async function listReportFiles(
  tx: Tx,
  shop: ShopDomain,
  limit: number,
  deadBefore: number,
): Promise<ReportFileRow[]> {
  const rows = await tx.reportFile.findMany({ where: { shop }, orderBy: { startedAt: 'desc' }, take: limit });
  return rows
    .map(toRow)
    .map((row) => (row.state === 'reading' && row.readAt < deadBefore ? { ...row, state: 'cut' } : row));
}

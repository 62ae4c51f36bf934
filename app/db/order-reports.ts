import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { sellerId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { fileSayingShape } from './file-sayings.ts';

const states = z.enum(['asked', 'sent', 'ready', 'done', 'failed']);

/** What is kept of a report beside its state: what was wanted, and what came of it. */
const countsShape = z
  .object({
    /** How many days back; null: the report takes none. */
    days: z.number().nullable().default(null),
    /** Up to when Amazon's data goes (ms UTC). */
    dataUntil: z.number().nullable().default(null),
    /** How often its document was read. */
    tries: z.number().default(0),
    /** What the file itself gave as the reason of its end. */
    because: fileSayingShape.nullable().catch(null),
  })
  .catchall(z.json());

/**
 * A report that Amazon is asked for. `asked`: it will be; `sent`: it was, or perhaps was where there is no report id yet;
 * `ready`: its document waits; `done` and `failed` are ends. Times in ms UTC.
 */
export interface OrderReportRow {
  readonly id: string;
  readonly sellerId: SellerId;
  readonly reportType: string;
  readonly state: z.infer<typeof states>;
  readonly reportId: string | null;
  readonly documentId: string | null;
  readonly counts: z.infer<typeof countsShape>;
  readonly why: string | null;
  readonly startedAt: number;
}

function toRow(row: Prisma.OrderReportGetPayload<object>): OrderReportRow {
  return {
    id: row.id,
    sellerId: sellerId(row.sellerId),
    reportType: row.reportType,
    state: states.parse(row.state),
    reportId: row.reportId,
    documentId: row.documentId,
    counts: countsShape.parse(row.counts),
    why: row.why,
    startedAt: row.startedAt.getTime(),
  };
}

/** Notes the wish for a report of an account. */
export async function startOrderReport(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  wish: { sellerId: SellerId; reportType: string; days: number | null },
): Promise<OrderReportRow> {
  const { sellerId: seller, reportType, days } = wish;
  const row = await tx.orderReport.create({
    data: { shop, sellerId: seller, reportType, counts: { days }, startedAt: new Date(now) },
  });
  return toRow(row);
}

/** Notes a report that Amazon has made already, so that only its document is to be taken in. */
export async function startReadyReport(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  made: {
    sellerId: SellerId;
    reportType: string;
    reportId: string;
    documentId: string;
    dataUntil: number | null;
  },
): Promise<OrderReportRow> {
  const { dataUntil, ...report } = made;
  const data = { ...report, state: 'ready', counts: { days: null, dataUntil }, startedAt: new Date(now) };
  return toRow(await tx.orderReport.create({ data: { shop, ...data } }));
}

/** When the newest report of each type was asked for (ms UTC), by an account. */
export async function newestReports(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.orderReport.groupBy({
    by: ['reportType'],
    where: { shop, sellerId: seller },
    _max: { startedAt: true },
  });
  return new Map(rows.map(({ reportType, _max }) => [reportType, _max.startedAt?.getTime() ?? 0]));
}

/** One report; null where there is none of that id. */
export async function orderReportOf(tx: Tx, shop: ShopDomain, id: string): Promise<OrderReportRow | null> {
  const row = await tx.orderReport.findUnique({ where: { shop_id: { shop, id } } });
  return row && toRow(row);
}

/** What a step changes. `ended` in ms UTC closes it. */
export interface OrderReportChange {
  readonly state: OrderReportRow['state'];
  readonly reportId?: string | null;
  readonly documentId?: string;
  readonly counts?: Prisma.InputJsonObject;
  readonly why?: string | null;
  readonly ended?: number;
}

/**
 * Moves a report on from the state it was read in; false where another worker was quicker. What is not named stays, counts
 * are added to those there are.
 */
export async function moveOrderReport(
  tx: Tx,
  shop: ShopDomain,
  row: OrderReportRow,
  { counts, ended, ...change }: OrderReportChange,
): Promise<boolean> {
  const moved = await tx.orderReport.updateMany({
    where: { shop, id: row.id, state: row.state, reportId: row.reportId },
    data: {
      ...change,
      ...(counts ? { counts: { ...row.counts, ...counts } } : {}),
      ...(ended === undefined ? {} : { endedAt: new Date(ended) }),
    },
  });
  return moved.count === 1;
}

/** Which of Amazon's report ids belong to a report of this account already. */
export async function reportIdsTaken(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.orderReport.findMany({
    where: { shop, sellerId: seller, reportId: { in: [...ids] } },
    select: { reportId: true },
  });
  return new Set(rows.flatMap(({ reportId }) => reportId ?? []));
}

/** Marketplaces that the newest orders of an account came from. */
export async function marketplacesSeen(tx: Tx, shop: ShopDomain, seller: SellerId): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct o.marketplace_id as id from (
      select seller_id, marketplace_id from amazon_order where shop = ${shop}
      order by amazon_created_at desc, amazon_order_id limit 5000) o
    where o.seller_id = ${seller} and o.marketplace_id is not null order by id`;
  return rows.map(({ id }) => id);
}

/** The odd spelling of the cancellation column in the newest report that came in; null: it was Amazon's own, or none came. */
export async function misspeltColumn(tx: Tx, shop: ShopDomain): Promise<string | null> {
  const row = await tx.orderReport.findFirst({
    where: { shop, state: 'done' },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
  });
  const said = row && countsShape.parse(row.counts)['misspelt'];
  return typeof said === 'string' && said !== '' ? said : null;
}

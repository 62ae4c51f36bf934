import type { SellerRow } from '../db/sellers.ts';
import type { FileSaying } from '../domain/file-saying.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { openReport, type ReportKind } from '../reports/report-kind.ts';
import type { Services } from './services.ts';
import { takeAllOrders } from './take-all-orders.ts';
import { takeOrderReport, type ReportSource, type TakenReport } from './take-order-report.ts';
import { takeReturns } from './take-returns.ts';
import { takeSettlement } from './take-settlement.ts';

/** How far a report has been read. `bytes` as they came in. */
export interface TakingProgress {
  readonly kind: ReportKind;
  readonly bytes: number;
  readonly rows: number;
  readonly broken: number;
}

/** What came of a report of any kind. `refused`: it is none, and nothing was done. `kind` null: it could not be told. */
export interface TakenFile {
  readonly kind: ReportKind | null;
  readonly refused: FileSaying | null;
  /** Where it ended before its time; what came before was taken. */
  readonly cut: FileSaying | null;
  readonly rows: number;
  readonly broken: number;
  /** Rows that were new or had changed; null: not counted for this kind. */
  readonly changed: number | null;
  /** What is to be said of the first lines that could not be read. */
  readonly says: readonly FileSaying[];
  /** Of an order report: what its requests led to. */
  readonly orders: TakenReport | null;
  /** Of a settlement report: which it held. */
  readonly settlements: readonly string[];
}

const nothing = { changed: null, orders: null, settlements: [] } as const;

function fromOrders(kind: ReportKind, orders: TakenReport, changed: number | null): TakenFile {
  const { refused, cut, rows, broken, says } = orders;
  return { ...nothing, kind, refused, cut, rows, broken, says, orders, changed };
}

/**
 * Takes a report of any kind in, which is told by its columns: an order report, an all-orders report, a returns report or a
 * settlement. In transactions of some hundred rows, each of which can be repeated without harm: the same file again changes
 * nothing, and one that was cut is simply taken again. `onProgress` may throw to stop it: what was taken stays.
 */
export async function takeReport(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  source: ReportSource,
  onProgress: (progress: TakingProgress) => void = () => undefined,
): Promise<TakenFile> {
  const opened = await openReport(source.bytes, source.charset);
  if (opened.is === 'refused')
    return { ...nothing, kind: null, refused: opened.says, cut: null, rows: 0, broken: 0, says: [] };
  const { kind, bytes, tally } = opened;
  const taking = { services, shop, seller, charset: source.charset, bytes, tally };
  const tell = (read: { readonly rows: number; readonly broken: number }) => {
    onProgress({ kind, bytes: tally.bytes, rows: read.rows, broken: read.broken });
  };
  switch (kind) {
    case 'settlement':
      return { ...nothing, kind, ...(await takeSettlement(taking, tell)) };
    case 'returns':
      return { ...nothing, kind, ...(await takeReturns(taking, tell)) };
    case 'all_orders': {
      const { orders, changed } = await takeAllOrders(taking, source, tell);
      return fromOrders(kind, { ...orders, cut: tally.cut ?? orders.cut }, changed);
    }
    case 'order': {
      const orders = await takeOrderReport(services, shop, seller, { ...source, bytes }, tell);
      return fromOrders(kind, { ...orders, cut: tally.cut ?? orders.cut }, null);
    }
  }
}

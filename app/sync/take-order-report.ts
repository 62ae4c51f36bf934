import { addClaims } from '../db/claims.ts';
import type { Tx } from '../db/client.ts';
import { knownOrders } from '../db/known-orders.ts';
import { closeAccountProblem, openAccountProblem } from '../db/problems.ts';
import type { SellerRow } from '../db/sellers.ts';
import type { FileSaying } from '../domain/file-saying.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { NewClaim } from '../domain/request.ts';
import { now } from '../lib/clock.ts';
import { readOrderReport, type ReportProgress } from '../reports/order-report.ts';
import type { BrokenLine, ReportRow } from '../reports/report-row.ts';
import { knock } from './knock.ts';
import type { Services } from './services.ts';

/** A report as it comes in. */
export interface ReportSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The charset that a download declared. */
  readonly charset: string | null;
  /** Up to when its data goes (ms UTC), where that is known. */
  readonly dataUntil: number | null;
  /** Of a report without a time: its day, the same whenever the same file comes again. */
  readonly day: string;
  /** Of a kind of report that mostly has no cancellation column: that it lacks is nobody's problem. */
  readonly columnMayLack?: true;
}

/** What came of a report. `refused`: it is no order report, and nothing was done. */
export interface TakenReport {
  readonly refused: FileSaying | null;
  /** Where it ended before its time; what came before was taken. */
  readonly cut: FileSaying | null;
  readonly cancellationColumn: boolean;
  readonly misspelt: string | null;
  readonly rows: number;
  readonly asked: number;
  readonly odd: number;
  readonly broken: number;
  readonly newClaims: number;
  readonly knownClaims: number;
  /** Orders that are looked at because of it; one that stands in it far apart counts twice. */
  readonly knocked: number;
  /** Orders not known here that were left alone. */
  readonly left: number;
  /** What is to be said of the first lines that could not be read. */
  readonly says: readonly FileSaying[];
}

type Tally = { -readonly [Name in keyof TakenReport]: TakenReport[Name] };

const perTransaction = 500;
const mostSayings = 20;
/** So many orders that nobody asked to cancel and that are not known here come in by one report; a file of another account has more. */
const mostStrangers = 10_000;
const over: readonly (string | null)[] = ['shipped', 'cancelled', 'unfulfillable'];

/** One report on its way in. */
interface Taking {
  readonly services: Services;
  readonly shop: ShopDomain;
  readonly seller: SellerRow;
  readonly source: ReportSource;
  readonly tally: Tally;
  strangers: number;
}

function claimOf({ services, source }: Taking, row: ReportRow): NewClaim {
  const moment = source.dataUntil === null ? source.day : new Date(source.dataUntil).toISOString();
  const words = services.vault.fingerprint(row.reason ?? '').slice(0, 16);
  return {
    amazonOrderId: row.amazonOrderId,
    source: 'report',
    key: ['report', row.amazonOrderId, row.orderItemId ?? '', moment, words].join(':'),
    orderItemIds: row.orderItemId === null ? [] : [row.orderItemId],
    saidAt: source.dataUntil,
    reason: row.reason,
  };
}

/** Whether the row of an order that nobody asked to cancel is a reason to look at it. */
function isNews(taking: Taking, row: ReportRow, known: ReadonlyMap<string, string | null>): boolean {
  const status = known.get(row.amazonOrderId);
  if (status !== undefined) return row.odd && !over.includes(status);
  return row.purchasedAt !== null && row.purchasedAt >= taking.seller.importFrom;
}

async function addCounted(tx: Tx, taking: Taking, claims: readonly NewClaim[]): Promise<void> {
  if (claims.length === 0) return;
  const { services, shop, tally } = taking;
  const keys = [...new Set(claims.map(({ key }) => key))];
  const there = await tx.claim.count({ where: { shop, key: { in: keys } } });
  await addClaims(tx, services.vault, shop, now(), claims);
  tally.knownClaims += there;
  tally.newClaims += keys.length - there;
}

async function takeBatch(
  taking: Taking,
  rows: readonly ReportRow[],
  broken: readonly BrokenLine[],
): Promise<void> {
  const { services, shop, seller, tally } = taking;
  await services.db.forShop(shop, async (tx) => {
    const sure = broken.flatMap((line) => line.amazonOrderId ?? []);
    const known = await knownOrders(tx, shop, [...rows.map((row) => row.amazonOrderId), ...sure]);
    const asked = rows.filter((row) => row.asked === 'asked');
    await addCounted(
      tx,
      taking,
      asked.map((row) => claimOf(taking, row)),
    );
    const due = new Set<AmazonOrderId>(asked.map((row) => row.amazonOrderId));
    const left = new Set<AmazonOrderId>();
    const others = rows.filter((row) => row.asked !== 'asked' && !due.has(row.amazonOrderId));
    const may = (id: AmazonOrderId, news: boolean) => {
      if (due.has(id) || (!news && known.has(id))) return;
      const stranger = !known.has(id);
      if (stranger && (!news || taking.strangers >= mostStrangers)) left.add(id);
      else {
        due.add(id);
        if (stranger) taking.strangers += 1;
      }
    };
    for (const row of others) may(row.amazonOrderId, isNews(taking, row, known));
    for (const id of sure) may(id, true);
    await knock(tx, shop, seller.sellerId, [...due]);
    tally.knocked += due.size;
    tally.left += left.size;
  });
}

/** A report without the column is worth a person's look; one that has it is the end of that. */
async function noteColumn({ services, shop, seller }: Taking, there: boolean): Promise<void> {
  const { sellerId: subject } = seller;
  await services.db.forShop(shop, async (tx) => {
    if (there) await closeAccountProblem(tx, shop, now(), 'column_off', subject);
    else
      await openAccountProblem(tx, shop, now(), { kind: 'column_off', subject, params: { seller: subject } });
  });
}

const nothingYet = (): Tally => ({
  refused: null,
  cut: null,
  cancellationColumn: false,
  misspelt: null,
  rows: 0,
  asked: 0,
  odd: 0,
  broken: 0,
  newClaims: 0,
  knownClaims: 0,
  knocked: 0,
  left: 0,
  says: [],
});

/**
 * Takes an order report of an account in, in transactions of 500 rows: each can be repeated without harm, so a report that
 * was cut is simply taken again. What a row means:
 *
 * - The buyer asked: a claim, and the order is looked at, also where the claim is known already (REQ-13). The claim's key
 *   is order, line, the time of the report's data (else its day) and a keyed hash of the words: the same report twice makes
 *   one claim, and a newer report can bring a new claim after a withdrawal.
 * - Not asked, the order known here: nothing. A report never proves that a request is gone (REQ-7, REQ-13).
 * - An odd word in the column: an order that is known and still open is looked at.
 * - An order not known here: it is looked at where Amazon has it newer than the account's import start, at most 10,000 of
 *   them by one report. Rows of another account's orders cannot be told from missed ones: Amazon does not find them, and
 *   that is a problem of each, so a whole file of them must not come in in silence; those left alone are counted.
 * - A broken line whose order is certain: that order is looked at, within the same bound.
 */
export async function takeOrderReport(
  services: Services,
  shop: ShopDomain,
  seller: SellerRow,
  source: ReportSource,
  onProgress: (progress: ReportProgress) => void = () => undefined,
): Promise<TakenReport> {
  const tally = nothingYet();
  const taking: Taking = { services, shop, seller, source, tally, strangers: 0 };
  let rows: ReportRow[] = [];
  let broken: BrokenLine[] = [];
  const flush = async (least: number) => {
    while (rows.length + broken.length >= least && rows.length + broken.length > 0)
      await takeBatch(taking, rows.splice(0, perTransaction), broken.splice(0, perTransaction));
  };
  for await (const part of readOrderReport(source.bytes, source.charset)) {
    if (part.is === 'refused') tally.refused = part.says;
    if (part.is === 'columns') {
      tally.cancellationColumn = part.cancellation;
      tally.misspelt = part.misspelt;
      if (part.cancellation || !source.columnMayLack) await noteColumn(taking, part.cancellation);
    }
    if (part.is === 'rows') {
      rows = rows.concat(part.rows);
      broken = broken.concat(part.broken);
      const room = mostSayings - tally.says.length;
      tally.says = [...tally.says, ...part.broken.slice(0, room).map((line) => line.says)];
      await flush(perTransaction);
      onProgress(part.progress);
    }
    if (part.is === 'end') {
      await flush(1);
      const { bytes: _, ...counts } = part.progress;
      Object.assign(tally, counts, { cut: part.cut });
    }
  }
  return tally;
}

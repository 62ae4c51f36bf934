import {
  endSettlement,
  keepSettlementRows,
  keepSettlements,
  moveNames,
  namedSettlementRows,
  removeSettlementRows,
  settlementOwner,
} from '../db/settlements.ts';
import { fileSaying } from '../domain/file-saying.ts';
import { LineSpans } from '../domain/line-spans.ts';
import type { NamedRow } from '../domain/moved-names.ts';
import type { SettlementHead, SettlementLine } from '../domain/reported.ts';
import { now } from '../lib/clock.ts';
import { lineBatches } from '../reports/line-batches.ts';
import { SettlementReader } from '../reports/settlement-report.ts';
import { noteLedgers } from './make-ledgers.ts';
import type { TakenFile } from './take-report.ts';
import { countRows, cutOf, noRows, perTransaction, type RowCounts, type Taking } from './taking.ts';

type Taken = Omit<TakenFile, 'kind' | 'orders'>;

/** The first of these settlements that was taken for another account of the shop; null: none. */
async function ofAnother(
  { services, shop, seller }: Taking,
  heads: readonly SettlementHead[],
): Promise<string | null> {
  for (const { settlementId } of heads) {
    const owner = await services.db.forShop(shop, (tx) => settlementOwner(tx, shop, settlementId));
    if (owner !== null && owner !== seller.sellerId) return owner;
  }
  return null;
}

async function keep(
  { services, shop }: Taking,
  rows: readonly SettlementLine[],
  counts: RowCounts,
): Promise<void> {
  await services.db.forShop(shop, async (tx) => {
    const { changed, orders } = await keepSettlementRows(tx, shop, rows);
    counts.changed += changed;
    await noteLedgers(tx, shop, orders);
  });
}

/** A settlement as it is read: which lines of the file are its rows, and the rows that people had named before. */
interface Reading {
  readonly lines: LineSpans;
  readonly named: readonly NamedRow[];
}

/** So many spans of lines are looked through at a time. */
const spansAtOnce = 1_000;

/** Removes what another file had of a settlement and this one has not: its rows stood on other lines there. Their names move. */
async function removeOthers(
  { services, shop }: Taking,
  settlementId: string,
  { lines, named }: Reading,
): Promise<void> {
  const others = lines.others();
  await services.db.forShop(shop, (tx) => moveNames(tx, shop, settlementId, named, others));
  for (let at = 0; at < others.length; at += spansAtOnce) {
    const some = others.slice(at, at + spansAtOnce);
    for (let last = perTransaction; last === perTransaction;)
      last = await services.db.forShop(shop, async (tx) => {
        const { removed, orders } = await removeSettlementRows(tx, shop, settlementId, some, perTransaction);
        await noteLedgers(tx, shop, orders);
        return removed;
      });
  }
}

/**
 * Takes a settlement report in by its lines. A row whose order is known leads to that order's ledger. Only a file of which
 * every line was read says what a settlement no longer has.
 */
export async function takeSettlement(taking: Taking, tell: (counts: RowCounts) => void): Promise<Taken> {
  const { services, shop, seller, tally } = taking;
  const reader = new SettlementReader(taking.charset);
  const counts = noRows();
  const readings = new Map<string, Reading>();
  let waiting: SettlementLine[] = [];
  const flush = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0)
      await keep(taking, waiting.splice(0, perTransaction), counts);
  };
  for await (const batch of lineBatches(taking.bytes)) {
    const { heads, rows, broken } = reader.read(batch);
    const other = await ofAnother(taking, heads);
    if (other !== null) {
      const refused = fileSaying('other_seller', { seller: other });
      return { ...counts, changed: counts.changed, refused, cut: null, settlements: [] };
    }
    if (heads.length > 0)
      await services.db.forShop(shop, (tx) => keepSettlements(tx, shop, seller.sellerId, heads, now()));
    for (const { settlementId: id } of heads.filter((head) => !readings.has(head.settlementId))) {
      const named = await services.db.forShop(shop, (tx) => namedSettlementRows(tx, shop, id));
      readings.set(id, { lines: new LineSpans(), named });
    }
    for (const { settlementId, line } of rows) readings.get(settlementId)?.lines.add(line);
    countRows(counts, rows.length, broken);
    waiting = waiting.concat(rows);
    await flush(perTransaction);
    tell(counts);
  }
  await flush(1);
  const cut = cutOf(tally, reader.unended);
  const end = { broken: counts.broken, cut: cut?.key ?? null };
  for (const [settlementId, reading] of readings) {
    if (end.broken === 0 && end.cut === null) await removeOthers(taking, settlementId, reading);
    await services.db.forShop(shop, (tx) => endSettlement(tx, shop, settlementId, end));
  }
  return { ...counts, refused: null, cut, settlements: [...readings.keys()] };
}

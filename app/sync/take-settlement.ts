import { endSettlement, keepSettlementRows, keepSettlements, settlementOwner } from '../db/settlements.ts';
import { fileSaying } from '../domain/file-saying.ts';
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

/** Takes a settlement report in by its lines. A row whose order is known leads to that order's ledger. */
export async function takeSettlement(taking: Taking, tell: (counts: RowCounts) => void): Promise<Taken> {
  const { services, shop, seller, tally } = taking;
  const reader = new SettlementReader(taking.charset);
  const counts = noRows();
  const lastLines = new Map<string, number>();
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
    for (const { settlementId } of heads) lastLines.set(settlementId, lastLines.get(settlementId) ?? 0);
    for (const { settlementId, line } of rows) lastLines.set(settlementId, line);
    countRows(counts, rows.length, broken);
    waiting = waiting.concat(rows);
    await flush(perTransaction);
    tell(counts);
  }
  await flush(1);
  const cut = cutOf(tally, reader.unended);
  for (const [settlementId, lastLine] of lastLines)
    await services.db.forShop(shop, (tx) =>
      endSettlement(tx, shop, settlementId, { broken: counts.broken, cut: cut?.key ?? null, lastLine }),
    );
  return { ...counts, refused: null, cut, settlements: [...lastLines.keys()] };
}

import { keepReturns } from '../db/reported.ts';
import type { ReturnLine } from '../domain/reported.ts';
import { lineBatches } from '../reports/line-batches.ts';
import { ReturnsReader } from '../reports/returns-report.ts';
import { noteLedgers } from './make-ledgers.ts';
import type { TakenFile } from './take-report.ts';
import { countRows, cutOf, noRows, perTransaction, type RowCounts, type Taking } from './taking.ts';

type Taken = Omit<TakenFile, 'kind' | 'orders' | 'settlements'>;

/** Takes a returns report in: what it says of orders that are known here. */
export async function takeReturns(taking: Taking, tell: (counts: RowCounts) => void): Promise<Taken> {
  const { services, shop, seller, tally } = taking;
  const reader = new ReturnsReader(taking.charset);
  const counts = noRows();
  let waiting: ReturnLine[] = [];
  const flush = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0) {
      const some = waiting.splice(0, perTransaction);
      await services.db.forShop(shop, async (tx) => {
        const orders = await keepReturns(tx, shop, seller.sellerId, some);
        counts.changed += orders.length;
        await noteLedgers(tx, shop, orders);
      });
    }
  };
  for await (const batch of lineBatches(taking.bytes)) {
    const { rows, broken } = reader.read(batch);
    countRows(counts, rows.length, broken);
    waiting = waiting.concat(rows);
    await flush(perTransaction);
    tell(counts);
  }
  await flush(1);
  return { ...counts, refused: null, cut: cutOf(tally, reader.unended) };
}

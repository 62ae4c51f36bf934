import { keepReportedLines } from '../db/reported.ts';
import { knownOrders } from '../db/known-orders.ts';
import { amazonOrderId } from '../domain/ids.ts';
import type { AllOrdersLine } from '../domain/reported.ts';
import { AllOrdersReader } from '../reports/all-orders-report.ts';
import { lineBatches, type LineBatch } from '../reports/line-batches.ts';
import { knock } from './knock.ts';
import { noteLedgers } from './make-ledgers.ts';
import { takeOrderReport, type ReportSource, type TakenReport } from './take-order-report.ts';
import { perTransaction, type RowCounts, type Taking } from './taking.ts';

const over: readonly (string | null)[] = ['shipped', 'cancelled'];

/** Whether the report says that an order is over of which Amazon was last read as open, or cancelled where it was not. */
function isNews({ status }: AllOrdersLine, known: string | null | undefined): boolean {
  if (known === undefined || known === null) return false;
  if (status.startsWith('cancel')) return known !== 'cancelled';
  return status.startsWith('shipped') && !over.includes(known) && known !== 'partially_shipped';
}

/** Keeps what lines tell, and has orders looked at of which they tell something else than was read. */
async function keep({ services, shop, seller }: Taking, lines: readonly AllOrdersLine[]): Promise<number> {
  return services.db.forShop(shop, async (tx) => {
    const ids = lines.map((line) => line.amazonOrderId);
    const changed = await keepReportedLines(tx, shop, seller.sellerId, lines);
    const known = await knownOrders(tx, shop, ids);
    const news = lines.filter((line) => isNews(line, known.get(line.amazonOrderId)));
    const due = new Set(news.map((line) => line.amazonOrderId));
    await knock(tx, shop, seller.sellerId, [...due].map(amazonOrderId));
    await noteLedgers(tx, shop, changed);
    return changed.length;
  });
}

/** The bytes that lines were made of; one that is too long stays a line that cannot be read. */
function bytesOf({ lines, unended }: LineBatch): Buffer {
  return Buffer.from(`${lines.map((line) => line ?? '\u0000').join('\n')}${unended ? '' : '\n'}`, 'latin1');
}

/**
 * Takes an all-orders report in. Its requests to cancel, and orders that are not known here, are taken as those of every order
 * report; what it says of the money and the state of orders is kept for their ledgers.
 */
export async function takeAllOrders(
  taking: Taking,
  source: ReportSource,
  tell: (counts: Pick<RowCounts, 'rows' | 'broken'>) => void,
): Promise<{ readonly orders: TakenReport; readonly changed: number }> {
  const { services, shop, seller } = taking;
  const reader = new AllOrdersReader(taking.charset);
  let changed = 0;
  let waiting: AllOrdersLine[] = [];
  const flush = async (least: number) => {
    while (waiting.length >= least && waiting.length > 0)
      changed += await keep(taking, waiting.splice(0, perTransaction));
  };
  async function* seen(): AsyncGenerator<Buffer> {
    for await (const batch of lineBatches(taking.bytes)) {
      waiting = waiting.concat(reader.read(batch));
      await flush(perTransaction);
      yield bytesOf(batch);
    }
    await flush(1);
  }
  const orders = await takeOrderReport(
    services,
    shop,
    seller,
    { ...source, bytes: seen(), columnMayLack: true },
    tell,
  );
  return { orders, changed };
}

import { fileSaying } from '../domain/file-saying.ts';
import { isKnownCurrency } from '../domain/money.ts';
import type { SettlementHead, SettlementLine } from '../domain/reported.ts';
import { orderIdPattern } from './align-row.ts';
import { FlatReader, type FlatRow, type WrongLine } from './flat-rows.ts';
import type { LineBatch } from './line-batches.ts';
import { amountIn, momentIn } from './report-values.ts';

/** The next rows of a settlement. */
export interface SettlementBatch {
  readonly heads: readonly SettlementHead[];
  readonly rows: readonly SettlementLine[];
  readonly broken: readonly WrongLine[];
}

/** Reads the rows of a settlement report (Flat File V2). Its first row has the total and the currency of all others. */
export class SettlementReader {
  readonly #flat: FlatReader;
  readonly #heads = new Map<string, SettlementHead>();

  constructor(declared: string | null) {
    this.#flat = new FlatReader(declared);
  }

  /** The line in the middle of which the file ended. */
  get unended(): number | null {
    return this.#flat.unended;
  }

  #head({ line, cell }: FlatRow, settlementId: string): SettlementHead | WrongLine {
    const currency = cell('currency').toUpperCase();
    if (!isKnownCurrency(currency)) return { line, says: fileSaying('line_currency', { line }) };
    return {
      settlementId,
      currency,
      startsAt: momentIn(cell('settlement-start-date')),
      endsAt: momentIn(cell('settlement-end-date')),
      depositedAt: momentIn(cell('deposit-date')),
      total: amountIn(cell('total-amount'), currency),
    };
  }

  #row({ line, cell }: FlatRow, settlementId: string): SettlementLine | WrongLine {
    const head = this.#heads.get(settlementId);
    if (!head) return { line, says: fileSaying('settlement_head', { settlement: settlementId }) };
    const amount = amountIn(cell('amount'), head.currency);
    if (amount === null) return { line, says: fileSaying('line_amount', { line, column: 'amount' }) };
    const order = cell('order-id');
    return {
      settlementId,
      line,
      type: cell('transaction-type'),
      amazonOrderId: orderIdPattern.test(order) ? order : '',
      orderItemId: cell('order-item-code'),
      adjustmentId: cell('adjustment-id'),
      ownAdjustmentId: cell('merchant-adjustment-item-id'),
      marketplaceName: cell('marketplace-name'),
      amountType: cell('amount-type'),
      description: cell('amount-description'),
      amount,
      postedAt: momentIn(cell('posted-date-time')) ?? momentIn(cell('posted-date')),
      sku: cell('sku'),
    };
  }

  /** The next lines, in their order. */
  read(batch: LineBatch): SettlementBatch {
    const { rows: flat, broken: wrong } = this.#flat.read(batch);
    const heads: SettlementHead[] = [];
    const rows: SettlementLine[] = [];
    const broken = [...wrong];
    for (const row of flat) {
      const id = row.cell('settlement-id');
      if (!/^[A-Za-z0-9-]{3,40}$/.test(id)) {
        broken.push({ line: row.line, says: fileSaying('line_settlement', { line: row.line }) });
        continue;
      }
      if (row.cell('total-amount') !== '') {
        const head = this.#head(row, id);
        if ('says' in head) broken.push(head);
        else {
          this.#heads.set(id, head);
          heads.push(head);
        }
        continue;
      }
      const read = this.#row(row, id);
      if ('says' in read) broken.push(read);
      else rows.push(read);
    }
    return { heads, rows, broken };
  }
}

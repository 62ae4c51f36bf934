import { createHash } from 'node:crypto';
import { fileSaying } from '../domain/file-saying.ts';
import { isKnownCurrency } from '../domain/money.ts';
import type { ReturnLine } from '../domain/reported.ts';
import { orderIdPattern } from './align-row.ts';
import { FlatReader, type FlatRow, type WrongLine } from './flat-rows.ts';
import type { LineBatch } from './line-batches.ts';
import { amountIn, momentIn } from './report-values.ts';

function lineOf({ line, cell }: FlatRow): ReturnLine | WrongLine {
  const id = cell('order-id');
  if (!orderIdPattern.test(id)) return { line, says: fileSaying('line_order', { line, column: 'Order ID' }) };
  const currency = cell('currency-code').toUpperCase();
  const made = [cell('amazon-rma-id') || cell('return-request-date'), cell('merchant-sku'), cell('asin')];
  const refunded = isKnownCurrency(currency) ? amountIn(cell('refunded-amount'), currency) : null;
  return {
    amazonOrderId: id,
    lineKey: createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 16),
    sku: cell('merchant-sku'),
    quantity: Number.parseInt(cell('return-quantity'), 10) || 0,
    returnedAt: momentIn(cell('return-request-date')),
    status: cell('return-request-status').toLowerCase(),
    currency,
    refunded,
  };
}

/** Reads the lines of a returns report. */
export class ReturnsReader {
  readonly #flat: FlatReader;

  constructor(declared: string | null) {
    this.#flat = new FlatReader(declared);
  }

  /** The line in the middle of which the file ended. */
  get unended(): number | null {
    return this.#flat.unended;
  }

  /** The next lines. */
  read(batch: LineBatch): { readonly rows: readonly ReturnLine[]; readonly broken: readonly WrongLine[] } {
    const flat = this.#flat.read(batch);
    const rows: ReturnLine[] = [];
    const broken = [...flat.broken];
    for (const row of flat.rows) {
      const read = lineOf(row);
      if ('says' in read) broken.push(read);
      else rows.push(read);
    }
    return { rows, broken };
  }
}

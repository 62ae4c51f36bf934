import { createHash } from 'node:crypto';
import { fileSaying } from '../domain/file-saying.ts';
import { isKnownCurrency } from '../domain/money.ts';
import type { AllOrdersLine } from '../domain/reported.ts';
import { orderIdPattern } from './align-row.ts';
import { FlatReader, type FlatRow, type WrongLine } from './flat-rows.ts';
import type { LineBatch } from './line-batches.ts';
import { amountIn, momentIn } from './report-values.ts';

const plus = ['item-price', 'item-tax', 'shipping-price', 'shipping-tax', 'gift-wrap-price', 'gift-wrap-tax'];
const minus = ['item-promotion-discount', 'ship-promotion-discount'];

function amountOf({ cell }: FlatRow, currency: string): number | null {
  if (!isKnownCurrency(currency) || cell('item-price') === '') return null;
  const of = (name: string) => (cell(name) === '' ? 0 : amountIn(cell(name), currency));
  const added = plus.map(of);
  // Amazon writes discounts with and without a sign; they can only take off.
  const taken = minus.map(of).map((amount) => (amount === null ? null : -Math.abs(amount)));
  return [...added, ...taken].reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function lineOf(row: FlatRow): AllOrdersLine | WrongLine {
  const { line, cell } = row;
  const id = cell('amazon-order-id');
  if (!orderIdPattern.test(id))
    return { line, says: fileSaying('line_order', { line, column: 'amazon-order-id' }) };
  const updatedAt = momentIn(cell('last-updated-date'));
  if (updatedAt === null)
    return { line, says: fileSaying('line_time', { line, column: 'last-updated-date' }) };
  const currency = cell('currency').toUpperCase();
  const made = ['sku', 'asin', 'quantity', 'item-price', 'item-status'].map(cell);
  return {
    amazonOrderId: id,
    lineKey: createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 16),
    status: cell('order-status').toLowerCase(),
    itemStatus: cell('item-status').toLowerCase(),
    sku: cell('sku'),
    quantity: Number.parseInt(cell('quantity'), 10) || 0,
    currency,
    amount: amountOf(row, currency),
    updatedAt,
  };
}

/** Reads the lines of an all-orders report by last update. */
export class AllOrdersReader {
  readonly #flat: FlatReader;

  constructor(declared: string | null) {
    this.#flat = new FlatReader(declared);
  }

  /** The next lines. What cannot be read is told by the reader of order reports, which reads the same lines. */
  read(batch: LineBatch): readonly AllOrdersLine[] {
    return this.#flat.read(batch).rows.flatMap((row) => {
      const read = lineOf(row);
      return 'says' in read ? [] : [read];
    });
  }
}

const titles =
  'settlement-id settlement-start-date settlement-end-date deposit-date total-amount currency transaction-type order-id adjustment-id marketplace-name amount-type amount-description amount posted-date-time sku';
const id = '12800000077';

/** A row of a settlement in USD of Amazon.com; the amount is a decimal. */
export interface SettlementSampleRow {
  readonly type: 'Order' | 'Refund' | 'other-transaction';
  readonly order?: string;
  readonly kind: 'ItemPrice' | 'ItemFees' | 'other-transaction';
  readonly what: string;
  readonly amount: string;
  readonly sku?: string;
}

function lineOf({ type, order = '', kind, what, amount, sku = '' }: SettlementSampleRow): string[] {
  const adjustment = type === 'Refund' ? 'A1' : '';
  const posted = '2026-11-12T00:00:00+00:00';
  return [
    ...[id, '', '', '', '', '', type, order, adjustment, 'Amazon.com', kind],
    ...[what, amount, posted, sku],
  ];
}

/** The file of a flat V2 settlement whose rows add up to `total`. */
export function settlementFile(total: string, rows: readonly SettlementSampleRow[]): string {
  const days = ['2026-11-01', '2026-11-14', '2026-11-16'].map((day) => `${day}T00:00:00+00:00`);
  const head = [id, ...days, total, 'USD', ...Array.from({ length: 9 }, () => '')];
  const lines = [titles.split(' '), head, ...rows.map(lineOf)];
  return `${lines.map((line) => line.join('\t')).join('\n')}\n`;
}

import type { SettledRow } from './ledger-facts.ts';

/** Rows of a settlement that are one refund. */
export interface SettledRefund {
  readonly key: string;
  readonly currency: string;
  /** What went to the buyer: below zero. */
  readonly amount: number;
  readonly at: number | null;
  readonly own: ReadonlySet<string>;
  readonly rows: readonly SettledRow[];
}

/** What settlements say of an order. */
export interface Settled {
  /** The buyer's money of its sale by currency; none: no row of a sale. */
  readonly sale: ReadonlyMap<string, number>;
  readonly refunds: readonly SettledRefund[];
  readonly fees: ReadonlyMap<string, number>;
  readonly withheld: ReadonlyMap<string, number>;
}

function addTo(sums: Map<string, number>, { currency, amount }: SettledRow): void {
  sums.set(currency, (sums.get(currency) ?? 0) + amount);
}

/** Rows of one refund have one number of Amazon's in one settlement; without it our own, else all of the day. */
function refundKey(row: SettledRow): string {
  const own = row.adjustmentId ?? row.ownAdjustmentId ?? String(row.postedAt ?? '');
  return `${row.settlementId}:${own}:${row.currency}`;
}

/** Puts the rows of an order together. */
export function settledOf(rows: readonly SettledRow[]): Settled {
  const sale = new Map<string, number>();
  const fees = new Map<string, number>();
  const withheld = new Map<string, number>();
  const groups = new Map<string, SettledRow[]>();
  for (const row of rows) {
    if (row.as === 'fee') addTo(fees, row);
    else if (row.as === 'withheld') addTo(withheld, row);
    else if (row.as === 'buyer' && row.sale) addTo(sale, row);
    else if (row.as === 'buyer') groups.set(refundKey(row), [...(groups.get(refundKey(row)) ?? []), row]);
  }
  const refunds = [...groups].map(([key, group]): SettledRefund => {
    const times = group.flatMap(({ postedAt }) => postedAt ?? []);
    return {
      key,
      currency: group[0]?.currency ?? '',
      amount: group.reduce((sum, { amount }) => sum + amount, 0),
      at: times.length === 0 ? null : Math.min(...times),
      own: new Set(group.flatMap(({ ownAdjustmentId }) => ownAdjustmentId ?? [])),
      rows: group,
    };
  });
  return { sale, fees, withheld, refunds: refunds.filter(({ amount }) => amount !== 0) };
}

/** What a settlement's refund is measured with. */
export interface Measured {
  /** Numbers that our own refund gave. */
  readonly own: ReadonlySet<string>;
  /** What went to the buyer by either side's word, below zero. */
  readonly amounts: readonly number[];
  readonly currency: string;
}

/**
 * Which refund of a settlement belongs to which of `measured`: by our own numbers first, then by the amount. Answers the
 * settlement's refunds by the place in `measured`, and those that are left.
 */
export function matchSettled(
  refunds: readonly SettledRefund[],
  measured: readonly Measured[],
): { readonly by: ReadonlyMap<number, readonly SettledRefund[]>; readonly left: readonly SettledRefund[] } {
  const by = new Map<number, SettledRefund[]>();
  const left = new Set(refunds);
  const give = (at: number, one: SettledRefund) => {
    by.set(at, [...(by.get(at) ?? []), one]);
    left.delete(one);
  };
  for (const one of refunds)
    measured.forEach(({ own }, at) => {
      if (left.has(one) && [...one.own].some((id) => own.has(id))) give(at, one);
    });
  for (const one of [...left]) {
    const at = measured.findIndex(
      ({ amounts, currency }, i) => !by.has(i) && currency === one.currency && amounts.includes(one.amount),
    );
    if (at >= 0) give(at, one);
  }
  // One refund may be paid out in two settlements.
  measured.forEach(({ amounts, currency }, at) => {
    const same = [...left].filter((one) => one.currency === currency);
    const whole = same.reduce((sum, { amount }) => sum + amount, 0);
    if (!by.has(at) && same.length > 1 && amounts.includes(whole)) for (const one of same) give(at, one);
  });
  return { by, left: [...left] };
}

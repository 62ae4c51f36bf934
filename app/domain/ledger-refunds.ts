import type { Compared } from './ledger.ts';
import type { LedgerClass, LedgerEntry } from './ledger-entry.ts';
import type { KeptRefund, SettledRow } from './ledger-facts.ts';
import { pairsOf, taxOf, type Pair } from './ledger-pairs.ts';
import { matchSettled, type SettledRefund } from './ledger-settled.ts';

/** Amazon's finances show what was posted up to so late. */
const lateMs = 48 * 3_600_000;

const sumOf = (list: readonly { readonly amount: number }[]) =>
  list.reduce((sum, { amount }) => sum + amount, 0);

/** Without what stands for money that was never charged. */
function chargedRefunds({ charged }: Compared): KeptRefund[] {
  return charged.refunds.flatMap(({ refund, voided }) =>
    refund.amount > voided ? [{ ...refund, amount: refund.amount - voided }] : [],
  );
}

function keyOf({ moves, refunds, sent }: Pair): string {
  const [move] = moves;
  // What a person refunded in the app is known by their choice, in problems about it too.
  if (sent?.fact.startsWith('choice:')) return `refund:${sent.fact}`;
  if (move) return `refund:${move.transactionId}`;
  return `refund:shopify:${refunds[0]?.id.split('/').at(-1) ?? ''}`;
}

/** Why the two sides of a pair are as they are; null: they say the same. */
function whyOf(one: Compared, { moves, refunds }: Pair): LedgerClass | null {
  const here = one.facts.shopify?.currency;
  if (refunds.length === 0) return 'refund_missing_shopify';
  if (moves.length === 0) return 'refund_missing_amazon';
  if (moves.some((move) => move.currency !== here)) return 'currency';
  const apart = Math.abs(sumOf(moves) - sumOf(refunds));
  if (apart === 0) return null;
  if (apart <= one.tolerance) return 'rounding';
  const tax = moves.reduce((sum, move) => sum + taxOf(move), 0);
  return apart === tax ? 'tax_treatment' : 'totals';
}

/** A pair with what settlements paid for it, in its own currency; null: nothing yet. */
interface SettledPair extends Pair {
  readonly currency: string;
  readonly settlement: number | null;
}

function settledPair(one: Compared, pair: Pair, settled: readonly SettledRefund[]): SettledPair {
  const currency = pair.moves[0]?.currency ?? one.facts.shopify?.currency ?? one.currency;
  const inCurrency = settled.filter((each) => each.currency === currency);
  return { ...pair, currency, settlement: inCurrency.length === 0 ? null : sumOf(inCurrency) };
}

/** Whether a settlement shows a refund that Amazon's finances do not. */
const inSettlement = ({ moves, refunds, settlement }: SettledPair) =>
  moves.length === 0 && settlement === -sumOf(refunds);

/**
 * Refunds that only a returns report explains. A return is one refund: those that Finances or a settlement show have theirs
 * first, and what is left over explains one other each.
 */
function returnedPairs({ facts }: Compared, pairs: readonly SettledPair[]): ReadonlySet<SettledPair> {
  const free = [...facts.returns];
  const take = (amount: number, currency: string): boolean => {
    const at = free.findIndex((one) => one.currency === currency && one.amount === amount);
    return at >= 0 && free.splice(at, 1).length > 0;
  };
  const takeFor = ({ refunds, currency }: SettledPair) => take(sumOf(refunds), currency);
  for (const { moves } of pairs) for (const move of moves) take(move.amount, move.currency);
  for (const pair of pairs) if (inSettlement(pair)) takeFor(pair);
  const open = pairs.filter((pair) => pair.moves.length === 0 && !inSettlement(pair));
  return new Set(open.filter(takeFor));
}

function entryOf(one: Compared, pair: SettledPair, returned: boolean): LedgerEntry {
  const { moves, refunds, sent, currency, settlement } = pair;
  const why = whyOf(one, pair);
  const at = Math.min(...moves.map(({ postedAt }) => postedAt), ...refunds.map((each) => each.at));
  const base = {
    kind: 'refund' as const,
    key: keyOf(pair),
    at,
    currency,
    amazon: moves.length === 0 ? null : -sumOf(moves),
    shopify: refunds.length === 0 ? null : -sumOf(refunds),
    settlement,
  };
  if (why === 'refund_missing_amazon') {
    if (returned || inSettlement(pair)) return { ...base, state: 'in_step', class: null, waitsUntil: null };
    const since = Math.max(at, sent?.latest.sentAt ?? 0);
    return { ...base, state: 'different', class: why, waitsUntil: since + lateMs };
  }
  if (why !== null) return { ...base, state: 'different', class: why, waitsUntil: null };
  if (settlement === null || Math.abs(settlement - (base.amazon ?? 0)) <= one.tolerance)
    return { ...base, state: 'in_step', class: null, waitsUntil: null };
  return { ...base, state: 'different', class: 'settlement', waitsUntil: null };
}

/** A refund that only a settlement shows. */
function settledAlone(one: Compared, refund: SettledRefund): LedgerEntry {
  const other = refund.currency !== one.currency;
  return {
    kind: 'refund',
    key: `refund:settlement:${refund.key}`,
    at: refund.at ?? one.facts.order.createdAt,
    currency: refund.currency,
    amazon: null,
    shopify: null,
    settlement: refund.amount,
    state: other ? 'in_step' : 'different',
    class: other ? 'currency' : 'refund_missing_shopify',
    waitsUntil: null,
  };
}

/** What went back after shipping, and which settlement rows belong to it. */
export function refundEntries(one: Compared): {
  readonly entries: readonly LedgerEntry[];
  readonly matched: ReadonlyMap<SettledRow, string>;
} {
  const pairs = pairsOf(one.facts, chargedRefunds(one), one.tolerance);
  const measured = pairs.map(({ moves, refunds, sent }) => ({
    own: new Set(sent?.latest.args.items.map(({ adjustmentId }) => adjustmentId)),
    amounts: [...(moves.length > 0 ? [-sumOf(moves)] : []), ...(refunds.length > 0 ? [-sumOf(refunds)] : [])],
    currency: moves[0]?.currency ?? one.currency,
  }));
  const { by, left } = matchSettled(one.settled.refunds, measured);
  const matched = new Map<SettledRow, string>();
  const settledPairs = pairs.map((pair, at) => {
    const settled = by.get(at) ?? [];
    for (const row of settled.flatMap(({ rows }) => rows)) {
      const own = row.ownAdjustmentId !== null && measured[at]?.own.has(row.ownAdjustmentId);
      matched.set(row, own ? `own:${row.ownAdjustmentId}` : keyOf(pair));
    }
    return settledPair(one, pair, settled);
  });
  const returned = returnedPairs(one, settledPairs);
  const entries = settledPairs.map((pair) => entryOf(one, pair, returned.has(pair)));
  // Of another currency, where both sides have one each: paid out at Amazon's rate, and not compared.
  const alone = left.filter(({ currency }) => currency === one.currency || pairs.length === 0);
  return { entries: [...entries, ...alone.map((refund) => settledAlone(one, refund))], matched };
}

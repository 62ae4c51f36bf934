import { paidOf } from './amazon-paid.ts';
import type { LedgerClass, LedgerEntry } from './ledger-entry.ts';
import type { LedgerFacts, SettledRow } from './ledger-facts.ts';
import { refundEntries } from './ledger-refunds.ts';
import { settledOf, type Settled } from './ledger-settled.ts';
import { unpaidLines } from './ledger-unpaid.ts';
import { chargedOf, type Charged } from './ledger-void.ts';
import { currencyOf } from './order-draft.ts';

/** A ledger of one order, and what each settlement row of it belongs to. */
export interface OrderLedger {
  readonly entries: readonly LedgerEntry[];
  /** By settlement and line: `sale`, `fee`, `tax`, `refund:KEY`, `own:NUMBER`. */
  readonly matched: readonly {
    readonly settlementId: string;
    readonly line: number;
    readonly to: string;
  }[];
}

/** An order as it is compared. */
export interface Compared {
  readonly facts: LedgerFacts;
  readonly currency: string;
  readonly charged: Charged;
  readonly settled: Settled;
  /** Splitting a line may cost a minor unit. */
  readonly tolerance: number;
  /** All tax of the order on Amazon. */
  readonly tax: number;
}

/** Why two amounts of one thing differ; null: they do not. */
function whyApart(
  a: number,
  b: number,
  { tolerance, tax }: Pick<Compared, 'tolerance' | 'tax'>,
): LedgerClass | null {
  const apart = Math.abs(a - b);
  if (apart === 0) return null;
  if (apart <= tolerance) return 'rounding';
  return tax > 0 && apart === tax ? 'tax_treatment' : 'totals';
}

function saleEntry(one: Compared): LedgerEntry | null {
  const { facts, currency, charged, settled } = one;
  const { shopify, order } = facts;
  if (charged.whole) return null;
  const here = shopify && chargedIn(shopify.total, one);
  const paid = settled.sale.get(currency) ?? null;
  const base = {
    kind: 'sale' as const,
    key: 'sale',
    at: order.createdAt,
    currency,
    amazon: charged.amazon,
    shopify: here,
    settlement: paid,
    waitsUntil: null,
  };
  if (facts.shopifyUnread) return { ...base, state: 'not_known', class: 'not_known' };
  if (here === null) return { ...base, state: 'different', class: 'not_in_shopify' };
  if (shopify?.currency !== currency) return { ...base, state: 'different', class: 'currency' };
  if (charged.amazon === null) return { ...base, state: 'not_known', class: 'not_known' };
  const why = whyApart(charged.amazon, here, one);
  if (why !== null) return { ...base, state: 'different', class: why };
  return { ...base, ...besideSettlement(one, paid) };
}

/** Shopify's total without what was never charged. Where that was not taken off there yet the void tells of it. */
function chargedIn(total: number, { charged, tolerance }: Compared): number {
  if (!charged.voided) return total;
  const without = total - charged.voided;
  if (charged.amazon !== null && Math.abs(charged.amazon - without) <= tolerance) return without;
  return total - charged.refunds.reduce((sum, { voided }) => sum + voided, 0);
}

/** The settlement beside a sale that both sides agree on. What was not paid out yet says nothing. */
function besideSettlement(
  { charged, facts, settled, ...one }: Compared,
  paid: number | null,
): Pick<LedgerEntry, 'state' | 'class' | 'waitsUntil'> {
  const inStep = (why: LedgerClass | null) => ({ state: 'in_step', class: why, waitsUntil: null }) as const;
  if (paid === null) return inStep(settled.sale.size > 0 ? 'currency' : null);
  const amazon = charged.amazon ?? 0;
  const why = whyApart(amazon, paid, one);
  // The marketplace's own tax may not pass through a settlement at all.
  if (why !== 'totals') return inStep(why);
  if (paid < amazon && facts.order.status === 'partially_shipped') return inStep(null);
  const unpaid = unpaidLines(facts);
  const later =
    unpaid !== null &&
    whyApart(amazon - unpaid.amount, paid, { ...one, tax: one.tax - unpaid.tax }) !== 'totals';
  return { state: 'different', class: 'settlement', waitsUntil: later ? unpaid.until : null };
}

function voidEntry(one: Compared): LedgerEntry | null {
  const { facts, currency, charged, settled } = one;
  const { shopify, order } = facts;
  const here = charged.refunds.reduce((sum, { voided }) => sum + voided, 0);
  if (!charged.whole && !charged.voided) return null;
  // Never brought in, and nothing to bring in.
  if (!shopify) return null;
  const cancelledHere = shopify.cancelledAt;
  const settledSale = settled.sale.get(currency) ?? null;
  const unknown = charged.whole && charged.voided === null;
  const voided = charged.voided ?? 0;
  const base = {
    kind: 'void' as const,
    key: 'void',
    at: charged.whole && voided === 0 && !unknown && cancelledHere !== null ? cancelledHere : order.createdAt,
    currency,
    amazon: unknown ? null : 0 - voided,
    shopify: 0 - here,
    settlement: charged.whole && settledSale ? settledSale : null,
    waitsUntil: null,
  };
  if (base.settlement !== null) return { ...base, state: 'different', class: 'settlement' };
  if (unknown) {
    const whole = here === shopify.total;
    if (whole) return { ...base, state: 'in_step', class: 'void' };
    return { ...base, state: 'different', class: here === 0 ? 'refund_missing_shopify' : 'totals' };
  }
  // Cancelled in Shopify alone: Amazon waits for the goods and will charge, also where nothing was given back here.
  if (voided === 0) return { ...base, state: 'different', class: 'refund_missing_amazon' };
  if (shopify.currency !== currency) return { ...base, state: 'different', class: 'currency' };
  const why = whyApart(voided, here, one);
  if (why === null) return { ...base, state: 'in_step', class: 'void' };
  if (here === 0) return { ...base, state: 'different', class: 'refund_missing_shopify' };
  return { ...base, state: 'different', class: why };
}

/** Fees, or tax that the marketplace keeps: Shopify has neither, and that is right. */
function keptEntry(one: Compared, kind: 'fee' | 'tax', allSettled: boolean): LedgerEntry[] {
  const { facts, settled } = one;
  const sums = kind === 'fee' ? settled.fees : settled.withheld;
  const shown = facts.postings.filter((each) => (kind === 'fee' ? each.fees : each.withheld) !== 0);
  const currencies = new Set([...shown.map(({ currency }) => currency), ...sums.keys()]);
  return [...currencies].sort().map((currency): LedgerEntry => {
    const own = shown.filter((each) => each.currency === currency);
    const amazon =
      own.length === 0
        ? null
        : own.reduce((sum, each) => sum + (kind === 'fee' ? each.fees : each.withheld), 0);
    const settlement = sums.get(currency) ?? null;
    const apart = amazon !== null && settlement !== null && allSettled && amazon !== settlement;
    return {
      kind,
      key: `${kind}:${currency}`,
      at: Math.min(facts.order.createdAt, ...own.map(({ postedAt }) => postedAt)),
      currency,
      amazon,
      shopify: null,
      settlement,
      state: apart ? 'different' : 'in_step',
      class: apart ? 'settlement' : kind === 'fee' ? 'fees' : 'tax_treatment',
      waitsUntil: null,
    };
  });
}

/** The buyer's money in settlement rows, by what they belong to; the others by what they are. */
function matchedRows(rows: readonly SettledRow[], refunds: ReadonlyMap<SettledRow, string>) {
  const names = { fee: 'fee', withheld: 'tax', other: 'other' } as const;
  return rows.map((row) => ({
    settlementId: row.settlementId,
    line: row.line,
    to: row.as === 'buyer' ? (row.sale ? 'sale' : (refunds.get(row) ?? '')) : names[row.as],
  }));
}

/**
 * The ledger of one order (REP-1, REP-2): what was sold, never charged, given back, and kept by Amazon, each in Amazon's,
 * Shopify's and the settlement's words. Amounts are compared in the order's own currency and never converted. It knows
 * nothing of the present: see `seenEntry` for what may still be Amazon's lateness.
 */
export function ledgerOf(facts: LedgerFacts): OrderLedger {
  const { order, shopify } = facts;
  const currency = currencyOf(order) ?? shopify?.currency ?? facts.moves[0]?.currency ?? '';
  const tax = [...paidOf(order).values()].reduce(
    (sum, { tax: own = 0, shippingTax = 0, giftWrapTax = 0 }) => sum + own + shippingTax + giftWrapTax,
    0,
  );
  const one: Compared = {
    facts,
    currency,
    charged: chargedOf(facts),
    settled: settledOf(facts.settled),
    tolerance: Math.max(1, order.lines.length),
    tax,
  };
  const sale = saleEntry(one);
  const gone = voidEntry(one);
  const { entries: refunds, matched } = refundEntries(one);
  const allSettled =
    (sale === null || (sale.settlement !== null && sale.settlement === sale.amazon)) &&
    refunds.every(({ amazon, settlement }) => (amazon === null) === (settlement === null));
  const kept = [...keptEntry(one, 'fee', allSettled), ...keptEntry(one, 'tax', allSettled)];
  const entries = [...(sale ? [sale] : []), ...(gone ? [gone] : []), ...refunds, ...kept];
  return { entries, matched: matchedRows(facts.settled, matched) };
}

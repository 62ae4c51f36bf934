import type { Draft } from './ledger-draft.ts';

/** The moment at which the month is looked at (ms UTC). */
export const monthEnd = Date.UTC(2026, 10, 30, 12);
const hour = 3_600_000;
const day = 24 * hour;

export type Say = (kind: string, state: string, why: string) => void;
export interface Sources {
  readonly back: (
    draft: Draft,
    amount: number,
    at: number,
    options?: { tax?: number; currency?: string; kind?: string; id?: string },
  ) => string;
  readonly paidBack: (draft: Draft, amount: number, at: number, own?: string) => void;
  readonly returned: (draft: Draft, amount: number, at: number) => void;
  readonly reportCancelled: (draft: Draft) => void;
}
type Trouble = (draft: Draft, say: Say, sources: Sources) => void;

const half = (amount: number) => Math.floor(amount / 2);
function cancel(draft: Draft): void {
  draft.status = 'cancelled';
  draft.settled = false;
  draft.lines = [draft.line(1, { quantityFulfilled: 0, cancelled: { by: 'BUYER', reason: null } })];
}

/** The kinds of trouble; each says what a ledger must say of it. Orders with `old` refunds were made early in the month. */
export const troubles: Readonly<Record<string, Trouble>> = {
  void_both(draft, say) {
    cancel(draft);
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'in_step', 'void');
  },
  void_without_total(draft, say) {
    cancel(draft);
    draft.total = null;
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'in_step', 'void');
  },
  void_amazon_only(draft, say) {
    cancel(draft);
    say('void', 'different', 'refund_missing_shopify');
  },
  void_shopify_only(draft, say) {
    draft.status = 'unshipped';
    draft.settled = false;
    draft.lines = [draft.line(1, { quantityFulfilled: 0, quantityUnfulfilled: 1 })];
    draft.cancelledAt = draft.at + hour;
    draft.refund(draft.gross, draft.at + hour);
    say('void', 'different', 'refund_missing_amazon');
  },
  void_shopify_unrefunded(draft, say, sources) {
    troubles['void_shopify_only']?.(draft, say, sources);
    draft.refunds.length = 0;
  },
  void_reported(draft, say, { reportCancelled }) {
    troubles['void_shopify_only']?.(draft, () => undefined, {} as Sources);
    reportCancelled(draft);
    say('void', 'in_step', 'void');
  },
  void_line(draft, say) {
    const gone = draft.line(2, { quantityFulfilled: 0, cancelled: { by: 'MERCHANT', reason: null } });
    draft.lines = [draft.line(1), gone];
    draft.total = draft.n % 2 === 0 ? draft.gross : 2 * draft.gross;
    draft.shopTotal = 2 * draft.gross;
    draft.refund(draft.gross, draft.at + day, { lines: [{ item: gone.orderItemId, amount: draft.gross }] });
    say('void', 'in_step', 'void');
  },
  refund_both(draft, _say, { back, paidBack }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross), draft.at + 5 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
  },
  refund_entered(draft, _say, { back }) {
    const id = back(draft, half(draft.gross), draft.at + 4 * day, { kind: 'GuaranteeClaim' });
    draft.refund(half(draft.gross), draft.at + 5 * day, { key: `refund_shopify:${draft.id}:move:${id}` });
  },
  refund_own(draft, _say, { back, paidBack }) {
    // Two of the same amount: which is which is told by our own number.
    draft.refund(half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross), draft.at + 5 * day);
    draft.refunds.forEach((refund, i) => {
      const adjustmentId = `C${String(draft.n)}-${String(i)}`;
      const fact = `refund:${refund.id.split('/').at(-1) ?? ''}`;
      draft.sent.push({
        key: `refund_amazon:${draft.id}:${fact}`,
        at: refund.at + hour,
        args: {
          reason: 'GeneralAdjustment',
          currency: draft.currency,
          items: [
            {
              orderItemId: draft.lines[0]?.orderItemId ?? '',
              adjustmentId,
              components: { principal: half(draft.gross) },
            },
          ],
        },
      });
      back(draft, half(draft.gross), refund.at + 2 * hour);
      paidBack(draft, half(draft.gross), refund.at + 2 * hour, adjustmentId);
    });
  },
  refund_two_for_one(draft, _say, { back }) {
    back(draft, 300, draft.at + 4 * day);
    draft.refund(100, draft.at + 5 * day);
    draft.refund(200, draft.at + 5 * day + hour);
  },
  refund_amazon_only(draft, say, { back, paidBack }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_shopify');
  },
  refund_shopify_late(draft, say) {
    draft.refund(half(draft.gross), monthEnd - 20 * hour);
    say('refund', 'waiting', 'waiting');
  },
  refund_shopify_only(draft, say) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_amazon');
  },
  refund_settled_only(draft, _say, { paidBack }) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
  },
  refund_in_settlement_alone(draft, say, { paidBack }) {
    paidBack(draft, half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'refund_missing_shopify');
  },
  refund_returned(draft, _say, { returned }) {
    draft.refund(half(draft.gross), draft.at + 4 * day);
    returned(draft, half(draft.gross), draft.at + 3 * day);
  },
  refund_returned_once(draft, say, { returned }) {
    for (const days of [4, 5]) draft.refund(half(draft.gross), draft.at + days * day);
    returned(draft, half(draft.gross), draft.at + 3 * day);
    say('refund', 'different', 'refund_missing_amazon');
  },
  rounding_total(draft, say) {
    draft.shopTotal -= 1;
    say('sale', 'different', 'rounding');
  },
  rounding_refund(draft, say, { back }) {
    back(draft, half(draft.gross), draft.at + 4 * day);
    draft.refund(half(draft.gross) - 1, draft.at + 4 * day);
    say('refund', 'different', 'rounding');
  },
  tax_total(draft, say) {
    draft.shopTotal -= draft.tax;
    say('sale', 'different', 'tax_treatment');
  },
  tax_refund(draft, say, { back }) {
    back(draft, draft.gross, draft.at + 4 * day, { tax: draft.tax });
    draft.refund(draft.net, draft.at + 4 * day);
    say('refund', 'different', 'tax_treatment');
  },
  currency_order(draft, say) {
    draft.shopCurrency = 'GBP';
    say('sale', 'different', 'currency');
  },
  currency_refund(draft, say, { back }) {
    back(draft, half(draft.gross), draft.at + 4 * day, { currency: 'GBP' });
    draft.refund(half(draft.gross), draft.at + 4 * day);
    say('refund', 'different', 'currency');
  },
  totals(draft, say) {
    draft.shopTotal -= half(draft.gross);
    say('sale', 'different', 'totals');
  },
  settlement_short(draft, say) {
    draft.short = half(draft.gross);
    say('sale', 'different', 'settlement');
  },
  settlement_later(draft, say) {
    // Of two parcels the second left after the settlement was closed.
    draft.lines = [draft.line(1), draft.line(2)];
    draft.total = 2 * draft.gross;
    draft.shopTotal = 2 * draft.gross;
    say('sale', 'waiting', 'waiting');
  },
  settlement_short_later(draft, say, sources) {
    troubles['settlement_later']?.(draft, () => undefined, sources);
    draft.short = half(draft.gross);
    say('sale', 'different', 'settlement');
  },
  not_in_shopify(draft, say) {
    draft.inShopify = false;
    say('sale', 'different', 'not_in_shopify');
  },
  not_known(draft, say) {
    draft.total = null;
    say('sale', 'not_known', 'not_known');
  },
};

import type { Effect } from '../domain/decision-effects.ts';
import { toDecimal, type Money } from '../domain/money.ts';

/** The amount (a decimal text) as the effects that were shown last or the order's total have it; null where there is nothing to refund. */
export function wholeAmount(total: Money | null, shown: readonly Effect[]): string | null {
  const cancel = shown.find(({ key }) => key === 'shopify_cancel');
  if (cancel) return typeof cancel.params['amount'] === 'string' ? cancel.params['amount'] : null;
  return total && total.amount > 0 ? toDecimal(total) : null;
}

/** The amount (a decimal text) that a refund would refund on Amazon; null where none is shown. */
export function refundedAmount(shown: readonly Effect[]): string | null {
  const amount = shown.find(({ key }) => key === 'amazon_refund')?.params['amount'];
  return typeof amount === 'string' ? amount : null;
}

/** Whether units would go back in stock, as it was shown last. */
export function restocks(shown: readonly Effect[]): boolean {
  return shown.some(({ key, params }) => key === 'restock' && Number(params['n']) > 0);
}

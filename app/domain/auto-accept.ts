import type { AmazonStatus } from './amazon-order.ts';
import type { AutoAcceptRules } from './auto-accept-rules.ts';
import { parseMoney, type Money } from './money.ts';
import type { Covered } from './reason-map.ts';

/** Which condition leaves a request to a person; `guard`: nobody may cancel the order from here by itself. */
export type AutoCondition =
  'off' | 'not_unshipped' | 'lines' | 'free' | 'currency' | 'amount' | 'time' | 'sku' | 'guard';

/** A request as the rules judge it. Times in ms UTC; `at`: when it is decided on. */
export interface AskedOrder {
  readonly status: AmazonStatus;
  readonly covers: Covered;
  readonly total: Money | null;
  readonly skus: readonly string[];
  readonly requestedAt: number;
  readonly at: number;
}

const hourMs = 3_600_000;

/** Whether the order costs less than the rules say, where they say something. */
function amountFails(limits: AutoAcceptRules['underAmount'], total: Money | null): AutoCondition | null {
  if (total?.amount === 0) return 'free';
  if (limits === null) return null;
  const limit = total ? limits[total.currency] : undefined;
  if (!total || limit === undefined) return 'currency';
  const under = parseMoney(limit, total.currency)?.money.amount ?? 0;
  return total.amount < under ? null : 'amount';
}

/** The first condition that a request does not meet; null: it is approved by itself (CAN-16). */
export function failedCondition(rules: AutoAcceptRules, asked: AskedOrder): AutoCondition | null {
  if (!rules.on) return 'off';
  if (asked.status !== 'unshipped') return 'not_unshipped';
  if (asked.covers !== 'all') return 'lines';
  const amount = amountFails(rules.underAmount, asked.total);
  if (amount !== null) return amount;
  const late = rules.withinHours !== null && asked.at - asked.requestedAt > rules.withinHours * hourMs;
  if (late) return 'time';
  return asked.skus.some((sku) => rules.notSkus.includes(sku)) ? 'sku' : null;
}

import { failedCondition, type AutoCondition } from './auto-accept.ts';
import type { AutoAcceptRules } from './auto-accept-rules.ts';
import type { Money } from './money.ts';

/** A request of the past as the rules judge it. Times in ms UTC. */
export interface Past {
  readonly state: string;
  readonly requestedAt: number;
  readonly confirmedAt: number;
  /** The order was shipped already when the request was first seen. */
  readonly lateFromStart: boolean;
  readonly coversAll: boolean;
  readonly total: Money | null;
  readonly skus: readonly string[];
}

/** What rules would have done: how many of all, their money (minor units by currency), and what became of those. */
export interface RulesPreview {
  readonly requests: number;
  readonly approved: number;
  readonly sums: Readonly<Record<string, number>>;
  /** Of those approved: shipped all the same, or taken back by the buyer later. */
  readonly shipped: number;
  readonly withdrawn: number;
  /** The others by the first condition that failed. */
  readonly left: Readonly<Partial<Record<AutoCondition, number>>>;
}

/** What these rules would have approved of past requests, as if they had been on (CAN-16). */
export function previewRules(rules: AutoAcceptRules, past: readonly Past[]): RulesPreview {
  const judged = past.map((one) => ({
    one,
    failed: failedCondition(
      { ...rules, on: true },
      {
        status: one.lateFromStart ? 'shipped' : 'unshipped',
        covers: one.coversAll ? 'all' : 'some',
        total: one.total,
        skus: one.skus,
        requestedAt: one.requestedAt,
        at: one.confirmedAt,
      },
    ),
  }));
  const approved = judged.filter(({ failed }) => failed === null).map(({ one }) => one);
  const sums: Record<string, number> = {};
  for (const { total } of approved)
    if (total) sums[total.currency] = (sums[total.currency] ?? 0) + total.amount;
  const left: Partial<Record<AutoCondition, number>> = {};
  for (const { failed } of judged) if (failed !== null) left[failed] = (left[failed] ?? 0) + 1;
  return {
    requests: past.length,
    approved: approved.length,
    sums,
    shipped: approved.filter(({ state }) => state === 'too_late').length,
    withdrawn: approved.filter(({ state }) => state === 'withdrawn').length,
    left,
  };
}

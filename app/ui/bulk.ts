import type { Effect } from '../domain/decision-effects.ts';
import type { Refused } from '../domain/explain-refusal.ts';
import { parseMoney, sum, type Money } from '../domain/money.ts';
import type { Asked } from '../routes/app.orders.$order.decide.ts';
import type { DecisionAnswer } from './decision.ts';
import type { Done } from './use-each.ts';

/** A decision that is taken on many orders at once. */
export type Bulk = 'approve' | 'decline';

/** What a decision on one of many asks for: all that can be refunded, and the buyer's own reason or none. */
export function bulkWish(what: Bulk, preview: boolean, version: string | null): Asked {
  if (what === 'decline') return { intent: 'decline', preview, version };
  return {
    intent: 'cancel',
    preview,
    amount: 'full',
    reason: null,
    restock: null,
    free: false,
    version,
  };
}

/** Orders that an answer came for, and those that are left out with the reason; `refused` is null where no answer came. */
export interface Sorted {
  readonly taken: readonly { readonly id: string; readonly answer: DecisionAnswer & { readonly ok: true } }[];
  readonly left: readonly { readonly id: string; readonly refused: Omit<Refused, 'ok'> | null }[];
}

/** Parts what many came to. */
export function sorted(done: readonly Done<DecisionAnswer>[]): Sorted {
  const taken: Sorted['taken'][number][] = [];
  const left: Sorted['left'][number][] = [];
  for (const { id, answer } of done) {
    if (answer?.ok === true) taken.push({ id, answer });
    else left.push({ id, refused: answer });
  }
  return { taken, left };
}

/** Until when all of them can be taken back, ms UTC; null: there is no such time. */
export function undoableUntil({ taken }: Sorted): number | null {
  const times = taken.flatMap(({ answer }) => (answer.undoUntil === null ? [] : [answer.undoUntil]));
  return times.length === 0 ? null : Math.min(...times);
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** What Shopify will record as refunded in all, per currency: amounts of different currencies are never added. */
export function refundedBy(effects: readonly Effect[]): Money[] {
  const amounts = effects.flatMap(({ key, params }) => {
    if (key !== 'shopify_cancel') return [];
    const read = parseMoney(text(params['amount']), text(params['currency']));
    return read ? [read.money] : [];
  });
  return [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, all]) => sum(currency, all));
}

/** Units that go back in stock in all. */
export function restockedBy(effects: readonly Effect[]): number {
  return effects.reduce(
    (units, { key, params }) => (key === 'restock' ? units + Number(params['n']) : units),
    0,
  );
}

import type { AdjustmentReason } from './command.ts';
import { dealing, soonMs, type Dealing } from './dealing.ts';
import { refundAmazonKey } from './money-keys.ts';
import { currencyOf } from './order-draft.ts';
import type { Ledger } from './refund-ledger.ts';
import type { RefundItem } from './split-refund.ts';

/** Amazon's schema allows 50 signs; a choice's id is longer with its dashes. */
function adjustmentId(fact: string, turn: number, orderItemId: string): string {
  const id = fact.slice(fact.indexOf(':') + 1).replaceAll('-', '');
  return `${id}${turn === 0 ? '' : `.${String(turn)}`}-${orderItemId}`.slice(0, 50);
}

/** A refund for Amazon's next batch. `undoUntil`: it rests until then (ms UTC); 0: nothing can be undone. */
interface PlannedRefund {
  readonly fact: string;
  readonly turn: number;
  readonly reason: AdjustmentReason;
  readonly items: readonly RefundItem[];
  readonly undoUntil: number;
}

/** Amazon's own currency of the order: another app may have booked it in another one in Shopify. */
export function refundCurrency({ one, books }: Ledger): string {
  return currencyOf(one.order) ?? books.currency;
}

/**
 * Leaves a refund to the next batch, proved only by Amazon's own word of now. The same fact has the same key and the same
 * ids of its lines, however often it is decided on.
 */
export function planRefund(ledger: Ledger, refund: PlannedRefund): Dealing {
  const { one, sent } = ledger;
  const { situation, order, askedAt } = one;
  const { fact, turn, reason, items, undoUntil } = refund;
  const key = refundAmazonKey(order.id, fact, turn);
  const before = sent.get(fact);
  const ripe = situation.now >= undoUntil;
  const from = before?.latest.key === key ? before.latest.state : null;
  const proved = ripe && askedAt !== null;
  const named = items.map((item) => ({ ...item, adjustmentId: adjustmentId(fact, turn, item.orderItemId) }));
  return dealing({
    plan: [
      {
        kind: 'refund_amazon',
        key,
        from,
        args: { reason, currency: refundCurrency(ledger), items: named },
        notBefore: undoUntil > 0 ? undoUntil : null,
        provedAt: proved ? askedAt : null,
      },
    ],
    dueAgain: proved
      ? []
      : [ripe ? { at: situation.now + soonMs, reason: 'slot' } : { at: undoUntil, reason: 'undo' }],
  });
}

/** What was planned and is not wanted any more. */
export function recallRefund({ sent }: Ledger, fact: string): Dealing {
  const latest = sent.get(fact)?.latest;
  return dealing({ events: latest?.state === 'planned' ? [{ key: latest.key, event: 'recalled' }] : [] });
}

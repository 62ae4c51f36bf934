import type { MarketplaceRate, Rate } from './cancellation-rate.ts';
import { rateAfter } from './cancellation-rate.ts';
import type { AmazonCancelReason } from './cancel-reason.ts';
import type { Case } from './dealing.ts';
import type { Params } from './problem.ts';
import { saidMoney } from './said-money.ts';

/** One thing that a decision does, as its sentence: a key under `effect` and what it is made with. */
export interface Effect {
  readonly key:
    | 'amazon_void'
    | 'amazon_refund'
    | 'amazon_nothing'
    | 'reason'
    | 'shopify_cancel'
    | 'shopify_refund'
    | 'shopify_release'
    | 'restock'
    | 'counts_no'
    | 'counts_yes'
    | 'open_until_shipped'
    | 'amazon_untold'
    | 'shopify_mark'
    | 'shopify_unmark'
    | 'undo'
    | 'undo_refund';
  readonly params: Params;
}

/** `0.97`: a rate in percent with two decimals. */
function percent(rate: Rate): string {
  return ((rate.counted / rate.total) * 100).toFixed(2);
}

/** What a cancel does to the cancellation rate: with the buyer's request on file nothing (CAN-6). */
export function countingEffect(reason: AmazonCancelReason, rate: MarketplaceRate | null): Effect {
  const counts = reason !== 'BuyerCanceled';
  const key = counts ? 'counts_yes' : 'counts_no';
  const before = rate?.rate ?? null;
  const after = rateAfter(before, counts);
  if (!before || !after) return { key, params: {} };
  return { key, params: { rate: percent(before), value: percent(after) } };
}

/** Everything that a cancel will do, Amazon first, because it happens first. `undoUntil` in ms UTC. */
export function cancelEffects(
  { linked, order, situation }: Case,
  wanted: {
    readonly amount: number | null;
    readonly reason: AmazonCancelReason;
    readonly restock: boolean;
    readonly undoUntil: number;
  },
  rate: MarketplaceRate | null,
): Effect[] {
  const { name, total } = linked;
  const money = wanted.amount === null ? {} : saidMoney({ amount: wanted.amount, currency: total.currency });
  const units = order.lines.reduce((sum, { quantityOrdered }) => sum + quantityOrdered, 0);
  const back = wanted.restock && situation.link.stockTaken ? units : 0;
  return [
    { key: 'amazon_void', params: {} },
    { key: 'reason', params: { what: wanted.reason } },
    { key: 'shopify_cancel', params: { name, ...money } },
    { key: 'restock', params: { n: back } },
    countingEffect(wanted.reason, rate),
    { key: 'undo', params: { time: wanted.undoUntil } },
  ];
}

/** What declining a request does: nothing on Amazon, for the shipment is the answer (CAN-17). */
export function declineEffects({ linked, order }: Case): Effect[] {
  return [
    { key: 'amazon_nothing', params: {} },
    { key: 'shopify_release', params: { name: linked.name } },
    { key: 'open_until_shipped', params: { shipBy: order.shipBy.latest } },
  ];
}

/** What recording a buyer's message does: nothing on Amazon, for only the buyer can ask there (REQ-10). */
export function informalEffects(hold: boolean): Effect[] {
  return [
    { key: 'amazon_untold', params: {} },
    { key: 'shopify_mark', params: { h: hold ? 'yes' : 'no' } },
  ];
}

/** What taking mark and hold away does that only a claim asked for. */
export function unmarkEffects(): Effect[] {
  return [
    { key: 'amazon_untold', params: {} },
    { key: 'shopify_unmark', params: {} },
  ];
}

/** What a refund of `amount` minor units does. `undoUntil` in ms UTC. */
export function refundEffects(
  { linked }: Case,
  amount: number,
  currency: string,
  undoUntil: number,
): Effect[] {
  const money = saidMoney({ amount, currency });
  return [
    { key: 'amazon_refund', params: money },
    { key: 'shopify_refund', params: { ...money, name: linked.name } },
    { key: 'undo_refund', params: { time: undoUntil } },
  ];
}

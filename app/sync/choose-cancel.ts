import { addChoice, takeBackChoice } from '../db/choices.ts';
import { cancelGuard } from '../domain/cancel-guard.ts';
import { leftOnBooks } from '../domain/cancel-in-shopify.ts';
import type { AmazonCancelReason } from '../domain/cancel-reason.ts';
import { coveredByRequest } from '../domain/covered-by-request.ts';
import type { Case } from '../domain/dealing.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { cancelAmazonKey } from '../domain/money-keys.ts';
import type { Params } from '../domain/problem.ts';
import { reasonGuard } from '../domain/reason-map.ts';
import { parseRefundAmount } from '../domain/refund-amount.ts';
import { now } from '../lib/clock.ts';
import { knock } from './knock.ts';
import { orderCase } from './order-case.ts';
import type { Services } from './services.ts';

/** What became of a person's decision: taken, with until when it can be undone (ms UTC), or refused by a guard. */
export type Chosen =
  | {
      readonly ok: true;
      readonly outcome: 'chosen' | 'already_chosen' | 'already_cancelled';
      readonly id: string | null;
      readonly undoUntil: number;
      readonly params: Params;
    }
  | { readonly ok: false; readonly guard: string; readonly params: Params };

/** What a person typed or pressed. `amount`: as it was typed; `full`: all that can be refunded. */
export interface CancelWanted {
  readonly amount: string;
  readonly reason: AmazonCancelReason | null;
  readonly restock: boolean | null;
  /** The person confirmed that a free order is voided (CAN-3). */
  readonly free: boolean;
  readonly by: string;
}

/** The amount in minor units; null for an order that costs nothing, or of which nothing is left to refund (CAN-1 to CAN-3). */
function amountOf(
  one: Case,
  wanted: CancelWanted,
):
  | { readonly ok: true; readonly amount: number | null }
  | { readonly ok: false; readonly guard: string; readonly params: Params } {
  const { linked, books } = one;
  const { currency } = linked.total;
  const paid = books?.sale?.amount.amount ?? linked.total.amount;
  if (linked.total.amount === 0)
    return wanted.free
      ? { ok: true, amount: null }
      : { ok: false, guard: 'zero_order_needs_confirm', params: {} };
  const refundable = books ? leftOnBooks(books) : paid;
  if (refundable === 0) return { ok: true, amount: null };
  return parseRefundAmount(wanted.amount, { currency, refundable, shipped: false, free: false });
}

/** Writes the choice down and wakes the loop, in one transaction. Nothing is sent from here. */
async function write(
  services: Services,
  shop: ShopDomain,
  one: Case,
  wanted: CancelWanted,
  chosen: { readonly amount: number | null; readonly reason: AmazonCancelReason },
  seller: Parameters<typeof knock>[2],
): Promise<Chosen> {
  const { settings } = one.situation;
  const at = now();
  const undoUntil = at + settings.undoMinutes * 60_000;
  const args = { ...chosen, restock: wanted.restock ?? settings.restock };
  const order = one.order.id;
  const { id, fresh } = await services.db.forShop(shop, async (tx) => {
    const made = await addChoice(tx, shop, {
      order,
      kind: 'cancel',
      subject: '',
      args,
      by: wanted.by,
      at,
      undoUntil,
    });
    await knock(tx, shop, seller, [order], { wanted: true });
    return made;
  });
  const outcome = fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id, undoUntil, params: { id: order } };
}

/**
 * A person approves a buyer's request, or cancels an order for a reason of their own: guarded by what is known now, written
 * down, and left to the loop, which guards again by what Amazon then shows (CAN-1 to CAN-8). Twice is once (CAN-7).
 */
export async function chooseCancel(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  wanted: CancelWanted,
): Promise<Chosen> {
  const read = await orderCase(services, shop, id);
  if (!read.ok) return { ok: false, guard: read.failure.code, params: { id, text: read.failure.sentence } };
  const { one, stored } = read.value;
  const params = { id };
  if (one.order.status === 'cancelled') {
    await services.db.forShop(shop, (tx) => knock(tx, shop, stored.sellerId, [id], { wanted: true }));
    return { ok: true, outcome: 'already_cancelled', id: null, undoUntil: now(), params };
  }
  if (one.situation.settings.dryRun) return { ok: false, guard: 'sending_off', params };
  const amount = amountOf(one, wanted);
  if (!amount.ok) return { ...amount, params: { ...params, ...amount.params } };
  const covers = coveredByRequest(one.order, one.request);
  const { marketplaceId } = one.order;
  const reason = covers === 'all' ? 'BuyerCanceled' : wanted.reason;
  const guarded = reason ? cancelGuard(one, reason, true) : null;
  // What forbids the cancel itself comes before a word about its reason.
  if (guarded?.is === 'never' && guarded.guard !== 'reason_needs_request')
    return { ok: false, guard: guarded.guard, params };
  const wrong = reasonGuard({ covers, reason: wanted.reason ?? reason, marketplaceId });
  if (wrong !== null || reason === null) return { ok: false, guard: wrong ?? 'reason_missing', params };
  return write(services, shop, one, wanted, { amount: amount.amount, reason }, stored.sellerId);
}

/** Takes an approval back while it rests (CAN-8); a compare-and-set, so that the batch and the undo cannot both win. */
export async function undoCancel(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  by: string,
): Promise<Chosen> {
  const params = { id };
  const read = await orderCase(services, shop, id);
  if (!read.ok) return { ok: false, guard: read.failure.code, params: { id, text: read.failure.sentence } };
  const { one, stored } = read.value;
  const choice = one.situation.choices.find(({ kind, state }) => kind === 'cancel' && state === 'open');
  if (!choice) return { ok: false, guard: 'nothing_to_undo', params };
  const commandKey = cancelAmazonKey(id, choice.id);
  const back = await services.db.forShop(shop, async (tx) => {
    const done = await takeBackChoice(tx, shop, now(), { id: choice.id, by, commandKey });
    if (done) await knock(tx, shop, stored.sellerId, [id], { wanted: true });
    return done;
  });
  if (!back) return { ok: false, guard: 'undo_over', params };
  return { ok: true, outcome: 'chosen', id: choice.id, undoUntil: now(), params };
}

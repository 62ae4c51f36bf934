import { endChoices } from '../db/choices.ts';
import { ratesOf } from '../db/rate.ts';
import { cancelGuard } from '../domain/cancel-guard.ts';
import { leftOnBooks } from '../domain/cancel-in-shopify.ts';
import type { MarketplaceRate } from '../domain/cancellation-rate.ts';
import type { AmazonCancelReason } from '../domain/cancel-reason.ts';
import { choicesOfKind } from '../domain/choice.ts';
import { coveredByRequest } from '../domain/covered-by-request.ts';
import type { Case } from '../domain/dealing.ts';
import { cancelEffects } from '../domain/decision-effects.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { reasonGuard } from '../domain/reason-map.ts';
import { parseRefundAmount } from '../domain/refund-amount.ts';
import { hasLabel } from '../domain/say-request.ts';
import { now } from '../lib/clock.ts';
import { previewed, undoTime, writeChoice, type Chosen } from './chosen.ts';
import { knock } from './knock.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import { movedSince, versionOf } from './shown-version.ts';

/** What a person typed or pressed. `amount`: as it was typed; `full`: all that can be refunded. */
export interface CancelWanted {
  readonly amount: string;
  readonly reason: AmazonCancelReason | null;
  readonly restock: boolean | null;
  /** The person confirmed that a free order is voided (CAN-3). */
  readonly free: boolean;
  /** Only tell what would happen. */
  readonly preview?: boolean;
  /** Of what the person was shown: where either side moved since, nothing is done (see `shown-version.ts`). */
  readonly version?: string | null;
  readonly by: string;
}

/** The amount in minor units; null for an order that costs nothing, or of which nothing is left to refund (CAN-1 to CAN-3). */
function amountOf(
  { linked, books }: Case,
  wanted: CancelWanted,
): { readonly ok: true; readonly amount: number | null } | Refused {
  const { currency } = linked.total;
  const paid = books?.sale?.amount.amount ?? linked.total.amount;
  if (linked.total.amount === 0)
    return wanted.free ? { ok: true, amount: null } : refuse('zero_order_needs_confirm');
  const refundable = books ? leftOnBooks(books) : paid;
  if (refundable === 0) return { ok: true, amount: null };
  return parseRefundAmount(wanted.amount, { currency, refundable, shipped: false, free: false });
}

/** The reason that Amazon gets, once nothing forbids the cancel (CAN-5, CAN-6, REQ-8). */
function reasonOf(
  one: Case,
  wanted: CancelWanted,
): { readonly ok: true; readonly reason: AmazonCancelReason } | Refused {
  const covers = coveredByRequest(one.order, one.request);
  const { marketplaceId } = one.order;
  const reason = covers === 'all' ? 'BuyerCanceled' : wanted.reason;
  const guarded = cancelGuard(one, reason ?? 'GeneralAdjustment', true);
  // What forbids the cancel itself comes before a word about its reason.
  if (guarded.is === 'never' && guarded.guard !== 'reason_needs_request') return refuse(guarded.guard);
  if (hasLabel(one.order)) return refuse('label_bought');
  if (one.request?.state === 'too_late') return refuse('asked_too_late');
  const wrong = reasonGuard({ covers, reason: wanted.reason ?? reason, marketplaceId });
  return wrong !== null || reason === null ? refuse(wrong ?? 'reason_missing') : { ok: true, reason };
}

/** The rate that the order's cancel would count in; null where there is none. */
async function rateFor(services: Services, shop: ShopDomain, one: Case): Promise<MarketplaceRate | null> {
  const rates = await services.db.forShop(shop, (tx) => ratesOf(tx, shop, now()));
  return rates.find(({ marketplaceId }) => marketplaceId === one.order.marketplaceId) ?? null;
}

/** Decisions to ship all the same, which a cancel takes back. */
const declinesOf = ({ situation }: Case) =>
  choicesOfKind(situation.choices, 'decline')
    .filter(({ state }) => state === 'open')
    .map(({ id }) => ({ id, state: 'withdrawn', outcome: null }) as const);

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
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const { one, stored } = read;
  const params = { id };
  if (one.order.status === 'cancelled') {
    if (!wanted.preview)
      await services.db.forShop(shop, (tx) => knock(tx, shop, stored.sellerId, [id], { wanted: true }));
    return { ok: true, outcome: 'already_cancelled', id: null, undoUntil: null, effects: [], params };
  }
  const moved = movedSince(services, read, wanted.version ?? null);
  if (moved) return moved;
  const { settings } = one.situation;
  if (settings.dryRun && !wanted.preview) return refuse('sending_off', params);
  const reason = reasonOf(one, wanted);
  const amount = amountOf(one, wanted);
  // A wrong amount is said first, as long as the order can be cancelled at all.
  const about = reason.ok || reason.guard.startsWith('reason_') ? amount : reason;
  if (!about.ok) return { ...about, params: { ...about.params, ...params } };
  if (!reason.ok) return refuse(reason.guard, params);
  if (!amount.ok) return amount;
  const undoUntil = undoTime(read);
  const args = {
    amount: amount.amount,
    reason: reason.reason,
    restock: wanted.restock ?? settings.restock,
  };
  const effects = cancelEffects(one, { ...args, undoUntil }, await rateFor(services, shop, one));
  if (wanted.preview) return previewed(effects, undoUntil, { ...params, version: versionOf(services, read) });
  const choice = { kind: 'cancel', subject: '', args, by: wanted.by } as const;
  const made = await writeChoice(services, shop, read, choice, undoUntil, (tx) =>
    endChoices(tx, shop, now(), declinesOf(one)),
  );
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil, effects, params };
}

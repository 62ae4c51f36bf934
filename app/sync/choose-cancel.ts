import { endChoices } from '../db/choices.ts';
import { ratesOf } from '../db/rate.ts';
import type { MarketplaceRate } from '../domain/cancellation-rate.ts';
import { cancelAmount, cancelReason, type CancelTyped } from '../domain/typed-cancel.ts';
import { choicesOfKind } from '../domain/choice.ts';
import type { Case } from '../domain/dealing.ts';
import { cancelEffects } from '../domain/decision-effects.ts';
import { refuse } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { previewed, undoTime, writeChoice, type Chosen } from './chosen.ts';
import { knock } from './knock.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import { movedSince, versionOf } from './shown-version.ts';

/** What a person typed or pressed. */
export interface CancelWanted extends CancelTyped {
  /** Only tell what would happen. */
  readonly preview?: boolean;
  /** Of what the person was shown: where either side moved since, nothing is done (see `shown-version.ts`). */
  readonly version?: string | null;
  readonly by: string;
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
  const reason = cancelReason(one, wanted);
  const amount = cancelAmount(one, wanted);
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

import type { DecisionView } from '../../extensions/shared/contract.ts';
import { orderRow } from '../db/order-list.ts';
import { orderOfShopify } from '../db/shopify-orders.ts';
import type { Effect } from '../domain/decision-effects.ts';
import type { Refused } from '../domain/explain-refusal.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import { toDecimal } from '../domain/money.ts';
import type { Chosen } from '../sync/chosen.ts';
import { lookAgain } from '../sync/look-again.ts';
import type { Services } from '../sync/services.ts';
import { takeDecision, type DecisionWish } from '../sync/take-decision.ts';
import { restocks, wholeAmount } from '../ui/cancel-fields.ts';
import { fieldOfGuard } from '../ui/decision.ts';
import { formatMoment } from '../ui/format.ts';
import { orderView, type OrderView } from '../ui/order-view.ts';
import { sayEffect } from '../ui/say-effect.ts';
import { sayRefusal } from '../ui/say-refusal.ts';
import { reasonsIn } from '../domain/reason-map.ts';
import type { Voice } from './voice.ts';

type Shown = Extract<DecisionView, { kind: 'decision' }>;
type Cancel = Extract<DecisionWish, { intent: 'cancel' }>;
type Fields = Pick<Shown, 'amount' | 'reason' | 'free' | 'restock'>;

/** What an extension may ask for: a decision, or to be looked at again. */
export type ExtensionWish =
  Exclude<DecisionWish, { intent: 'refund' | 'unmark' }> | { readonly intent: 'look_again' };

const none: Fields = { amount: null, reason: null, free: null, restock: null };

/** The fields of a cancel as the app's own dialog shows them. */
function fieldsOf(wish: Cancel, order: OrderView, chosen: Chosen, { t }: Voice['texts']): Fields {
  const effects = chosen.ok ? chosen.effects : [];
  const about = chosen.ok ? null : fieldOfGuard(chosen.guard);
  const whole = wholeAmount(order.shopifyTotal, effects);
  const typed = wish.amount === 'full' ? whole : wish.amount;
  const reasons = reasonsIn(order.marketplaceId).filter((one) => one !== 'BuyerCanceled');
  return {
    amount:
      whole === null && about !== 'amount'
        ? null
        : {
            label: t('dialog.cancel.amount'),
            help: t('dialog.cancel.amountHelp'),
            value: typed ?? (order.shopifyTotal ? toDecimal(order.shopifyTotal) : ''),
            currency: order.shopifyTotal?.currency ?? '',
          },
    reason:
      about === 'reason' || wish.reason !== null
        ? {
            label: t('dialog.cancel.reason'),
            choices: [
              { value: '', label: t('dialog.cancel.chooseReason') },
              ...reasons.map((value) => ({ value, label: t(`amazonReason.${value}`) })),
            ],
            value: wish.reason ?? '',
          }
        : null,
    free: about === 'free' || wish.free ? { label: t('dialog.cancel.free'), value: wish.free } : null,
    restock: { label: t('dialog.cancel.restock'), value: wish.restock ?? restocks(effects) },
  };
}

const labels = {
  cancel: ['dialog.cancel.confirm', 'dialog.cancel.keep'],
  decline: ['dialog.decline.confirm', 'dialog.decline.keep'],
  informal: ['byMessage.record', 'byMessage.cancel'],
  undo: ['action.undo', 'settle.close'],
  look_again: ['action.lookAgain', 'settle.close'],
} as const;

/** The sentence of what was done; null: nothing was. */
function sayDone(wish: ExtensionWish, chosen: Chosen, { texts: { t }, style }: Voice): string | null {
  if (!chosen.ok || chosen.outcome === 'preview') return null;
  if (chosen.outcome === 'already_cancelled') return t('dialog.cancel.already');
  switch (wish.intent) {
    case 'cancel':
      return t('extension.done.cancel', {
        time: chosen.undoUntil === null ? '' : formatMoment(chosen.undoUntil, style),
        time_given: chosen.undoUntil === null ? 'no' : 'yes',
      });
    case 'decline':
      return t('dialog.decline.released');
    case 'informal':
      return t('byMessage.recorded');
    case 'undo':
      return t('dialog.undone');
    case 'look_again':
      return t('requests.looking', { n: 1 });
  }
}

/** Looks again at an order as a person wants it, told like a decision. Nothing is written on either side. */
async function look({ db }: Services, { shop }: Voice, id: AmazonOrderId): Promise<Chosen> {
  await db.forShop(shop, (tx) => lookAgain(tx, shop, [id]));
  return { ok: true, outcome: 'chosen', id: null, undoUntil: null, effects: [], params: { id } };
}

/**
 * Takes a decision on a Shopify order (its global id) as the app's own pages take it, or tells what it would do, ready to be
 * shown. `refused`: who asks may only look.
 */
export async function decisionViewOf(
  services: Services,
  shopifyOrder: string,
  wish: ExtensionWish,
  voice: Voice,
  { by, refused }: { readonly by: string; readonly refused: Refused | null },
): Promise<DecisionView> {
  const { shop, texts, style } = voice;
  const { t } = texts;
  const found = await services.db.forShop(shop, async (tx) => {
    const id = await orderOfShopify(tx, shop, shopifyOrder);
    const row = id && (await orderRow(tx, shop, id));
    return row ? { id, order: orderView(row) } : null;
  });
  if (!found) return { kind: 'other', text: t('extension.notAmazon') };
  const { id, order } = found;
  const decide = () =>
    wish.intent === 'look_again' ? look(services, voice, id) : takeDecision(services, shop, id, wish, by);
  const chosen: Chosen = refused && wish.intent !== 'look_again' ? refused : await decide();
  const effects: readonly Effect[] = chosen.ok ? chosen.effects : [];
  const [confirm, keep] = labels[wish.intent];
  const version = chosen.ok ? chosen.params['version'] : null;
  return {
    kind: 'decision',
    id,
    done: sayDone(wish, chosen, voice),
    error: chosen.ok
      ? null
      : {
          text: sayRefusal(chosen, t, style),
          field: wish.intent === 'cancel' ? fieldOfGuard(chosen.guard) : null,
        },
    effects: effects.map((effect) => sayEffect(effect, t, style)),
    ...(wish.intent === 'cancel' ? fieldsOf(wish, order, chosen, texts) : none),
    confirm: t(confirm),
    keep: t(keep),
    version: typeof version === 'string' ? version : null,
  };
}

import { choicesOfKind } from '../domain/choice.ts';
import { sumOfComponents } from '../domain/components.ts';
import { mayWrite, type Case } from '../domain/dealing.ts';
import { refundEffects } from '../domain/decision-effects.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { permission } from '../domain/programmes.ts';
import { ledgerOf, leftOnAmazon } from '../domain/refund-ledger.ts';
import { readTypedRefund, type TypedRefund } from '../domain/typed-refund.ts';
import { previewed, undoTime, writeChoice, type Chosen } from './chosen.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import { movedSince, versionOf } from './shown-version.ts';

/** What a person typed. */
export interface RefundWanted {
  readonly typed: TypedRefund;
  readonly restock: boolean;
  /** The person looked in Seller Central whether it was refunded there already. */
  readonly checked: boolean;
  readonly preview: boolean;
  /** Of what the person was shown: where either side moved since, nothing is done (see `shown-version.ts`). */
  readonly version?: string | null;
  readonly by: string;
}

/** What forbids a refund on Amazon of this order, whatever its amount; null: nothing. */
function guardOf(one: Case, wanted: RefundWanted): Refused | null {
  const { order, situation } = one;
  const { settings, choices, financesUntil } = situation;
  if (order.fulfilledBy === 'amazon') return refuse('fba_read_only');
  if (!mayWrite(one)) return refuse('adopted_unconfirmed');
  if (permission(order, 'refund') === 'no') return refuse('programme_not_allowed');
  if (order.status !== 'shipped' && order.status !== 'partially_shipped') return refuse('not_shipped');
  if (settings.dryRun && !wanted.preview) return refuse('sending_off');
  if (choicesOfKind(choices, 'refund').some(({ state }) => state === 'open')) return refuse('refund_open');
  // One made in Seller Central just now cannot be seen yet (REF-3).
  const blind = settings.refundsOnAmazon === 'sometimes' && !wanted.checked && !wanted.preview;
  return blind ? refuse('refund_not_checked', { age: financesUntil }) : null;
}

/** A person refunds on Amazon, within what is left there, and on Shopify's books after Amazon's answer (REF-1, REF-3). */
export async function chooseRefund(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  wanted: RefundWanted,
): Promise<Chosen> {
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const moved = movedSince(services, read, wanted.version ?? null);
  if (moved) return moved;
  const { one } = read;
  const params = { id };
  const guard = guardOf(one, wanted);
  if (guard) return { ...guard, params: { ...guard.params, ...params } };
  if (!one.books) return refuse('shopify_unreadable', params);
  const balances = leftOnAmazon(ledgerOf(one, one.books), []);
  const split = readTypedRefund(wanted.typed, balances, one.books);
  if (!split.ok) return { ...split, params: { ...split.params, ...params } };
  const items = split.items.map(({ orderItemId, components }) => ({ orderItemId, components }));
  const amount = items.reduce((sum, item) => sum + sumOfComponents(item.components), 0);
  const undoUntil = undoTime(read);
  const effects = refundEffects(one, amount, balances.currency ?? one.books.currency, undoUntil);
  if (wanted.preview) return previewed(effects, undoUntil, { ...params, version: versionOf(services, read) });
  const args = { items, restock: wanted.restock };
  const choice = { kind: 'refund', subject: '', args, by: wanted.by } as const;
  const made = await writeChoice(services, shop, read, choice, undoUntil);
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil, effects, params };
}

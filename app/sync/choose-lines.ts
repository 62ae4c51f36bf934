import { cancelGuard, type CancelGuard } from '../domain/cancel-guard.ts';
import { coveredByRequest } from '../domain/covered-by-request.ts';
import type { Case } from '../domain/dealing.ts';
import { refuse } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { writeChoice, type Chosen } from './chosen.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';

const goodsGone = new Set<CancelGuard>(['already_shipped', 'already_fulfilled']);

/** Nothing of these lines has left, by what either side shows. */
function allOpen({ order, books }: Case, lines: readonly { readonly orderItemId: string }[]): boolean {
  return lines.every(({ orderItemId }) => {
    const line = order.lines.find((known) => known.orderItemId === orderItemId);
    const booked = books?.lines.find((known) => known.orderItemId === orderItemId);
    return (
      (line?.quantityFulfilled ?? 0) === 0 &&
      booked !== undefined &&
      booked.unfulfilled >= booked.currentQuantity
    );
  });
}

/** A person cancels the lines that the buyer asked for: they stay held, the rest ships first (CAN-15). */
export async function chooseLines(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  by: string,
): Promise<Chosen> {
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const { one } = read;
  const lines = (one.request?.lines ?? [])
    .filter(({ ended, confirmed }) => ended === null && confirmed)
    .map(({ orderItemId, quantity }) => ({ orderItemId, quantity }));
  if (lines.length === 0) return refuse('no_request', { id });
  if (coveredByRequest(one.order, one.request) === 'all') return refuse('asked_for_all', { id });
  if (one.situation.settings.dryRun) return refuse('sending_off', { id });
  const guarded = cancelGuard(one, 'GeneralAdjustment', true);
  // That the rest has left is what a cancel of some lines waits for.
  const restGone = guarded.is === 'never' && goodsGone.has(guarded.guard);
  if (guarded.is === 'never' && !(restGone && allOpen(one, lines))) return refuse(guarded.guard, { id });
  const args = { lines, reason: 'BuyerCanceled' } as const;
  const made = await writeChoice(
    services,
    shop,
    read,
    { kind: 'cancel_lines', subject: '', args, by },
    now(),
  );
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil: null, effects: [], params: { id } };
}

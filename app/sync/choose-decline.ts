import { declinable } from '../domain/declinable.ts';
import { declineEffects } from '../domain/decision-effects.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { previewed, writeChoice, type Chosen } from './chosen.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';
import { movedSince, versionOf } from './shown-version.ts';

/** A person ships although the buyer asked (CAN-17): the hold is released, nothing goes to Amazon. Taken back, it is held again. */
export async function chooseDecline(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  {
    by,
    preview,
    version = null,
  }: { readonly by: string; readonly preview: boolean; readonly version?: string | null },
): Promise<Chosen> {
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const moved = movedSince(services, read, version);
  if (moved) return moved;
  const { one } = read;
  const params = { id };
  const declined = declinable(one);
  if (!declined.ok) return declined;
  const effects = declineEffects(one);
  if (preview) return previewed(effects, null, { ...params, version: versionOf(services, read) });
  const choice = { kind: 'decline', subject: '', args: { n: declined.n }, by } as const;
  const made = await writeChoice(services, shop, read, choice, now());
  const outcome = made.fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id: made.id, undoUntil: null, effects, params };
}

import type { ClaimedDelivery } from '../db/notice-deliveries.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { startFlow } from '../shopify/flow-trigger.ts';
import type { Answer } from './answer.ts';
import { flowTrigger } from './flow-trigger.ts';
import type { NoticeParts } from './parts.ts';
import type { Voice } from './say-notice.ts';

const [gone, tooEarly]: readonly [Answer, Answer] = [
  { ok: false, code: 'removed', final: true },
  { ok: false, code: 'not_in_shopify', final: false },
];

/** Starts the shop's workflows for a notice: read first, then sent outside of any transaction. */
export async function sendToFlow(
  { db, vault, shopify }: Pick<NoticeParts, 'db' | 'vault' | 'shopify'>,
  shop: ShopDomain,
  { noticeIds: [notice] }: Pick<ClaimedDelivery, 'noticeIds'>,
  voice: Voice,
): Promise<Answer> {
  if (notice === undefined) return gone;
  const trigger = await db.forShop(shop, (tx) => flowTrigger(tx, vault, shop, notice, voice));
  if (trigger === null) return gone;
  if (trigger === 'later') return tooEarly;
  const started = await startFlow(shopify(shop), trigger);
  if (!started.ok) return { ok: false, code: started.failure.code, final: false };
  if (started.value.kind === 'refused') return { ok: false, code: started.value.refusal.field, final: true };
  return { ok: true, code: '200', final: false };
}

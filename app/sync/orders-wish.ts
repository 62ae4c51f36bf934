import { z } from 'zod';
import type { Tx } from '../db/client.ts';
import { deleteView, saveView } from '../db/saved-views.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { lookAgain } from './look-again.ts';
import { lookNow } from './look-now.ts';
import { exactOrderId, lookUp } from './look-up.ts';

/** What a person wants of the list of orders. `look` without orders looks at everything Amazon changed. */
export const ordersWish = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('look') }),
  z.object({ intent: z.literal('look_again'), ids: z.array(z.string().min(1).max(100)).min(1).max(250) }),
  z.object({ intent: z.literal('look_up'), id: z.string().max(40), seller: z.string().min(1).max(100) }),
  z.object({
    intent: z.literal('save_view'),
    name: z.string().trim().min(1).max(40),
    query: z.string().min(1).max(1000),
  }),
  z.object({ intent: z.literal('delete_view'), name: z.string().max(40) }),
]);

/** Does it; nothing of it writes to Amazon or Shopify. `looking`: at how many accounts or orders; `saved`: whether there was room. */
export async function doOrdersWish(
  tx: Tx,
  shop: ShopDomain,
  wish: z.infer<typeof ordersWish>,
): Promise<{ readonly looking: number; readonly saved: boolean | null }> {
  switch (wish.intent) {
    case 'look':
      return { looking: (await lookNow(tx, shop, now())).length, saved: null };
    case 'look_again':
      return { looking: await lookAgain(tx, shop, wish.ids), saved: null };
    case 'look_up': {
      const id = exactOrderId(wish.id);
      const looks = id !== null && (await lookUp(tx, shop, id, wish.seller));
      return { looking: looks ? 1 : 0, saved: null };
    }
    case 'save_view':
      return { looking: 0, saved: await saveView(tx, shop, wish, now()) };
    case 'delete_view':
      await deleteView(tx, shop, wish.name);
      return { looking: 0, saved: null };
  }
}

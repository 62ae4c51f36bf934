import { orderItemIdAttribute } from '../../app/domain/draft-words.ts';
import { requestHoldHandle } from '../../app/domain/request-keys.ts';
import type { PretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';
import { shop, type ModelWorld } from './world.ts';

export type Work = ReturnType<PretendShopify['listWork']>[number];
type Hold = Work['holds'][number];

const over = new Set(['CLOSED', 'CANCELLED']);

/** The fulfilment orders of an order in Shopify on which something is still to be sent. */
export function openWorkOf({ shopify }: ModelWorld, orderId: string): Work[] {
  return shopify
    .listWork(shop)
    .filter((work) => work.orderId === orderId && !over.has(work.status))
    .filter(({ lines }) => lines.some(({ remaining }) => remaining > 0));
}

/** Amazon's id of the line that units in Shopify were made from. */
export function itemOf({ properties }: Work['lines'][number]): string {
  return properties.find(({ key }) => key === orderItemIdAttribute)?.value ?? '';
}

export const isOwn = ({ by, handle }: Hold): boolean => by === 'app' && handle === requestHoldHandle;

/** The Amazon order that an order in Shopify stands for. */
export function amazonIdOf({ shopify }: ModelWorld, orderId: string): string {
  return (
    shopify.listOrders(shop, { limit: 1_000_000 }).find(({ id }) => id === orderId)?.sourceIdentifier ?? ''
  );
}

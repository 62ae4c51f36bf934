import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** Orders on which something was done on either side, by what it was. */
export interface Carried {
  readonly imported: number;
  readonly cancelled: number;
  readonly shipped: number;
  readonly refunded: number;
}

/** On how many orders Concord did something since then (ms UTC). */
export async function carriedSince(tx: Tx, shop: ShopDomain, since: number): Promise<Carried> {
  const [row] = await tx.$queryRaw<Carried[]>`
    select (count(distinct amazon_order_id) filter (where kind = 'create_order'))::int as imported,
      (count(distinct amazon_order_id) filter (where kind in ('cancel_amazon', 'cancel_shopify')))::int as cancelled,
      (count(distinct amazon_order_id) filter (where kind in ('ship_amazon', 'fulfil_shopify')))::int as shipped,
      (count(distinct amazon_order_id) filter (where kind in ('refund_amazon', 'refund_shopify')))::int as refunded
    from command
    where shop = ${shop} and ended_at >= ${new Date(since)} and state in ('accepted', 'confirmed')`;
  return row ?? { imported: 0, cancelled: 0, shipped: 0, refunded: 0 };
}

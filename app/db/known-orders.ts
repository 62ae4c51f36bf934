import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** Which of these orders the shop has a row of, with Amazon's status as it was last seen (null: never yet). */
export async function knownOrders(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.$queryRaw<{ id: string; status: string | null }[]>`
    select amazon_order_id as id, amazon_status as status from amazon_order
    where shop = ${shop} and amazon_order_id = any(${[...new Set(ids)]}::text[])`;
  return new Map(rows.map(({ id, status }) => [id, status]));
}

import type { Tx } from '../db/client.ts';
import { amazonOrderId, sellerId, type ShopDomain } from '../domain/ids.ts';
import { knock } from './knock.ts';

/** A person wants orders of the shop looked at on both sides; answers how many of them there are. Writes nothing itself. */
export async function lookAgain(tx: Tx, shop: ShopDomain, ids: readonly string[]): Promise<number> {
  const found = await tx.order.findMany({
    where: { shop, amazonOrderId: { in: [...ids] } },
    select: { amazonOrderId: true, sellerId: true },
    orderBy: { amazonOrderId: 'asc' },
  });
  for (const [seller, orders] of Map.groupBy(found, (one) => one.sellerId)) {
    await knock(
      tx,
      shop,
      sellerId(seller),
      orders.map((one) => amazonOrderId(one.amazonOrderId)),
    );
  }
  return found.length;
}

import { z } from 'zod';
import type { AmazonMove } from '../domain/amazon-move.ts';
import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { componentsShape } from './command-args.ts';

const itemsShape = z.array(z.object({ sku: z.string().nullable(), components: componentsShape }));
const kinds = z.enum(['refund', 'claim', 'chargeback', 'other']);

/** What Amazon's finances showed of money that went back on these orders, the oldest first. */
export async function movesOfOrders(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, AmazonMove[]>> {
  const rows = await tx.amazonMove.findMany({
    where: { shop, amazonOrderId: { in: [...ids] } },
    orderBy: [{ postedAt: 'asc' }, { transactionId: 'asc' }],
  });
  const byOrder = new Map<AmazonOrderId, AmazonMove[]>();
  for (const row of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    const move: AmazonMove = {
      transactionId: row.transactionId,
      amazonOrderId: id,
      kind: kinds.parse(row.kind),
      postedAt: row.postedAt.getTime(),
      currency: row.currency,
      amount: Number(row.amount),
      items: itemsShape.parse(row.items),
    };
    byOrder.set(id, [...(byOrder.get(id) ?? []), move]);
  }
  return byOrder;
}

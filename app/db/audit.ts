import type { AuditLine } from '../domain/evidence.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** The audit log of an order, the oldest first. */
export async function auditOf(tx: Tx, shop: ShopDomain, id: AmazonOrderId): Promise<AuditLine[]> {
  const rows = await tx.auditEntry.findMany({
    where: { shop, amazonOrderId: id },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ at, actor, action, after }) => ({ at: at.getTime(), actor, action, after }));
}

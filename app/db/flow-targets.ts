import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

const channel = 'flow';

/** The triggers of Shopify Flow that enabled workflows of the shop begin with: when the first was (ms UTC), and its row. Null: none. */
export async function flowInUse(
  tx: Tx,
  shop: ShopDomain,
): Promise<{ readonly id: string; readonly since: number } | null> {
  const row = await tx.noticeTarget.findFirst({
    where: { shop, channel },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
  });
  return row && { id: row.id, since: row.since.getTime() };
}

/** Notes at `at` (ms UTC) whether workflows begin with a trigger (by Flow's own id of it). Older news than what is kept changes nothing. */
export async function setFlowUse(
  tx: Tx,
  shop: ShopDomain,
  trigger: string,
  inUse: boolean,
  at: number,
): Promise<void> {
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  const where = { shop, channel, address: trigger };
  if (!inUse) await tx.noticeTarget.deleteMany({ where: { ...where, since: { lte: new Date(at) } } });
  else if ((await tx.noticeTarget.count({ where })) === 0)
    await tx.noticeTarget.create({ data: { ...where, since: new Date(at) } });
}

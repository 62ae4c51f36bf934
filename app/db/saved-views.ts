import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** A name for filters and sort of the orders list; `query` is the list's address after the question mark. */
export interface SavedView {
  readonly name: string;
  readonly query: string;
}

/** More would not be found among the tabs. */
const most = 20;

/** The views of the shop by their names. */
export async function savedViews(tx: Tx, shop: ShopDomain): Promise<SavedView[]> {
  const rows = await tx.savedView.findMany({ where: { shop }, orderBy: { name: 'asc' } });
  return rows.map(({ name, query }) => ({ name, query }));
}

/** Saves a view; one of the same name becomes this one. False where the shop has as many as it may. `at` in ms UTC. */
export async function saveView(
  tx: Tx,
  shop: ShopDomain,
  { name, query }: SavedView,
  at: number,
): Promise<boolean> {
  // Two at once count one after the other.
  await tx.$queryRaw`select from shop where shop = ${shop} for update`;
  const others = await tx.savedView.count({ where: { shop, name: { not: name } } });
  if (others >= most) return false;
  const row = { query, savedAt: new Date(at) };
  await tx.savedView.upsert({
    where: { shop_name: { shop, name } },
    create: { shop, name, ...row },
    update: row,
  });
  return true;
}

/** Deletes a view; whoever has its query can save it again. */
export async function deleteView(tx: Tx, shop: ShopDomain, name: string): Promise<void> {
  await tx.savedView.deleteMany({ where: { shop, name } });
}

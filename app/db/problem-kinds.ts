import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import type { OpenProblem } from './problems.ts';

/** An open problem with how many of its kind are open. */
export interface OfKind extends OpenProblem {
  readonly count: number;
}

interface Row extends Omit<OfKind, 'since'> {
  readonly since: Date;
}

const toOfKind = (row: Row): OfKind => ({ ...row, since: row.since.getTime() });

/** The open problems of every kind, of each the oldest `most`, and how many there are of it. */
export async function openByKind(tx: Tx, shop: ShopDomain, most: number): Promise<OfKind[]> {
  // By the key that only open ones have: its index passes all that were ever closed.
  const rows = await tx.$queryRaw<Row[]>`
    select id, kind, tone, "amazonOrderId", subject, params, since, count from (
      select id::text, kind, tone, amazon_order_id as "amazonOrderId", subject, params, since,
        count(*) over (partition by kind)::int as count, row_number() over (partition by kind order by since, id) as place
      from problem where shop = ${shop} and open_key is not null) x
    where place <= ${most} order by kind, place`;
  return rows.map(toOfKind);
}

/** The open problems of a kind, the oldest first, at most `limit`. */
export async function openOfKind(
  tx: Tx,
  shop: ShopDomain,
  kind: string,
  limit: number,
): Promise<OpenProblem[]> {
  const rows = await tx.problem.findMany({
    where: { shop, openKey: { not: null }, kind },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
    take: limit,
    select: {
      id: true,
      kind: true,
      tone: true,
      amazonOrderId: true,
      subject: true,
      params: true,
      since: true,
    },
  });
  return rows.map((row) => ({ ...row, since: row.since.getTime() }));
}

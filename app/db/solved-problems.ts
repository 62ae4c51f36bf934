import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import type { ListPlace } from './order-list.ts';

/** A problem that is over. Times in ms UTC. */
export interface SolvedProblem {
  readonly id: string;
  readonly kind: string;
  readonly amazonOrderId: string;
  readonly subject: string;
  readonly params: Prisma.JsonValue;
  readonly since: number;
  readonly closedAt: number;
  /** Whether a person put it away; else its reason was gone. */
  readonly byStaff: boolean;
  /** What a person chose while it was open; null: nothing. */
  readonly choice: string | null;
  /** Why it was left as it is, in the person's own words. */
  readonly note: string | null;
  /** It was left as it is, and can be opened again. */
  readonly left: boolean;
}

type Row = Omit<SolvedProblem, 'since' | 'closedAt'> & { readonly since: Date; readonly closedAt: Date };

/** Problems that are over, the last one first, with what a person chose for them. */
export async function solvedProblems(
  tx: Tx,
  shop: ShopDomain,
  { limit, after }: { readonly limit: number; readonly after?: ListPlace | undefined },
): Promise<{ rows: SolvedProblem[]; next: ListPlace | null }> {
  const { at, id } = { at: null, id: null, ...after };
  const found = await tx.$queryRaw<Row[]>`
    select p.id::text, p.kind, p.amazon_order_id as "amazonOrderId", p.subject, p.params, p.since, p.closed_at as "closedAt",
      p.closed_by = 'staff' as "byStaff", a.choice, a.note, coalesce(a.choice = 'leave' and a.open, false) as "left"
    from problem p
    left join lateral (
      select c.args->>'choice' as choice, c.state = 'open' as open,
        case when c.args->>'choice' = 'leave' then nullif(c.args->>'value', '') end as note
      from choice c
      where c.shop = p.shop and c.amazon_order_id = p.amazon_order_id and c.kind = 'answer'
        and c.subject = p.kind || '|' || p.subject and c.at between p.since and p.closed_at and c.state <> 'withdrawn'
      order by c.at desc limit 1) a on true
    where p.shop = ${shop} and p.closed_at is not null
      and (${at}::float8 is null or (p.closed_at, p.id) < (to_timestamp(${at}::float8 / 1000.0), ${id}::uuid))
    order by p.closed_at desc, p.id desc limit ${limit + 1}`;
  const rows = found
    .slice(0, limit)
    .map((row) => ({ ...row, since: row.since.getTime(), closedAt: row.closedAt.getTime() }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at: last.closedAt, id: last.id } : null };
}

import { Prisma } from '@prisma/client';
import { z } from 'zod';
import {
  cancellerOf,
  judgeCancel,
  verdicts,
  type Canceller,
  type CancelFacts,
  type CountReason,
  type KnownCancel,
  type Verdict,
} from '../domain/cancellation-rate.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import type { ListPlace } from './order-list.ts';

/** What is known of how an order, or some of its lines, was cancelled: the columns of `cancelsWhere`. */
interface FactsRow {
  /** Amazon's word for who it was. */
  readonly by: string | null;
  /** The reason that this app sent; null: it sent no cancel. */
  readonly reason: string | null;
  readonly late: boolean;
  readonly asked: boolean;
  readonly unknown: boolean;
}

interface CancelRow extends FactsRow {
  readonly id: string;
  readonly marketplace: string;
  readonly created: Date;
  readonly updated: Date | null;
  readonly name: string | null;
}

const who = z.enum(['BUYER', 'MERCHANT', 'AMAZON', 'UNKNOWN']).catch('UNKNOWN');

/** The facts as the domain judges them. A request counts as on file where Amazon's own order showed it. */
function factsOf({ by: said, reason, late, asked, unknown }: FactsRow): CancelFacts {
  const told = who.parse(said);
  // Of what was sent nobody knows whether it came first, so Amazon's plain word for another goes before it.
  const by = told === 'UNKNOWN' && reason !== null ? 'MERCHANT' : told;
  return {
    by,
    reason: by === 'MERCHANT' ? reason : null,
    requestOnFile: asked ? true : unknown ? null : false,
    automaticAfterShipBy: by !== 'MERCHANT' && by !== 'BUYER' && late,
  };
}

const toCancel = (row: CancelRow): KnownCancel => ({
  ...factsOf(row),
  amazonOrderId: row.id,
  marketplaceId: row.marketplace,
  createdAt: row.created.getTime(),
  cancelledAt: (row.updated ?? row.created).getTime(),
});

/** Anything of an order was cancelled, in the words of the index `amazon_order_cancelled_idx`. */
const cancelled = Prisma.sql`(o.amazon_status = 'cancelled' or jsonb_path_exists(o.remembered, '$.order.lines[*].cancelled.by'))`;

/** Who cancelled: of several lines the one that weighs most, as the verdicts do; any other word of Amazon's is not known. */
const whoCancelled = Prisma.sql`(
  select l.by #>> '{}' from jsonb_path_query(o.remembered, '$.order.lines[*].cancelled.by') as l(by)
  order by coalesce(array_position(array['MERCHANT', 'UNKNOWN', 'AMAZON', 'BUYER'], l.by #>> '{}'), 2) limit 1)`;

/**
 * The reason of the cancel this app sent, of the order or of some of its lines: of several the newest that Amazon did not
 * refuse and that is not the buyer's, which feeds of some lines call otherwise.
 */
const sentReason = Prisma.sql`(
  select s.reason from (
    select case c.args->>'reason' when 'CustomerCancel' then 'BuyerCanceled' else c.args->>'reason' end as reason, c.state, c.sent_at
    from command c where c.shop = o.shop and c.amazon_order_id = o.amazon_order_id and c.sent_at is not null
      and (c.kind = 'cancel_amazon' or c.kind = 'refund_amazon' and jsonb_path_exists(c.args, '$.items[*].quantityCancelled'))) s
  order by s.state = 'refused', s.reason = 'BuyerCanceled', s.sent_at desc limit 1)`;

/**
 * The orders (`amazon_order o`) of a shop of which anything was cancelled, each once, with what is known of how:
 * seller-fulfilled ones alone. Amazon cancels for a missed ship date all of an order.
 */
export const cancelsWhere = (shop: ShopDomain, where: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select o.amazon_order_id as id, o.marketplace_id as marketplace, o.amazon_created_at as created, o.amazon_updated_at as updated,
    o.shopify_name as name, coalesce(o.amazon_status = 'cancelled' and o.ship_by < o.amazon_updated_at, false) as late,
    o.request = 'unknown' as unknown, ${whoCancelled} as by, ${sentReason} as reason,
    exists (select from request r where r.shop = o.shop and r.amazon_order_id = o.amazon_order_id and r.confirmed_at is not null) as asked
  from amazon_order o
  where o.shop = ${shop} and ${cancelled} and o.marketplace_id is not null and o.state <> 'fba_view'
    and o.amazon_created_at is not null and ${where}`;

/** All cancels of orders that fit `where`. */
export async function readCancels(tx: Tx, shop: ShopDomain, where: Prisma.Sql): Promise<KnownCancel[]> {
  return (await tx.$queryRaw<CancelRow[]>(cancelsWhere(shop, where))).map(toCancel);
}

/** A cancel in the list, with its verdict. */
export interface ListedCancel extends KnownCancel {
  readonly shopifyName: string | null;
  readonly verdict: Verdict;
  readonly why: CountReason;
}

/** The kinds of facts that occur, each with how many orders share it: few, however many orders there are. */
async function kindsOf(tx: Tx, shop: ShopDomain, where: Prisma.Sql): Promise<(FactsRow & { n: number })[]> {
  return tx.$queryRaw`
    select by, reason, late, asked, unknown, count(*)::int as n from (${cancelsWhere(shop, where)}) x group by 1, 2, 3, 4, 5`;
}

/** How many cancels there are by who made them. */
export async function countCancellers(
  tx: Tx,
  shop: ShopDomain,
  where: Prisma.Sql,
): Promise<Record<Canceller, number>> {
  const counts: Record<Canceller, number> = { buyer: 0, you_after_request: 0, you: 0, amazon: 0, unknown: 0 };
  for (const kind of await kindsOf(tx, shop, where)) counts[cancellerOf(factsOf(kind))] += kind.n;
  return counts;
}

/** How many cancels there are by verdict. */
export async function countVerdicts(
  tx: Tx,
  shop: ShopDomain,
  where: Prisma.Sql,
): Promise<Record<Verdict, number>> {
  const counts: Record<Verdict, number> = { counted: 0, notCounted: 0, notKnown: 0 };
  for (const kind of await kindsOf(tx, shop, where)) counts[judgeCancel(factsOf(kind))[0]] += kind.n;
  return counts;
}

/**
 * One page of cancels, the newest orders first, and where the next one starts. `verdict` narrows it; it is judged once for each
 * kind of facts that occurs, so that the rule stands in the domain and the paging in the database.
 */
export async function listCancels(
  tx: Tx,
  shop: ShopDomain,
  where: Prisma.Sql,
  query: { readonly verdict: Verdict | null; readonly limit: number; readonly after?: ListPlace | undefined },
): Promise<{ rows: ListedCancel[]; next: ListPlace | null }> {
  const { verdict, limit, after } = query;
  const wanted =
    verdict === null
      ? null
      : (await kindsOf(tx, shop, where)).filter((kind) => judgeCancel(factsOf(kind))[0] === verdict);
  const fits =
    wanted === null
      ? Prisma.sql`true`
      : Prisma.sql`exists (select from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
          as k(by text, reason text, late boolean, asked boolean, unknown boolean)
          where (x.by, x.reason, x.late, x.asked, x.unknown) is not distinct from (k.by, k.reason, k.late, k.asked, k.unknown))`;
  const behind =
    after?.at == null
      ? Prisma.sql`true`
      : Prisma.sql`(x.created, x.id) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id})`;
  const found = await tx.$queryRaw<CancelRow[]>`
    select * from (${cancelsWhere(shop, where)}) x where ${fits} and ${behind}
    order by x.created desc, x.id desc limit ${limit + 1}`;
  const rows = found.slice(0, limit).map((row): ListedCancel => {
    const cancel = toCancel(row);
    const [judged, why] = judgeCancel(cancel);
    return { ...cancel, shopifyName: row.name, verdict: judged, why };
  });
  const last = rows.at(-1);
  return {
    rows,
    next: found.length > limit && last ? { at: last.createdAt, id: last.amazonOrderId } : null,
  };
}

/** Reads a verdict from a list's address; null: any. */
export function readVerdict(text: string | null): Verdict | null {
  return verdicts.find((each) => each === text) ?? null;
}

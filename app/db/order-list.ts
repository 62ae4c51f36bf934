import type { Prisma } from '@prisma/client';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** An order as the lists show it. Times in ms UTC, money in minor units of `currency`. */
export interface OrderRow {
  readonly amazonOrderId: string;
  readonly shopifyOrderId: string | null;
  readonly shopifyName: string | null;
  readonly marketplaceId: string | null;
  readonly amazonCreatedAt: number | null;
  readonly currency: string | null;
  readonly amazonTotal: number | null;
  readonly shopifyTotal: number | null;
  readonly shipBy: number | null;
  readonly amazonStatus: string | null;
  readonly shopifyStatus: string | null;
  readonly request: string;
  readonly state: string;
  readonly tone: string;
  readonly stateParams: Prisma.JsonValue;
  readonly lookedAt: number | null;
}

/** Where the next page of a list starts: the time (ms UTC) that its last row is sorted by, null for none, and its id. */
export interface ListPlace {
  readonly at: number | null;
  readonly id: string;
}

export interface OrderQuery {
  readonly limit: number;
  readonly after?: ListPlace | undefined;
  /** The beginning of an Amazon order id, or a whole Shopify name or SKU. */
  readonly search?: string | undefined;
  readonly state?: string | undefined;
  /** asked, none or unknown. */
  readonly request?: string | undefined;
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null;
const units = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** What the lists show of an order's row. */
export function toOrderRow(row: Prisma.OrderGetPayload<object>): OrderRow {
  return {
    amazonOrderId: row.amazonOrderId,
    shopifyOrderId: row.shopifyOrderId,
    shopifyName: row.shopifyName,
    marketplaceId: row.marketplaceId,
    amazonCreatedAt: ms(row.amazonCreatedAt),
    currency: row.currency,
    amazonTotal: units(row.amazonTotal),
    shopifyTotal: units(row.shopifyTotal),
    shipBy: ms(row.shipBy),
    amazonStatus: row.amazonStatus,
    shopifyStatus: row.shopifyStatus,
    request: row.request,
    state: row.state,
    tone: row.tone,
    stateParams: row.stateParams,
    lookedAt: ms(row.lookedAt),
  };
}

function where(shop: ShopDomain, query: OrderQuery): Prisma.OrderWhereInput {
  const { after, search, state, request } = query;
  const and: Prisma.OrderWhereInput[] = [{ amazonCreatedAt: { not: null } }];
  if (state) and.push({ state });
  if (request) and.push({ request });
  if (search) {
    and.push({
      OR: [
        // A range, so that the key's index serves whatever the database's language is.
        { amazonOrderId: { gte: search, lt: `${search}\u{10FFFF}` } },
        { shopifyName: search },
        { shopifyName: `#${search}` },
        { skus: { has: search } },
      ],
    });
  }
  if (after?.at != null) {
    const at = new Date(after.at);
    and.push({
      OR: [{ amazonCreatedAt: { lt: at } }, { amazonCreatedAt: at, amazonOrderId: { gt: after.id } }],
    });
  }
  return { shop, AND: and };
}

/** One page of the shop's orders, newest on Amazon first, and where the next page starts. */
export async function listOrders(
  tx: Tx,
  shop: ShopDomain,
  query: OrderQuery,
): Promise<{ rows: OrderRow[]; next: ListPlace | null }> {
  const found = await tx.order.findMany({
    where: where(shop, query),
    orderBy: [{ amazonCreatedAt: 'desc' }, { amazonOrderId: 'asc' }],
    take: query.limit + 1,
  });
  const rows = found.slice(0, query.limit).map(toOrderRow);
  const last = rows.at(-1);
  const more = found.length > query.limit && last?.amazonCreatedAt != null;
  return { rows, next: more ? { at: last.amazonCreatedAt, id: last.amazonOrderId } : null };
}

/** One order of the shop; null where it is not known, or Amazon was never read. */
export async function orderRow(tx: Tx, shop: ShopDomain, id: AmazonOrderId): Promise<OrderRow | null> {
  const row = await tx.order.findUnique({ where: { shop_amazonOrderId: { shop, amazonOrderId: id } } });
  return row?.amazonCreatedAt ? toOrderRow(row) : null;
}

/** How many orders are in each state. */
export async function countByState(tx: Tx, shop: ShopDomain): Promise<{ state: string; count: number }[]> {
  const groups = await tx.order.groupBy({ by: ['state'], where: { shop }, _count: true });
  return groups.map((group) => ({ state: group.state, count: group._count }));
}

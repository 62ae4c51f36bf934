import { z } from 'zod';
import type { AmazonData, AmazonOrder } from '../domain/amazon-order.ts';
import type { Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import type { Call } from './session.ts';
import { toDomain } from './to-domain.ts';
import type { ParsedOrder, RejectedOrder } from './to-domain.ts';

/** Which orders to search for; times in ms UTC. A further page needs the very same search with its token: `OrderPage.next`. */
export interface OrderSearch {
  readonly by: 'updated' | 'created';
  readonly after: number;
  /** Null: Amazon's own latest moment, about two minutes ago. A younger one than Amazon allows is moved back. */
  readonly before: number | null;
  /** Empty: all marketplaces of the region. At most 50. */
  readonly marketplaceIds: readonly string[];
  readonly pageToken: string | null;
}

/** Reads a search that was kept. */
export const searchShape = z.object({
  by: z.enum(['updated', 'created']),
  after: z.number(),
  before: z.number().nullable(),
  marketplaceIds: z.array(z.string()),
  pageToken: z.string().nullable(),
});

/** A search as it is kept. */
export const keptSearch = (search: OrderSearch): z.infer<typeof searchShape> => ({
  ...search,
  marketplaceIds: [...search.marketplaceIds],
});

/** One page of a search. */
export interface OrderPage {
  readonly orders: readonly AmazonOrder[];
  /** Orders of the page that could not be taken in. */
  readonly rejected: readonly RejectedOrder[];
  readonly nextToken: string | null;
  /** The search that gives the next page, null after the last one. Plain data, fit to be kept; it holds for 24 hours. */
  readonly next: OrderSearch | null;
  /** Up to when (ms UTC) the search is complete, by Amazon's word; it never comes from the own clock. */
  readonly until: number;
  /** When the call was sent (ms UTC): what the orders say is at least as new. */
  readonly startedAt: number;
}

/** One order by its id, and when it was asked for (ms UTC). */
export interface OrderReading {
  readonly order: ParsedOrder;
  readonly startedAt: number;
}

/** A page holds at most so many orders: Amazon's own most. */
export const ordersPerPage = 100;

/** Amazon wants two minutes; the rest is for clocks that differ. */
const youngestMs = 150_000;

// Rates: Amazon's model orders_2026-01-01; a seller's own are learnt from the answers.
const searchLimit = { ratePerSecond: 0.0056, burst: 20 };
const getLimit = { ratePerSecond: 0.5, burst: 30 };

/** Once no slot is free, one order can be read so often (ms). */
export const getEveryMs = 1000 / getLimit.ratePerSecond;

const isoTime = (ms: number) => new Date(ms).toISOString();

/**
 * The search with bounds that Amazon accepts at `at` (ms UTC): a start or end that is too young is moved back, which only
 * finds more. A further page is left exactly as it was.
 */
export function settleSearch(search: OrderSearch, at: number): OrderSearch {
  if (search.pageToken !== null) return search;
  const youngest = at - youngestMs;
  const after = Math.min(search.after, youngest);
  return {
    ...search,
    after,
    before: search.before === null ? null : Math.max(after, Math.min(search.before, youngest)),
  };
}

export const searchOrdersName = 'orders.searchOrders';

/** The call for a page of orders, 100 at most. */
export function searchCall(search: OrderSearch, data: readonly AmazonData[]): Call {
  const [after, before] =
    search.by === 'updated' ? ['lastUpdatedAfter', 'lastUpdatedBefore'] : ['createdAfter', 'createdBefore'];
  return {
    operation: searchOrdersName,
    limit: searchLimit,
    query: {
      [after]: isoTime(search.after),
      ...(search.before === null ? {} : { [before]: isoTime(search.before) }),
      ...(search.marketplaceIds.length === 0 ? {} : { marketplaceIds: search.marketplaceIds }),
      ...(search.pageToken === null ? {} : { paginationToken: search.pageToken }),
      maxResultsPerPage: ordersPerPage,
      includedData: data,
    },
  };
}

/** The call for one order. */
export function getCall(id: string, data: readonly AmazonData[]): Call {
  return {
    operation: 'orders.getOrder',
    limit: getLimit,
    path: { orderId: id },
    query: { includedData: data },
  };
}

const pageShape = z.object({
  orders: z.array(z.unknown()),
  pagination: z.object({ nextToken: z.string().nullish() }).nullish(),
  lastUpdatedBefore: z.string().nullish(),
  createdBefore: z.string().nullish(),
});
const orderShape = z.object({ order: z.looseObject({}) });

function misshapen<T>(operation: string): Result<T> {
  const sentence = `Amazon's answer to ${operation} does not have the shape it should have.`;
  return fail({ kind: 'retry', code: 'bad_answer', sentence, at: null });
}

function untilOf(page: z.infer<typeof pageShape>, search: OrderSearch): number {
  const told = Date.parse((search.by === 'updated' ? page.lastUpdatedBefore : page.createdBefore) ?? '');
  // Without Amazon's word the search proves nothing beyond its own bounds.
  return Number.isNaN(told) ? (search.before ?? search.after) : told;
}

/** Reads a page of orders; one that is broken does not cost the others. */
export function readPage(
  body: unknown,
  search: OrderSearch,
  given: readonly AmazonData[],
  startedAt: number,
): Result<OrderPage> {
  const page = pageShape.safeParse(body);
  if (!page.success) return misshapen('searchOrders');
  const parsed = page.data.orders.map((raw) => toDomain(raw, given));
  const token = page.data.pagination?.nextToken;
  const nextToken = token === undefined || token === '' ? null : token;
  return ok({
    orders: parsed.flatMap((one) => (one.ok ? [one.order] : [])),
    rejected: parsed.flatMap((one) =>
      one.ok ? [] : [{ orderId: one.orderId, field: one.field, sentence: one.sentence }],
    ),
    nextToken,
    next: nextToken === null ? null : { ...search, pageToken: nextToken },
    until: untilOf(page.data, search),
    startedAt,
  });
}

/** Reads the answer for one order. */
export function readOrder(
  body: unknown,
  given: readonly AmazonData[],
  startedAt: number,
): Result<OrderReading> {
  const answer = orderShape.safeParse(body);
  if (!answer.success) return misshapen('getOrder');
  return ok({ order: toDomain(answer.data.order, given), startedAt });
}

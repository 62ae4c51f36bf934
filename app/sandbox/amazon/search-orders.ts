import type { Answer } from './answers.ts';
import { withIncludedData } from './included-data.ts';
import { type JsonObject, objectIn, textIn } from './json.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';
import { placeOf, queryDigest, tokenFor } from './page-token.ts';
import { withoutHiddenBuyer } from './personal-data.ts';
import type { SearchRequest } from './search-parameters.ts';
import type { Seller } from './seller.ts';

/** How the orders are shown, apart from what the request asks. */
interface Showing {
  /** Address and e-mail only with seller-fulfilled orders that can ship or have shipped. */
  readonly openBuyersOnly: boolean;
  /** Changes of the last so many milliseconds are not yet found. */
  readonly lag: number;
}

function wanted(order: JsonObject, request: SearchRequest): boolean {
  const isIn = (values: readonly string[] | null, value: string | null) =>
    values === null || (value !== null && values.includes(value));
  const fulfillment = objectIn(order, 'fulfillment');
  return (
    isIn(request.statuses, textIn(fulfillment, 'fulfillmentStatus')) &&
    isIn(request.fulfilledBy, textIn(fulfillment, 'fulfilledBy')) &&
    isIn(request.marketplaceIds, textIn(objectIn(order, 'salesChannel'), 'marketplaceId'))
  );
}

interface Page {
  readonly found: readonly StoredOrder[];
  readonly more: boolean;
}

function pageOf(
  orders: Iterable<StoredOrder>,
  request: SearchRequest,
  until: number,
  hiddenFrom: number,
): Page {
  const found: StoredOrder[] = [];
  for (const stored of orders) {
    if (stored[request.family] > until) break;
    if (stored.updatedAt > hiddenFrom || !wanted(stored.order, request)) continue;
    if (found.length === request.pageSize) return { found, more: true };
    found.push(stored);
  }
  return { found, more: false };
}

/**
 * Answers searchOrders. Pages go on behind the last order of the page before, within the first page's window, so an
 * order that changes between two pages drops out of the later ones and is found by the next search. Throws
 * `BadParameter` for a token that does not fit.
 */
export function searchOrders(
  seller: Seller,
  request: SearchRequest,
  query: URLSearchParams,
  now: number,
  showing: Showing,
): Answer {
  const { sellerId } = seller.account;
  const place = request.token === null ? null : placeOf(request.token, sellerId, query, now);
  const until = place?.until ?? request.until;
  const store: OrderStore = seller.orders;
  const orders =
    place === null
      ? store.from(request.family, request.after)
      : store.from(request.family, place.at, place.id);
  const page = pageOf(orders, request, until, showing.lag === 0 ? Infinity : now - showing.lag);
  const last = page.found.at(-1);
  const next =
    page.more && last !== undefined
      ? tokenFor({
          seller: sellerId,
          query: queryDigest(query),
          at: last[request.family],
          id: last.id,
          until,
          issuedAt: now,
        })
      : null;
  return {
    status: 200,
    body: {
      orders: page.found.map(({ order }) =>
        withIncludedData(withoutHiddenBuyer(order, seller, showing.openBuyersOnly), request.data),
      ),
      ...(next === null ? {} : { pagination: { nextToken: next } }),
      [request.family === 'createdAt' ? 'createdBefore' : 'lastUpdatedBefore']: new Date(until).toISOString(),
    },
  };
}

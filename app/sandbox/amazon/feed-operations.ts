import type { BucketSize } from './bucket.ts';

/** Operations that change orders or tell of their money: feeds, confirmShipment of Orders v0, and Finances. */
export type FeedOperation =
  | 'createFeedDocument'
  | 'createFeed'
  | 'getFeed'
  | 'getFeeds'
  | 'cancelFeed'
  | 'getFeedDocument'
  | 'confirmShipment'
  | 'listTransactions';

/** Amazon's usage plans, from the models feeds_2021-06-30, ordersV0 and finances_2024-06-19. */
export const feedPlans: Readonly<Record<FeedOperation, BucketSize>> = {
  createFeedDocument: { rate: 0.5, burst: 15 },
  createFeed: { rate: 0.0083, burst: 15 },
  getFeed: { rate: 2, burst: 15 },
  getFeeds: { rate: 0.0222, burst: 10 },
  cancelFeed: { rate: 2, burst: 15 },
  getFeedDocument: { rate: 0.0222, burst: 10 },
  confirmShipment: { rate: 2, burst: 10 },
  listTransactions: { rate: 0.5, burst: 10 },
};

/** A call of one of them; `id` is a feed's, a document's or an order's. */
export interface FeedTarget {
  readonly kind: 'feeds';
  readonly operation: FeedOperation;
  readonly id: string;
}

const routes: readonly (readonly [method: string, path: RegExp, operation: FeedOperation])[] = [
  ['POST', /^\/feeds\/2021-06-30\/documents$/, 'createFeedDocument'],
  ['GET', /^\/feeds\/2021-06-30\/documents\/(?<id>[^/]+)$/, 'getFeedDocument'],
  ['POST', /^\/feeds\/2021-06-30\/feeds$/, 'createFeed'],
  ['GET', /^\/feeds\/2021-06-30\/feeds$/, 'getFeeds'],
  ['GET', /^\/feeds\/2021-06-30\/feeds\/(?<id>[^/]+)$/, 'getFeed'],
  ['DELETE', /^\/feeds\/2021-06-30\/feeds\/(?<id>[^/]+)$/, 'cancelFeed'],
  ['POST', /^\/orders\/v0\/orders\/(?<id>[^/]+)\/shipmentConfirmation$/, 'confirmShipment'],
  ['GET', /^\/finances\/2024-06-19\/transactions$/, 'listTransactions'],
];

/** What a request's method and path name of these; null where it is none. */
export function feedTarget(method: string, path: string): FeedTarget | null {
  for (const [verb, pattern, operation] of routes) {
    const groups = verb === method ? pattern.exec(path) : null;
    if (groups) return { kind: 'feeds', operation, id: groups.groups?.['id'] ?? '' };
  }
  return null;
}

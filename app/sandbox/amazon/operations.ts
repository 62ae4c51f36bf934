import { type BucketSize, createBucket } from './bucket.ts';
import { consentPaths } from './consent.ts';
import { type FeedOperation, feedPlans, feedTarget, type FeedTarget } from './feed-operations.ts';
import {
  type NotificationOperation,
  notificationTarget,
  type NotificationTarget,
} from './notification-operations.ts';
import { type ReportOperation, reportPlans, reportTarget, type ReportTarget } from './report-operations.ts';

/** The SP-API operations that are answered. */
export type Operation =
  | 'searchOrders'
  | 'getOrder'
  | 'getMarketplaceParticipations'
  | NotificationOperation
  | ReportOperation
  | FeedOperation;

const notifications: BucketSize = { rate: 1, burst: 5 };

/** Amazon's default usage plans, from the published models. */
export const usagePlans: Readonly<Record<Operation, BucketSize>> = {
  searchOrders: { rate: 0.0056, burst: 20 },
  getOrder: { rate: 0.5, burst: 30 },
  getMarketplaceParticipations: { rate: 0.016, burst: 15 },
  createDestination: notifications,
  getDestinations: notifications,
  getDestination: notifications,
  deleteDestination: notifications,
  createSubscription: notifications,
  getSubscription: notifications,
  getSubscriptionById: notifications,
  deleteSubscriptionById: notifications,
  ...reportPlans,
  ...feedPlans,
};

/** One bucket for each operation. */
export type Buckets = Readonly<Record<Operation, ReturnType<typeof createBucket>>>;

/** Full buckets of one seller, or of the app itself. */
export function openBuckets(now: number): Buckets {
  const all = Object.entries(usagePlans).map(([operation, size]) => [operation, createBucket(size, now)]);
  return Object.fromEntries(all) as Buckets;
}

/** Where a request goes. */
export type Target =
  | { readonly kind: 'login'; readonly operation: 'token' }
  | { readonly kind: 'searchOrders'; readonly operation: 'searchOrders' }
  | { readonly kind: 'getOrder'; readonly operation: 'getOrder'; readonly orderId: string }
  | { readonly kind: 'participations'; readonly operation: 'getMarketplaceParticipations' }
  | { readonly kind: 'consent' | 'store'; readonly operation: null }
  | { readonly kind: 'confirm'; readonly operation: null; readonly applicationId: string }
  | NotificationTarget
  | ReportTarget
  | FeedTarget
  | { readonly kind: 'document'; readonly operation: null; readonly key: string }
  | { readonly kind: 'upload'; readonly operation: null; readonly key: string }
  | { readonly kind: 'later'; readonly operation: null }
  | { readonly kind: 'unknown'; readonly operation: null };

const laterPaths =
  /^\/(orders\/v0|feeds|reports|notifications|finances|messaging|solicitations|sellers|tokens|tracking|mfn|documents)(\/|$)/;
const documentPath = /^\/documents\/([^/]+)$/;
const orderPath = /^\/orders\/2026-01-01\/orders\/([^/]+)$/;

/** Decodes a path segment; a malformed one stays as it is. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** One of Amazon's authorisation pages; null where it is none. */
function pageTarget(path: string): Target | null {
  if (path === consentPaths.consent) return { kind: 'consent', operation: null };
  if (path === consentPaths.store) return { kind: 'store', operation: null };
  if (!path.startsWith(consentPaths.confirm)) return null;
  return {
    kind: 'confirm',
    operation: null,
    applicationId: decoded(path.slice(consentPaths.confirm.length)),
  };
}

/** What a request's method and path name. */
export function targetOf(method: string, path: string): Target {
  if (method === 'POST' && path === '/auth/o2/token') return { kind: 'login', operation: 'token' };
  const page = pageTarget(path);
  if (page) return page;
  const notification = notificationTarget(method, path);
  if (notification) return notification;
  const report = reportTarget(method, path);
  if (report) return { ...report, id: decoded(report.id) };
  const feed = feedTarget(method, path);
  if (feed) return { ...feed, id: decoded(feed.id) };
  const key = documentPath.exec(path)?.[1];
  if (key !== undefined && method === 'GET') return { kind: 'document', operation: null, key };
  if (key !== undefined && method === 'PUT') return { kind: 'upload', operation: null, key };
  if (method === 'GET' && path === '/sellers/v1/marketplaceParticipations')
    return { kind: 'participations', operation: 'getMarketplaceParticipations' };
  if (laterPaths.test(path)) return { kind: 'later', operation: null };
  if (method !== 'GET') return { kind: 'unknown', operation: null };
  if (path === '/orders/2026-01-01/orders') return { kind: 'searchOrders', operation: 'searchOrders' };
  const orderId = orderPath.exec(path)?.[1];
  return orderId === undefined
    ? { kind: 'unknown', operation: null }
    : { kind: 'getOrder', operation: 'getOrder', orderId: decoded(orderId) };
}

import type { BucketSize } from './bucket.ts';

/** Operations around reports, the token they are opened with, and the one operation of Orders v0 that is answered. */
export type ReportOperation =
  | 'createReport'
  | 'getReports'
  | 'getReport'
  | 'getReportDocument'
  | 'createRestrictedDataToken'
  | 'getOrderItems';

/** Amazon's usage plans, from the models reports_2021-06-30, tokens_2021-03-01 and ordersV0. */
export const reportPlans: Readonly<Record<ReportOperation, BucketSize>> = {
  createReport: { rate: 0.0167, burst: 15 },
  getReports: { rate: 0.0222, burst: 10 },
  getReport: { rate: 2, burst: 15 },
  getReportDocument: { rate: 0.0167, burst: 15 },
  createRestrictedDataToken: { rate: 1, burst: 10 },
  getOrderItems: { rate: 0.5, burst: 30 },
};

/** A call of one of them; `id` is a report's, a document's or an order's. */
export interface ReportTarget {
  readonly kind: 'reports';
  readonly operation: ReportOperation;
  readonly id: string;
}

const routes: readonly (readonly [method: string, path: RegExp, operation: ReportOperation])[] = [
  ['POST', /^\/reports\/2021-06-30\/reports$/, 'createReport'],
  ['GET', /^\/reports\/2021-06-30\/reports$/, 'getReports'],
  ['GET', /^\/reports\/2021-06-30\/reports\/(?<id>[^/]+)$/, 'getReport'],
  ['GET', /^\/reports\/2021-06-30\/documents\/(?<id>[^/]+)$/, 'getReportDocument'],
  ['POST', /^\/tokens\/2021-03-01\/restrictedDataToken$/, 'createRestrictedDataToken'],
  ['GET', /^\/orders\/v0\/orders\/(?<id>[^/]+)\/orderItems$/, 'getOrderItems'],
];

/** What a request's method and path name of these; null where it is none. */
export function reportTarget(method: string, path: string): ReportTarget | null {
  for (const [verb, pattern, operation] of routes) {
    const groups = verb === method ? pattern.exec(path) : null;
    if (groups) return { kind: 'reports', operation, id: groups.groups?.['id'] ?? '' };
  }
  return null;
}

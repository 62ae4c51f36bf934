import type { AmazonOrder } from './amazon-order.ts';
import { marketplace } from './marketplaces.ts';
import type { CancelRequest } from './request.ts';

/**
 * When a request has to be decided at the latest (ms UTC): the marketplace's answer time or the latest ship date, whichever
 * runs out first (REQ-11). Null where neither is known.
 */
export function runsOutAt(order: AmazonOrder, request: CancelRequest): number | null {
  const hours = marketplace(order.marketplaceId)?.answerHours ?? null;
  const shipBy = order.shipBy.latest === null ? NaN : Date.parse(order.shipBy.latest);
  const clocks = [hours === null ? NaN : request.requestedAt + hours * 3_600_000, shipBy];
  const known = clocks.filter((at) => !Number.isNaN(at));
  return known.length === 0 ? null : Math.min(...known);
}

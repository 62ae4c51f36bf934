import type { IncludedData } from './included-data.ts';
import type { TimeFamily } from './order-store.ts';
import { BadParameter, includedData, list, listOf, single, time } from './query.ts';

/** Changes become visible to a search this much later; also the youngest allowed end of a window. Milliseconds. */
const searchDelay = 2 * 60 * 1000;

const statuses = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
];

/** A checked searchOrders request. Times in milliseconds. */
export interface SearchRequest {
  readonly family: TimeFamily;
  readonly after: number;
  /** Given by the caller; else two minutes ago. */
  readonly until: number;
  readonly statuses: readonly string[] | null;
  readonly marketplaceIds: readonly string[] | null;
  readonly fulfilledBy: readonly string[] | null;
  readonly pageSize: number;
  readonly token: string | null;
  readonly data: readonly IncludedData[];
}

const names = {
  createdAt: { after: 'createdAfter', before: 'createdBefore' },
  updatedAt: { after: 'lastUpdatedAfter', before: 'lastUpdatedBefore' },
} as const;

function familyOf(query: URLSearchParams): TimeFamily {
  const created = query.has('createdAfter');
  if (created === query.has('lastUpdatedAfter')) {
    throw new BadParameter('Exactly one of createdAfter and lastUpdatedAfter must be given.');
  }
  const family = created ? 'createdAt' : 'updatedAt';
  const foreign = created ? 'lastUpdatedBefore' : 'createdBefore';
  if (query.has(foreign)) throw new BadParameter(`${foreign} cannot go with ${names[family].after}.`);
  return family;
}

function windowOf(query: URLSearchParams, family: TimeFamily, now: number, refuseYoung: boolean) {
  const { after: afterName, before: beforeName } = names[family];
  const after = time(query, afterName);
  if (after === null) throw new BadParameter(`${afterName} is missing.`);
  const before = time(query, beforeName);
  const youngest = now - searchDelay;
  if (before === null) {
    if (refuseYoung && after > youngest) {
      throw new BadParameter(`${afterName} must be at least two minutes before the request.`);
    }
    return { after, until: youngest };
  }
  if (before > youngest)
    throw new BadParameter(`${beforeName} must be at least two minutes before the request.`);
  if (before < after) throw new BadParameter(`${beforeName} must not be before ${afterName}.`);
  return { after, until: before };
}

function pageSizeOf(query: URLSearchParams): number {
  const given = single(query, 'maxResultsPerPage');
  if (given === null) return 100;
  const size = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (size < 1 || size > 100) throw new BadParameter('maxResultsPerPage must be between 1 and 100.');
  return size;
}

/**
 * Checks the query of searchOrders as Amazon does; `refuseYoung`: an open window that begins less than two minutes ago
 * is refused. Throws `BadParameter`.
 */
export function searchRequest(query: URLSearchParams, now: number, refuseYoung: boolean): SearchRequest {
  const family = familyOf(query);
  const marketplaceIds = list(query, 'marketplaceIds');
  if (marketplaceIds !== null && marketplaceIds.length > 50) {
    throw new BadParameter('marketplaceIds holds more than 50 values.');
  }
  return {
    family,
    ...windowOf(query, family, now, refuseYoung),
    statuses: listOf(query, 'fulfillmentStatuses', statuses),
    marketplaceIds,
    fulfilledBy: listOf(query, 'fulfilledBy', ['MERCHANT', 'AMAZON']),
    pageSize: pageSizeOf(query),
    token: single(query, 'paginationToken'),
    data: includedData(query),
  };
}

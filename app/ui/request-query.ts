import type { RequestQuery } from '../db/request-list.ts';
import { reasonCategories } from '../domain/reason-category.ts';
import { requestTabs } from '../domain/request-tab.ts';
import { readPlace } from './trail.ts';

/** Reads what the inbox's address asks for; what it does not know is left out. */
export function readRequestQuery(given: URLSearchParams, limit: number): RequestQuery {
  return {
    limit,
    tab: requestTabs.find((tab) => tab === given.get('tab')) ?? 'open',
    after: readPlace(given.getAll('after').at(-1)),
    search: given.get('q')?.trim() ?? '',
    marketplaceId: given.get('market') ?? '',
    category: reasonCategories.find((category) => category === given.get('reason')),
    allLines: given.get('lines') === 'all',
  };
}

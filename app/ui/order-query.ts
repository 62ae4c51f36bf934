import type { OrderQuery } from '../db/order-list.ts';
import { stateKeys } from '../domain/describe.ts';
import { orderSorts, orderViews, readValueRange, shipByWords } from '../domain/order-view.ts';
import { knownProgrammes } from '../domain/programmes.ts';
import { requestWords } from '../domain/request-tab.ts';

/** Reads what the orders list's address asks for; what it does not know is left out. `now` in ms UTC. */
export function readOrderQuery(given: URLSearchParams, now: number): OrderQuery {
  const one = <Word extends string>(name: string, words: readonly Word[]): Word | undefined =>
    words.find((word) => word === given.get(name));
  return {
    sort: one('sort', orderSorts) ?? 'newest',
    view: one('view', orderViews) ?? 'all',
    search: given.get('q')?.trim() ?? '',
    marketplaceId: given.get('market') ?? '',
    state: one('state', stateKeys),
    request: one('request', requestWords),
    shipBy: one('shipBy', shipByWords),
    programme: one('programme', knownProgrammes),
    value: readValueRange(given.get('value')),
    now,
  };
}

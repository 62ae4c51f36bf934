import { reasonGroupings, type ReasonGrouping } from '../domain/reason-group.ts';

/** Reads by what the reasons are put together; by SKU where nothing is said. */
export function readGrouping(given: URLSearchParams): ReasonGrouping {
  return reasonGroupings.find((each) => each === given.get('by')) ?? 'sku';
}

import type { OrderListPlace } from '../db/order-list.ts';

const longest = 40;

/** A place as the query parameter `after`. */
function placeText({ createdAt, id }: OrderListPlace): string {
  return `${createdAt}_${id}`;
}

/** Reads the query parameter `after`, where one is given. */
export function readPlace(text: string | undefined): OrderListPlace | undefined {
  const match = /^(\d{1,15})_(.+)$/.exec(text ?? '');
  return match?.[1] && match[2] ? { createdAt: Number(match[1]), id: match[2] } : undefined;
}

/** The query for the next page: the way back is kept in it, at most 40 pages long. */
export function forward(query: URLSearchParams, next: OrderListPlace): string {
  return withTrail(query, [...query.getAll('after'), placeText(next)].slice(-longest));
}

/** The query for the page before. */
export function back(query: URLSearchParams): string {
  return withTrail(query, query.getAll('after').slice(0, -1));
}

function withTrail(query: URLSearchParams, trail: readonly string[]): string {
  const changed = new URLSearchParams();
  const search = query.get('q');
  if (search) changed.set('q', search);
  for (const each of trail) changed.append('after', each);
  return `?${changed.toString()}`;
}

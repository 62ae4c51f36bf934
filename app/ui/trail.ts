import type { ListPlace } from '../db/order-list.ts';

const longest = 40;

/** What a list's address says beside the place in it. */
export const kept = ['tab', 'q', 'request', 'market', 'reason', 'lines'];

/** A place as the query parameter `after`. */
function placeText({ at, id }: ListPlace): string {
  return `${at ?? 'never'}_${id}`;
}

/** Reads the query parameter `after`, where one is given. */
export function readPlace(text: string | undefined): ListPlace | undefined {
  const match = /^(\d{1,15}|never)_(.+)$/.exec(text ?? '');
  if (!match?.[1] || !match[2]) return undefined;
  return { at: match[1] === 'never' ? null : Number(match[1]), id: match[2] };
}

/** The query for the next page: the way back is kept in it, at most 40 pages long. */
export function forward(query: URLSearchParams, next: ListPlace): string {
  return withTrail(query, [...query.getAll('after'), placeText(next)].slice(-longest));
}

/** The query for the page before. */
export function back(query: URLSearchParams): string {
  return withTrail(query, query.getAll('after').slice(0, -1));
}

function withTrail(query: URLSearchParams, trail: readonly string[]): string {
  const next = new URLSearchParams();
  for (const name of kept) {
    const value = query.get(name);
    if (value) next.set(name, value);
  }
  for (const each of trail) next.append('after', each);
  return `?${next.toString()}`;
}

/** The query for the first page with one word of it changed; empty takes it out. */
export function changed(query: URLSearchParams, name: string, value: string): string {
  const other = new URLSearchParams(query);
  other.set(name, value);
  return withTrail(other, []);
}

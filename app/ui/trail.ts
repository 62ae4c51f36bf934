/**
 * Where the next page of a list starts: the value that its last row is sorted by (mostly ms UTC; null for none), its id, and
 * what comes before the value where something does.
 */
interface Place {
  readonly at: number | null;
  readonly id: string;
  readonly group?: string | undefined;
}

const longest = 40;

/** What a list's address says beside the place in it. */
export const kept = [
  ...['tab', 'q', 'request', 'market', 'reason', 'lines'],
  ...['view', 'state', 'shipBy', 'programme', 'value', 'sort'],
  ...['days', 'from', 'to', 'by', 'currency', 'voids', 'settlement'],
];

/** A place as the query parameter `after`. */
function placeText({ at, id, group }: Place): string {
  return `${at ?? 'never'}${group === undefined ? '_' : `.${group}.`}${id}`;
}

/** Reads the query parameter `after`, where one is given. */
export function readPlace(text: string | undefined): Place | undefined {
  const [, at, group, id] = /^(\d{1,15}|never)(?:_|\.(\w{1,40})\.)(.+)$/.exec(text ?? '') ?? [];
  if (!at || !id) return undefined;
  return { at: at === 'never' ? null : Number(at), id, ...(group ? { group } : {}) };
}

/** The query for the next page: the way back is kept in it, at most 40 pages long. */
export function forward(query: URLSearchParams, next: Place): string {
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

/** What a list's address says of its filters and sort, always in the same order, and nothing of the place in it. */
export function listQuery(query: URLSearchParams): string {
  return withTrail(query, []).slice(1);
}

/** The query for the first page with one word of it changed; empty takes it out. */
export function changed(query: URLSearchParams, name: string, value: string): string {
  const other = new URLSearchParams(query);
  other.set(name, value);
  return withTrail(other, []);
}

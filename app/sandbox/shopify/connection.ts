import { GraphQLError } from 'graphql';

/** Arguments of every connection. */
export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly reverse?: boolean | null;
}

/** Where an item stands in its list: what it is sorted by, then its id. */
export type Position = readonly [sort: string | number | null, id: bigint];

/** A page as GraphQL shows it; nodes are made for the items on the page only. */
export interface Connection {
  readonly edges: () => readonly { readonly cursor: string; readonly node: object }[];
  readonly nodes: () => readonly object[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const largest = 250;

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify([position[0], String(position[1])])).toString('base64');
}

function decode(cursor: string): Position {
  try {
    const [sort, id] = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as [
      string | number | null,
      string,
    ];
    return [sort, BigInt(id)];
  } catch {
    // Falls through to the same answer as for a cursor of another shape.
  }
  throw badRequest('Invalid cursor for current pagination sort.');
}

function comparePositions(a: Position, b: Position): number {
  const [left, right] = [a[0] ?? '', b[0] ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

function sizeOf(args: PageArgs): number {
  const size = args.first ?? args.last;
  if (size == null) throw badRequest('you must provide one of first or last');
  if (args.first != null && args.last != null)
    throw badRequest('providing both first and last is not supported');
  if (size < 0) throw badRequest(`first or last must not be negative`);
  if (size > largest) throw badRequest(`first or last cannot exceed ${String(largest)}`);
  return size;
}

/**
 * One page of a list. Cursors hold a position and stay good when items come or go. Throws Shopify's errors for page sizes
 * it refuses.
 */
export function connection<T>(
  items: readonly T[],
  args: PageArgs,
  position: (item: T) => Position,
  toNode: (item: T) => object,
): Connection {
  const size = sizeOf(args);
  const direction = args.reverse === true ? -1 : 1;
  const sorted = items
    .map((item) => ({ item, at: position(item) }))
    .sort((a, b) => direction * comparePositions(a.at, b.at));
  const { after, before } = args;
  const from = after == null ? 0 : firstAfter(sorted, decode(after), direction, true);
  const to = before == null ? sorted.length : firstAfter(sorted, decode(before), direction, false);
  const window = sorted.slice(from, Math.max(from, to));
  const page = args.last == null ? window.slice(0, size) : window.slice(Math.max(0, window.length - size));
  const start = page[0] ? window.indexOf(page[0]) : 0;
  const ends = [page[0], page.at(-1)].map((one) => (one ? encode(one.at) : null));
  return {
    edges: () => page.map(({ item, at }) => ({ cursor: encode(at), node: toNode(item) })),
    nodes: () => page.map(({ item }) => toNode(item)),
    pageInfo: {
      hasNextPage: from + start + page.length < sorted.length,
      hasPreviousPage: from + start > 0,
      startCursor: ends[0] ?? null,
      endCursor: ends[1] ?? null,
    },
  };
}

function firstAfter(
  sorted: readonly { readonly at: Position }[],
  cursor: Position,
  direction: number,
  beyond: boolean,
): number {
  const found = sorted.findIndex(({ at }) => {
    const order = direction * comparePositions(at, cursor);
    return beyond ? order > 0 : order >= 0;
  });
  return found === -1 ? sorted.length : found;
}

import { BadParameter, single } from './query.ts';

/**
 * What a list is asked for, and from which entry on. A page after the first is asked for by its token alone, which holds
 * the query and where to go on; `must` is a parameter that every first page has.
 */
export function pageOf(
  query: URLSearchParams,
  must: string,
): { readonly wish: URLSearchParams; readonly from: number } {
  const token = single(query, 'nextToken');
  if (token === null) return { wish: query, from: 0 };
  if ([...query.keys()].length > 1) throw new BadParameter('nextToken is given with other parameters.');
  const wish = new URLSearchParams(Buffer.from(token, 'base64url').toString('utf8'));
  const from = Number(wish.get('from'));
  if (!wish.has(must) || !Number.isInteger(from)) throw new BadParameter('nextToken is not valid.');
  wish.delete('from');
  return { wish, from };
}

/** The entries of one page, and the token of the next one where there is one. */
export function onePage<Entry>(
  entries: readonly Entry[],
  { wish, from }: ReturnType<typeof pageOf>,
): { readonly page: readonly Entry[]; readonly next: { readonly nextToken?: string } } {
  const size = Number(single(wish, 'pageSize') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw new BadParameter('pageSize is not valid.');
  const more = new URLSearchParams(wish);
  more.set('from', String(from + size));
  const nextToken = Buffer.from(more.toString()).toString('base64url');
  return {
    page: entries.slice(from, from + size),
    next: entries.length > from + size ? { nextToken } : {},
  };
}

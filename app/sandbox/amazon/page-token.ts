import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BadParameter } from './query.ts';

const hours24 = 24 * 60 * 60 * 1000;

const placeSchema = z.object({
  seller: z.string(),
  /** Digest of the parameters that must not change from page to page. */
  query: z.string(),
  /** Last order of the page before. */
  at: z.number(),
  id: z.string(),
  /** End of the time window, milliseconds; the same for all pages. */
  until: z.number(),
  issuedAt: z.number(),
});

/** Where the next page goes on. */
type Place = z.infer<typeof placeSchema>;

const mayChange = ['paginationToken', 'maxResultsPerPage', 'includedData'];

/** A digest of all parameters that must be repeated as they were. */
export function queryDigest(query: URLSearchParams): string {
  const kept = [...query]
    .filter(([name]) => !mayChange.includes(name))
    .map(([name, value]) => `${name}=${value}`);
  return createHash('sha256').update(kept.sort().join('&')).digest('base64url').slice(0, 16);
}

/** The place as an opaque token. */
export function tokenFor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function parsed(token: string): Place | null {
  try {
    const result = placeSchema.safeParse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** Reads a token back. Refuses what is no token of this seller, is older than 24 h, or comes with other parameters. */
export function placeOf(token: string, seller: string, query: URLSearchParams, now: number): Place {
  const place = parsed(token);
  if (place?.seller !== seller) throw new BadParameter('paginationToken is not valid.');
  if (now - place.issuedAt >= hours24) throw new BadParameter('paginationToken has expired.');
  if (place.query !== queryDigest(query)) {
    throw new BadParameter('The parameters differ from those of the request that gave the paginationToken.');
  }
  return place;
}

import type { Failure } from '../domain/failure.ts';
import { sortThrown } from './failure.ts';

/**
 * Where a request to an address that Amazon signed goes: there, or to `origin` (AMAZON_API_ORIGIN) in place of its host.
 * Null where it is no such address. The address is a secret of five minutes and never part of a sentence.
 */
export function signedTarget(url: string, origin: string | undefined): string | null {
  const given = URL.canParse(url) ? new URL(url) : null;
  if (given?.protocol !== 'https:') return null;
  return origin === undefined ? given.href : `${origin}${given.pathname}${given.search}`;
}

/** What fetch threw, by the network's own code; `what` begins the sentence. Null: a bug. */
export function fetchFailure(what: string, error: unknown): Failure | null {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return sortThrown(what, { code: 'API_RESPONSE_TIMEOUT' });
  return sortThrown(what, error instanceof Error ? (error.cause ?? error) : error);
}

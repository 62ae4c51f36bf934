import { type Answer, unauthorized } from './answers.ts';
import type { AccessToken } from './login.ts';
import { lacksRole, type Seller } from './seller.ts';

type Held = { readonly token: AccessToken } | { readonly refused: Answer };

function tokenOf(
  header: string | string[] | undefined,
  tokens: ReadonlyMap<string, AccessToken>,
  now: number,
): Held {
  const refuse = (details: string) => ({ refused: unauthorized(details) });
  if (typeof header !== 'string' || header === '')
    return refuse('Access token is missing in the request header.');
  const token = tokens.get(header);
  if (token === undefined) return refuse('The access token you provided is revoked, malformed or invalid.');
  return token.expiresAt <= now ? refuse('The access token you provided has expired.') : { token };
}

/** Why a request's token is not the app's own of this scope, or null: the 403 it gets. */
export function refusalOfApp(
  header: string | string[] | undefined,
  tokens: ReadonlyMap<string, AccessToken>,
  scope: string,
  now: number,
): Answer | null {
  const held = tokenOf(header, tokens, now);
  if ('refused' in held) return held.refused;
  return held.token.scopes.includes(scope) ? null : unauthorized('The operation takes a grantless token.');
}

/**
 * The seller that a request's `x-amz-access-token` speaks for, or the 403 it gets: token missing, unknown, expired or
 * of no seller, grant revoked or lapsed, role missing.
 */
export function sellerOf(
  header: string | string[] | undefined,
  tokens: ReadonlyMap<string, AccessToken>,
  sellers: ReadonlyMap<string, Seller>,
  now: number,
): { readonly seller: Seller; readonly token: AccessToken } | { readonly refused: Answer } {
  const refuse = (details: string) => ({ refused: unauthorized(details) });
  const held = tokenOf(header, tokens, now);
  if ('refused' in held) return held;
  const { token } = held;
  const seller = token.sellerId === null ? undefined : sellers.get(token.sellerId);
  if (seller === undefined) return refuse('The access token you provided does not belong to a seller.');
  if (seller.authorisation.state === 'revoked') {
    return refuse('The access token you provided is revoked, malformed or invalid.');
  }
  if (seller.authorisation.state === 'expired') {
    return refuse("The seller's authorization of this application has expired.");
  }
  if (lacksRole(seller, 'Inventory and Order Tracking')) return refuse('');
  return { seller, token };
}

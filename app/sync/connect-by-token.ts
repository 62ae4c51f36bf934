import { notConnected, type ConnectOutcome } from '../domain/connect-refusal.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { connectAccount, refusalFor } from './connect-account.ts';
import type { Services } from './services.ts';

/** A refresh token as a person brought it from Amazon's developer console, and the account they say it is of. */
export interface TypedGrant {
  readonly sellerId: SellerId;
  readonly region: AmazonRegion;
  readonly refreshToken: string;
  readonly by: string;
}

/**
 * Connects an account by a refresh token of a private app. A token does not tell whose it is, and what is sent to Amazon
 * names the account: where Amazon's finances show another id than the one that was typed, it is refused.
 */
export async function connectByToken(
  services: Services,
  shop: ShopDomain,
  typed: TypedGrant,
): Promise<ConnectOutcome> {
  const client = services.connecting.client({ ...typed, sellerId: null });
  const seen = await client.accountSeen();
  if (!seen.ok && seen.failure.kind !== 'final')
    return notConnected(refusalFor(seen.failure, 'token_refused'));
  // Without the role for finances the typed id has to do; feeds with a wrong one are refused by Amazon.
  if (seen.ok && seen.value !== null && seen.value !== typed.sellerId) return notConnected('wrong_seller');
  // Amazon ends what was granted to a public app; a private one's own grant stays.
  return connectAccount(services, shop, client, { ...typed, grantedUntil: null });
}

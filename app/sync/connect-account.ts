import type { AmazonClient } from '../amazon/client.ts';
import { notConnected, type ConnectOutcome, type ConnectRefusal } from '../domain/connect-refusal.ts';
import type { Failure } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import { checkAccount } from './check-account.ts';
import { connectSeller } from './connect-seller.ts';
import type { Services } from './services.ts';

const refusals: Readonly<Record<string, ConnectRefusal>> = {
  role_missing: 'role_missing',
  app_credentials: 'app_refused',
  seller_taken: 'taken',
  other_region: 'other_region',
};

/** What a failure on the way means for the person; `lost` where Amazon no longer accepts what was given. */
export function refusalFor(failure: Failure, lost: ConnectRefusal): ConnectRefusal {
  return refusals[failure.code] ?? (failure.kind === 'reconnect' ? lost : 'amazon_down');
}

/** Whether Amazon's finances show another account than the one that was named; where they show none, the name has to do. */
export async function belongsToAnother(client: AmazonClient, named: SellerId): Promise<boolean> {
  const seen = await client.accountSeen();
  return seen.ok && seen.value !== null && seen.value !== named;
}

/** What a seller granted, and who brought it. `grantedUntil` in ms UTC; null where it does not end by itself. */
export interface Grant {
  readonly sellerId: SellerId;
  readonly region: AmazonRegion;
  readonly refreshToken: string;
  readonly grantedUntil: number | null;
  readonly by: string;
}

/**
 * Looks at an account with what was granted, and keeps it where orders can be read: new orders come in from now on. Whatever
 * stands in the way is an outcome, and then nothing was kept.
 */
export async function connectAccount(
  services: Services,
  shop: ShopDomain,
  client: AmazonClient,
  grant: Grant,
): Promise<ConnectOutcome> {
  const checked = await checkAccount(client);
  const note = (code: string) => {
    services.log.warn({ shop, seller: grant.sellerId, code }, 'an account was not connected');
  };
  if (!checked.ok) {
    note(checked.failure.code);
    return notConnected(refusalFor(checked.failure, 'token_refused'));
  }
  const told = checked.value;
  const kept = await connectSeller(services.db, services.vault, {
    shop,
    ...grant,
    importFrom: now(),
    told,
  });
  if (!kept.ok) {
    note(kept.failure.code);
    return notConnected(refusalFor(kept.failure, 'token_refused'));
  }
  const marketplaces = told && told.marketplaceIds.length > 0 ? told.marketplaceIds.length : null;
  return { ok: true, connected: { sellerId: grant.sellerId, name: told?.name ?? null, marketplaces } };
}

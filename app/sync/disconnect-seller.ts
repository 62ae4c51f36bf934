import { beginQuiet } from '../db/facts.ts';
import { closeAccountProblem } from '../db/problems.ts';
import { changeSeller, sellerOf } from '../db/sellers.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { ProblemKind } from '../domain/problem.ts';
import { now } from '../lib/clock.ts';
import { addressesSubject } from './note-addresses.ts';
import { requestsSubject } from './note-sight.ts';
import { financesSubject } from './poll-finances.ts';
import type { Services } from './services.ts';

/** What is said of an account only while it is meant to work. */
const overWithIt = (seller: SellerId): readonly (readonly [ProblemKind, string])[] => [
  ['auth_expires', seller],
  ['blind', seller],
  ['blind', requestsSubject(seller)],
  ['disconnected', seller],
  ['role_missing', financesSubject(seller)],
  ['role_missing', addressesSubject(seller)],
];

/**
 * A person disconnects an account: from now on nothing of it is read or sent, and its token is gone. Orders and holds in
 * Shopify stay; what is done there meanwhile is kept back when it is connected again (CAN-12). From now on another shop may
 * connect it. False: the shop has no such account.
 */
export async function disconnectSeller(
  { db, vault }: Pick<Services, 'db' | 'vault'>,
  shop: ShopDomain,
  sellerId: SellerId,
  by: string,
): Promise<boolean> {
  return db.forShop(shop, async (tx) => {
    const before = await sellerOf(tx, shop, sellerId);
    if (!before) return false;
    const at = new Date(now());
    await changeSeller(tx, shop, sellerId, {
      state: 'released',
      ...(before.state === 'connected' ? { stateSince: at } : {}),
      refreshToken: vault.seal(''),
      grantedUntil: null,
      blindSince: null,
      blindWhy: null,
    });
    await beginQuiet(tx, shop, sellerId, 'disconnected', now());
    for (const [kind, subject] of overWithIt(sellerId))
      await closeAccountProblem(tx, shop, now(), kind, subject);
    await tx.auditEntry.create({
      data: {
        shop,
        at,
        actor: by,
        action: 'account_disconnected',
        before: { sellerId, state: before.state },
        after: { sellerId, state: 'released' },
      },
    });
    return true;
  });
}

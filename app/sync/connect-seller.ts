import { Prisma } from '@prisma/client';
import type { Database } from '../db/client.ts';
import { endQuiet } from '../db/facts.ts';
import { releaseSeller, shopOfSeller } from '../db/system.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';

const taken = fail<null>({
  kind: 'final',
  code: 'seller_taken',
  sentence: 'This Amazon account is connected to another shop. Disconnect it there first.',
});

/**
 * Connects a seller account to a shop, or renews its token; orders created from `importFrom` (ms UTC) on come in by
 * themselves. An account that another shop has is refused (PRO-5), unless that shop gave up the app.
 */
export async function connectSeller(
  db: Database,
  vault: Vault,
  account: {
    shop: ShopDomain;
    sellerId: SellerId;
    region: AmazonRegion;
    refreshToken: string;
    importFrom: number;
  },
): Promise<Result<null>> {
  const { shop, sellerId, region, importFrom } = account;
  const owner = await shopOfSeller(db, sellerId);
  if (owner !== null && owner !== shop && !(await releaseSeller(db, sellerId))) return taken;
  const at = new Date(now());
  const grant = {
    region,
    refreshToken: vault.seal(account.refreshToken),
    state: 'connected',
    stateSince: at,
    nextPollAt: at,
  };
  try {
    await db.forShop(shop, async (tx) => {
      await tx.seller.upsert({
        where: { shop_sellerId: { shop, sellerId } },
        create: {
          shop,
          sellerId,
          ...grant,
          importFrom: new Date(importFrom),
          cursor: new Date(Math.min(importFrom, now())),
        },
        update: grant,
      });
      await endQuiet(tx, shop, sellerId, 'disconnected', now());
    });
  } catch (error) {
    // Another shop connected the account at the same moment.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return taken;
    throw error;
  }
  return ok(null);
}

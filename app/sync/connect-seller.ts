import { Prisma } from '@prisma/client';
import type { Participation } from '../amazon/sellers.ts';
import type { Database, Tx } from '../db/client.ts';
import { endQuiet } from '../db/facts.ts';
import { closeAccountProblem } from '../db/problems.ts';
import { sellerOf } from '../db/sellers.ts';
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

const elsewhere = fail<null>({
  kind: 'final',
  code: 'other_region',
  sentence: 'This Amazon account is connected for another region already.',
});

/** An account to be connected, or connected again. Times in ms UTC. */
export interface Account {
  readonly shop: ShopDomain;
  readonly sellerId: SellerId;
  readonly region: AmazonRegion;
  readonly refreshToken: string;
  /** Orders created from then on come in by themselves. */
  readonly importFrom: number;
  /** When the grant ends by itself; null where it does not. */
  readonly grantedUntil: number | null;
  /** Where it sells; null: Amazon did not tell, and what is known stays. */
  readonly told: Participation | null;
  /** Who did it, for the audit log. */
  readonly by: string;
}

/** Writes the account down. False where the shop has it for another region. */
async function keep(tx: Tx, vault: Vault, account: Account): Promise<boolean> {
  const { shop, sellerId, region, importFrom, grantedUntil, told, by } = account;
  const at = new Date(now());
  const before = await sellerOf(tx, shop, sellerId);
  if (before && before.region !== region) return false;
  const grant = {
    region,
    refreshToken: vault.seal(account.refreshToken),
    state: 'connected',
    // A grant that is renewed in time interrupts nothing: nothing done in Shopify meanwhile is kept back (CAN-12).
    ...(before?.state === 'connected' ? {} : { stateSince: at }),
    nextPollAt: at,
    // What waited for a batch while it was not connected.
    nextFeedAt: at,
    grantedUntil: grantedUntil === null ? null : new Date(grantedUntil),
    ...(told ? { name: told.name, marketplaceIds: [...told.marketplaceIds] } : {}),
  };
  await tx.seller.upsert({
    where: { shop_sellerId: { shop, sellerId } },
    create: {
      shop,
      sellerId,
      ...grant,
      stateSince: at,
      importFrom: new Date(importFrom),
      cursor: new Date(Math.min(importFrom, now())),
    },
    update: grant,
  });
  await endQuiet(tx, shop, sellerId, 'disconnected', now());
  await closeAccountProblem(tx, shop, now(), 'auth_expires', sellerId);
  const seen = { sellerId, region, grantedUntil: grant.grantedUntil?.toISOString() ?? null };
  await tx.auditEntry.create({
    data: {
      shop,
      at,
      actor: by,
      action: 'account_connected',
      ...(before ? { before: { sellerId, state: before.state } } : {}),
      after: seen,
    },
  });
  return true;
}

/**
 * Connects a seller account to a shop, or renews its token. An account that another shop has is refused (PRO-5), unless that
 * shop gave up the app, or disconnected it.
 */
export async function connectSeller(db: Database, vault: Vault, account: Account): Promise<Result<null>> {
  const { shop, sellerId } = account;
  const owner = await shopOfSeller(db, sellerId);
  if (owner !== null && owner !== shop && !(await releaseSeller(db, sellerId))) return taken;
  try {
    return (await db.forShop(shop, (tx) => keep(tx, vault, account))) ? ok(null) : elsewhere;
  } catch (error) {
    // Another shop connected the account at the same moment.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return taken;
    throw error;
  }
}

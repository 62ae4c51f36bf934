import { ordersOfOlderKeys } from '../db/known-orders.ts';
import { noticeTargets, resealTarget } from '../db/notice-targets.ts';
import { sealedWords, resealWords } from '../db/sealed-words.ts';
import { everyShop, sealedTokens } from '../db/system.ts';
import { knockOwn } from '../sync/knock.ts';
import type { Services } from '../sync/services.ts';
import type { Said, Session } from './command-line.ts';

async function rotateSellers({ db, vault }: Services): Promise<number> {
  let changed = 0;
  for (const { shop, sellerId, sealed } of await sealedTokens(db)) {
    if (!vault.stale(sealed)) continue;
    // Where the account was connected again meanwhile its token is sealed with the newest key already.
    const written = await db.forShop(shop, (tx) =>
      tx.seller.updateMany({
        where: { shop, sellerId, refreshToken: sealed },
        data: { refreshToken: vault.seal(vault.open(sealed)) },
      }),
    );
    changed += written.count;
  }
  return changed;
}

async function rotateSessions({ db, vault }: Services): Promise<number> {
  const reseal = (sealed: string) => (vault.stale(sealed) ? vault.seal(vault.open(sealed)) : sealed);
  let changed = 0;
  for (const row of await db.sessions.session.findMany()) {
    const { id, accessToken, refreshToken } = row;
    const next = {
      accessToken: accessToken === '' ? '' : reseal(accessToken),
      refreshToken: refreshToken === null ? null : reseal(refreshToken),
    };
    if (next.accessToken === accessToken && next.refreshToken === refreshToken) continue;
    // Where the tokens were renewed meanwhile they are sealed with the newest key already.
    const written = await db.sessions.session.updateMany({
      where: { id, accessToken, refreshToken },
      data: next,
    });
    changed += written.count;
  }
  return changed;
}

/** The reasons of buyers, shop by shop: also of shops that gave the app up, for they may come back. */
async function rotateWords({ db, vault }: Services): Promise<number> {
  let changed = 0;
  for (const shop of await everyShop(db)) {
    const words = await db.forShop(shop, (tx) => sealedWords(tx, shop));
    const anew = words
      .filter(({ sealed }) => vault.stale(sealed))
      .map((row) => ({ ...row, anew: vault.seal(vault.open(row.sealed)) }));
    // What was erased or written meanwhile stays as it is.
    if (anew.length > 0) changed += await db.forShop(shop, (tx) => resealWords(tx, shop, anew));
  }
  return changed;
}

/** Addresses of staff and secrets of webhooks. */
async function rotateTargets({ db, vault }: Services): Promise<number> {
  let changed = 0;
  const anew = (sealed: string) => vault.seal(vault.open(sealed));
  for (const shop of await everyShop(db))
    changed += await db.forShop(shop, async (tx) => {
      const stale = (await noticeTargets(tx, shop)).filter(
        ({ address, secret }) => vault.stale(address) || (secret !== null && vault.stale(secret)),
      );
      const done = await Promise.all(
        stale.map((target) => {
          const { address, secret } = target;
          return resealTarget(tx, shop, target, {
            address: anew(address),
            secret: secret === null ? null : anew(secret),
          });
        }),
      );
      return done.filter((one) => one).length;
    });
  return changed;
}

/** Addresses are not kept, so that only a look at Amazon can make the hashes that notice their changes with the newest key. */
async function lookAtOrders({ db, vault }: Services): Promise<number> {
  let due = 0;
  for (const shop of await everyShop(db))
    due += await db.forShop(shop, async (tx) => {
      const orders = await ordersOfOlderKeys(tx, shop, vault.newestId);
      await knockOwn(tx, shop, orders);
      return orders.length;
    });
  return due;
}

/**
 * Seals every token, every reason and every address of staff again that an older key sealed, and has the open orders looked at
 * whose hashes hang on older keys alone. When there are none left the older keys may be taken out of ENCRYPTION_KEYS.
 */
export async function rotateKeys({ services }: Session): Promise<Said> {
  const sellers = await rotateSellers(services);
  const sessions = await rotateSessions(services);
  const reasons = await rotateWords(services);
  const targets = await rotateTargets(services);
  const orders = await lookAtOrders(services);
  return {
    ok: true,
    data: { sellers, sessions, reasons, targets, orders },
    lines: [
      `Sealed again: ${sellers} Amazon tokens, ${sessions} Shopify sessions, ${reasons} reasons of buyers, ${targets} addresses for notices.`,
      orders === 0
        ? 'No open order needs an older key.'
        : `Open orders that need an older key to notice changes on Amazon: ${orders}. They are looked at now; keep the key, and run this again.`,
    ],
  };
}

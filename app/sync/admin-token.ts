import type { Session, Shopify } from '@shopify/shopify-api';
import type { SessionStorage } from '@shopify/shopify-app-session-storage';
import type { Database } from '../db/client.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';

/** A token is renewed when it has less than this to live. */
const marginMs = 5 * 60_000;

const gone = (code: string) =>
  fail<string>({
    kind: 'reconnect',
    code,
    sentence: 'The shop has no valid token; the merchant has to open the app.',
  });

/**
 * Valid access tokens for the worker. Tokens of 60 minutes are renewed by the process that gets the shop's lease (a row,
 * held in real time); the others wait for what it stores. Two renewals with one refresh token could orphan both.
 */
export function adminTokens(db: Database, storage: SessionStorage, api: Shopify) {
  const known = new Map<ShopDomain, { token: string; until: number }>();

  const fresh = (session: Session) => !session.expires || session.expires.getTime() - now() > marginMs;

  async function takeLease(shop: ShopDomain): Promise<boolean> {
    const taken = await db.forShop(
      shop,
      (tx) => tx.$executeRaw`
      update shop set token_lease = clock_timestamp() + interval '20 seconds'
      where shop = ${shop} and (token_lease is null or token_lease < clock_timestamp())`,
    );
    return taken > 0;
  }

  async function renew(shop: ShopDomain): Promise<Result<string>> {
    try {
      // Read again under the lease: whoever had it before has stored a new pair.
      const newest = await storage.loadSession(`offline_${shop}`);
      if (newest?.accessToken && fresh(newest)) return ok(newest.accessToken);
      const refreshToken = newest?.refreshToken;
      if (!refreshToken) return gone('no_refresh_token');
      const { session } = await api.auth.refreshToken({ shop, refreshToken });
      await storage.storeSession(session);
      return session.accessToken ? ok(session.accessToken) : gone('no_token');
    } catch (error) {
      const status =
        error instanceof Error && 'response' in error
          ? (error.response as { code?: number }).code
          : undefined;
      if (status !== undefined && status >= 400 && status < 500) return gone('token_refused');
      return fail({
        kind: 'retry',
        code: 'token_refresh',
        sentence: 'Shopify did not renew the token.',
        at: null,
      });
    } finally {
      await db.forShop(shop, (tx) => tx.$executeRaw`update shop set token_lease = null where shop = ${shop}`);
    }
  }

  async function load(shop: ShopDomain): Promise<Result<string>> {
    const session = await storage.loadSession(`offline_${shop}`);
    if (!session?.accessToken) return gone('no_session');
    if (fresh(session)) {
      known.set(shop, {
        token: session.accessToken,
        until: Math.min(session.expires?.getTime() ?? Infinity, now() + 60_000 + marginMs),
      });
      return ok(session.accessToken);
    }
    if (!session.refreshToken) return gone('no_refresh_token');
    if (await takeLease(shop)) return renew(shop);
    return fail({
      kind: 'retry',
      code: 'token_busy',
      sentence: 'Another worker is renewing the token.',
      at: now() + 1000,
    });
  }

  return {
    /** A valid token of the shop; a failure of kind `reconnect` where there is none and never will be by itself. */
    token: (shop: ShopDomain): Promise<Result<string>> => {
      const hit = known.get(shop);
      return hit && hit.until - now() > marginMs ? Promise.resolve(ok(hit.token)) : load(shop);
    },
    /** Forgets what is kept in memory, after Shopify refused it. */
    forget: (shop: ShopDomain): void => {
      known.delete(shop);
    },
  };
}

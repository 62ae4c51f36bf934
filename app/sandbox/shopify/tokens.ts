import { randomBytes } from 'node:crypto';

/** Who calls, and what the call may do. */
export interface Grant {
  readonly caller: 'app' | 'staff' | 'other-app';
  readonly kind: 'offline' | 'online';
  /** Undefined: everything. */
  readonly scopes: ReadonlySet<string> | undefined;
}

/** Tokens as they are handed out; lives in seconds. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresIn: number | null;
  readonly refreshToken: string | null;
  readonly refreshExpiresIn: number | null;
}

/** All tokens of all shops. Times are milliseconds UTC of the world. */
export interface Tokens {
  issue(shop: string, grant: Grant, expiring: boolean, now: number): IssuedTokens;
  /** A new pair for a refresh token; null where it is not valid (any more). */
  refresh(shop: string, refreshToken: string, now: number): { issued: IssuedTokens; grant: Grant } | null;
  /** The grant of an access token; null where it is unknown, revoked or too old. */
  check(shop: string, accessToken: string, now: number): Grant | null;
  revoke(shop: string): void;
}

interface Access {
  readonly shop: string;
  readonly grant: Grant;
  readonly until: number;
}
interface Refresh extends Access {
  /** The one that stays valid until this one is used. */
  readonly previous: string | null;
}

const accessSeconds = 3600;
const refreshSeconds = 90 * 86_400;
const onlineSeconds = 86_399;
/** The fixed token of the shop's own staff, for tests and the pretend admin. */
const staffToken = 'staff';
/** The fixed token of another app that the shop has installed beside this one, for tests. */
const otherAppToken = 'other-app';
const otherApp: Grant = { caller: 'other-app', kind: 'offline', scopes: undefined };
const staff: Grant = { caller: 'staff', kind: 'offline', scopes: undefined };

/** No tokens but `staff` and `other-app` are known at first. */
export function createTokens(): Tokens {
  const accesses = new Map<string, Access>();
  const refreshes = new Map<string, Refresh>();
  const issueOffline = (shop: string, grant: Grant, now: number, previous: string | null): IssuedTokens => {
    const accessToken = `shpat_${randomBytes(16).toString('hex')}`;
    const refreshToken = `shprt_${randomBytes(16).toString('hex')}`;
    accesses.set(accessToken, { shop, grant, until: now + accessSeconds * 1000 });
    refreshes.set(refreshToken, { shop, grant, until: now + refreshSeconds * 1000, previous });
    return { accessToken, expiresIn: accessSeconds, refreshToken, refreshExpiresIn: refreshSeconds };
  };
  return {
    issue: (shop, grant, expiring, now) => {
      if (expiring && grant.kind === 'offline') return issueOffline(shop, grant, now, null);
      const accessToken = `${grant.kind === 'online' ? 'shpua' : 'shpat'}_${randomBytes(16).toString('hex')}`;
      const expiresIn = grant.kind === 'online' ? onlineSeconds : null;
      const until = expiresIn === null ? Number.POSITIVE_INFINITY : now + expiresIn * 1000;
      accesses.set(accessToken, { shop, grant, until });
      return { accessToken, expiresIn, refreshToken: null, refreshExpiresIn: null };
    },
    refresh: (shop, refreshToken, now) => {
      const used = refreshes.get(refreshToken);
      if (!used || used.shop !== shop || used.until <= now) return null;
      // Using the replacement ends the one before it; the used one stays valid until its own replacement is used.
      if (used.previous !== null) refreshes.delete(used.previous);
      return { issued: issueOffline(shop, used.grant, now, refreshToken), grant: used.grant };
    },
    check: (shop, accessToken, now) => {
      if (accessToken === staffToken) return staff;
      if (accessToken === otherAppToken) return otherApp;
      const access = accesses.get(accessToken);
      return access && access.shop === shop && access.until > now ? access.grant : null;
    },
    revoke: (shop) => {
      for (const map of [accesses, refreshes])
        for (const [token, entry] of map) if (entry.shop === shop) map.delete(token);
    },
  };
}

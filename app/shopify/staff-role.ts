import { RequestedTokenType, type Shopify } from '@shopify/shopify-api';
import { now } from '../lib/clock.ts';

/**
 * What a staff member may do: everything, or only look. `none`: Shopify itself shows them no orders, so neither may we what
 * Shopify has of a buyer; else as who may only look. `unchecked`: Shopify did not say, which is no permission.
 */
export type StaffRole = 'all' | 'read_only' | 'none' | 'unchecked';

/** By the access scopes that are left of the app's after the person's permissions. */
function roleBy(scopes: readonly string[]): StaffRole {
  if (scopes.includes('write_orders')) return 'all';
  return scopes.includes('read_orders') ? 'read_only' : 'none';
}

/** A permission that was taken away counts so long at most (ms). */
const keptMs = 5 * 60_000;
const most = 10_000;

/**
 * Asks Shopify what a staff member may do: their own session token is exchanged for an online token, whose scopes are cut to
 * the person's permissions (shopify.dev, "Token exchange": `associated_user_scope`). The token and the person's data are dropped at once.
 */
export function staffRoles(
  api: Shopify,
): (who: { shop: string; user: string; sessionToken: string }) => Promise<StaffRole> {
  const known = new Map<string, { role: StaffRole; until: number }>();
  return async ({ shop, user, sessionToken }) => {
    const key = `${shop} ${user}`;
    const kept = known.get(key);
    if (kept && kept.until > now()) return kept.role;
    try {
      const { session } = await api.auth.tokenExchange({
        shop,
        sessionToken,
        requestedTokenType: RequestedTokenType.OnlineAccessToken,
      });
      const scopes = session.onlineAccessInfo?.associated_user_scope.split(',').map((scope) => scope.trim());
      if (!scopes) return 'unchecked';
      const role = roleBy(scopes);
      if (known.size >= most) known.clear();
      known.set(key, { role, until: now() + keptMs });
      return role;
    } catch {
      return 'unchecked';
    }
  };
}

import { RequestedTokenType, type Shopify } from '@shopify/shopify-api';
import { now } from '../lib/clock.ts';

/** What a staff member may do: everything, or only look; `unchecked`: Shopify did not say, which is no permission. */
export type StaffRole = 'all' | 'read_only' | 'unchecked';

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
      const role = scopes?.includes('write_orders') ? 'all' : 'read_only';
      if (known.size >= most) known.clear();
      known.set(key, { role, until: now() + keptMs });
      return role;
    } catch {
      return 'unchecked';
    }
  };
}

import { Session } from '@shopify/shopify-api';
import { z } from 'zod';
import type { Database } from '../db/client.ts';
import { changeGuide } from '../db/guide.ts';
import { changeSeller, type SellerNotifications } from '../db/sellers.ts';
import { sellerId as asSellerId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';
import { createSessionStorage } from '../shopify/session-storage.ts';
import { connectSeller } from '../sync/connect-seller.ts';
import { shopInstalled } from '../sync/install.ts';
import { signSessionToken } from './shopify/session-token.ts';
import type { ShopOfWorld } from './world.ts';

/** Orders from this day on are brought in (IMP-2); a shop's own default would be the day of its connection. */
const importFrom = Date.UTC(2000, 0, 1);

/** What opening the app in a shop needs. */
export interface OpenShopParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly shopifyOrigin: string;
  readonly app: { readonly apiKey: string; readonly apiSecret: string };
}

const answer = z.object({
  access_token: z.string(),
  scope: z.string(),
  expires_in: z.number(),
  refresh_token: z.string(),
  refresh_token_expires_in: z.number(),
});

async function exchangeToken(
  { shopifyOrigin, app }: OpenShopParts,
  shop: string,
): Promise<z.infer<typeof answer>> {
  const response = await fetch(`${shopifyOrigin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'X-Shopify-Shop-Domain': shop,
    },
    body: JSON.stringify({
      client_id: app.apiKey,
      client_secret: app.apiSecret,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: signSessionToken(shop, app, '1', now()),
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
    }),
  });
  if (!response.ok) throw new Error(`The token exchange of ${shop} was answered with ${response.status}.`);
  return answer.parse(await response.json());
}

/** Keeps how Amazon's notifications were set up for a seller from the start; nothing where they were not. */
export async function keepSetUp(
  db: Database,
  domain: string,
  sellerId: string,
  notifications: SellerNotifications | null,
): Promise<void> {
  if (!notifications) return;
  const shop = shopDomain(domain);
  await db.forShop(shop, (tx) =>
    changeSeller(tx, shop, asSellerId(sellerId), { notifications: { ...notifications } }),
  );
}

/**
 * Does what happens when a merchant opens the app: a session by token exchange, kept as the app keeps it, the shop
 * installed, its seller connected, and Amazon's notifications set up where they are; the setup guide is done with. May be
 * repeated.
 */
export async function openShop(
  parts: OpenShopParts,
  { domain, sellerId, refreshToken }: ShopOfWorld,
  notifications: SellerNotifications | null = null,
): Promise<void> {
  const { db, vault } = parts;
  const token = await exchangeToken(parts, domain);
  const session = new Session({
    id: `offline_${domain}`,
    shop: domain,
    state: '',
    isOnline: false,
    scope: token.scope,
    accessToken: token.access_token,
    expires: new Date(now() + token.expires_in * 1000),
    refreshToken: token.refresh_token,
    refreshTokenExpires: new Date(now() + token.refresh_token_expires_in * 1000),
  });
  await createSessionStorage(db.sessions, vault).storeSession(session);
  const shop = shopDomain(domain);
  await shopInstalled(db, shop);
  const connected = await connectSeller(db, vault, {
    shop,
    sellerId: asSellerId(sellerId),
    region: 'na',
    refreshToken,
    importFrom,
    grantedUntil: null,
    told: null,
    by: 'sandbox',
  });
  if (!connected.ok) throw new Error(connected.failure.sentence);
  await keepSetUp(db, domain, sellerId, notifications);
  await db.forShop(shop, (tx) => changeGuide(tx, shop, { step: 'done' }));
}

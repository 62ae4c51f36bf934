import '@shopify/shopify-app-remix/adapters/node';
import { LogSeverity } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server';
import { shopDomain, type ShopDomain } from './domain/ids.ts';
import { now } from './lib/clock.ts';
import { db, env, vault } from './services.server.ts';
import { apiVersion } from './shopify/api-version.ts';
import { fetchThrough } from './shopify/reach.ts';
import { scopeList } from './shopify/scopes.ts';
import { createSessionStorage } from './shopify/session-storage.ts';
import { shopInstalled } from './sync/install.ts';

if (env.SHOPIFY_API_ORIGIN) setAbstractFetchFunc(fetchThrough(env.SHOPIFY_API_ORIGIN));

const settings = {
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  appUrl: env.SHOPIFY_APP_URL,
  apiVersion,
  scopes: [...scopeList],
  authPathPrefix: '/auth',
  sessionStorage: createSessionStorage(db.sessions, vault),
  distribution: AppDistribution.AppStore,
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Warning },
};

const shopify = shopifyApp({
  ...settings,
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  // Runs once for every token exchange, at the same time for parallel loaders: what it calls may be repeated.
  hooks: { afterAuth: ({ session }) => shopInstalled(db, shopDomain(session.shop)) },
});

// With expiring tokens the library refreshes the shop's token before a webhook's handler runs, and answers 500 where
// that fails, which it does for every uninstalled shop (Shopify/shopify-app-js#3360). This one never refreshes.
const forWebhooks = shopifyApp({
  ...settings,
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: false },
});

/** Adds what Shopify wants on every document: who may frame it, for the shop in the request's query. */
export const addDocumentResponseHeaders = shopify.addDocumentResponseHeaders;

/** Checks the session token of a request and gives the session; throws the Response that leads back to one. */
export const authenticateAdmin = shopify.authenticate.admin;

/** A webhook whose signature is right. The payload's numeric ids may be damaged beyond 2^53. */
export interface ReceivedWebhook {
  readonly shop: ShopDomain;
  readonly topic: string;
  /** When it happened in Shopify, ms UTC. */
  readonly triggeredAt: number;
  readonly payload: unknown;
}

/**
 * Checks a webhook's signature over its raw body. Throws the Response to answer otherwise: 401 for a wrong or absent
 * signature (SEC-3; the library says 400 where a header is absent), 405 for what is no POST.
 */
export async function receiveWebhook(request: Request): Promise<ReceivedWebhook> {
  try {
    const { shop, topic, triggeredAt, payload } = await forWebhooks.authenticate.webhook(request);
    const at = Date.parse(triggeredAt ?? '');
    return { shop: shopDomain(shop), topic, triggeredAt: Number.isNaN(at) ? now() : at, payload };
  } catch (error) {
    if (error instanceof Response && error.status === 400) throw new Response(undefined, { status: 401 });
    throw error;
  }
}

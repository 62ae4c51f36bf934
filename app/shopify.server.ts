import '@shopify/shopify-app-remix/adapters/node';
import { LogSeverity } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server';
import { refuse, type Refused } from './domain/explain-refusal.ts';
import { shopDomain, type ShopDomain } from './domain/ids.ts';
import { readBody } from './lib/read-body.ts';
import { findFrame, isLostFrame } from './lost-frame.server.ts';
import { db, env, services, vault } from './services.server.ts';
import { apiVersion } from './shopify/api-version.ts';
import { fetchThrough } from './shopify/reach.ts';
import { scopeList } from './shopify/scopes.ts';
import { createSessionStorage } from './shopify/session-storage.ts';
import type { StaffRole } from './shopify/staff-role.ts';
import { mostSignedBytes, objectIn, openWebhook, type Webhook } from './shopify/webhook.ts';
import { shopInstalled } from './sync/install.ts';

if (env.SHOPIFY_API_ORIGIN) setAbstractFetchFunc(fetchThrough(env.SHOPIFY_API_ORIGIN));

const shopify = shopifyApp({
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
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  // Runs once for every token exchange, at the same time for parallel loaders: what it calls may be repeated.
  hooks: { afterAuth: ({ session }) => shopInstalled(db, shopDomain(session.shop)) },
});

/** Adds what Shopify wants on every document: who may frame it, for the shop in the request's query. */
export const addDocumentResponseHeaders = shopify.addDocumentResponseHeaders;

const { admin } = shopify.authenticate;

/** Checks the session token of a request and gives the session; throws the Response that leads back to one. */
export const authenticateAdmin: typeof admin = (request) => {
  if (isLostFrame(request)) throw findFrame();
  return admin(request);
};

/** What the staff member who sends a request may do; `authenticateAdmin` has checked the request before. */
export async function staffRoleIn(request: Request, shop: ShopDomain, user: string): Promise<StaffRole> {
  const header = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  const sessionToken = header ?? new URL(request.url).searchParams.get('id_token');
  return sessionToken ? services.staffRole({ shop, user, sessionToken }) : 'unchecked';
}

/** Who sends a request, and, where the staff member may only look, the refusal of every change. */
interface Staff {
  readonly shop: ShopDomain;
  /** Shopify's id of the staff member, and the same as it stands in the audit log. */
  readonly staff: string;
  readonly by: string;
  readonly role: StaffRole;
  readonly refused: Refused | null;
}

async function staffOf(
  request: Request,
  { session, sessionToken }: Awaited<ReturnType<typeof admin>>,
): Promise<Staff> {
  const shop = shopDomain(session.shop);
  const staff = sessionToken.sub;
  const role = await staffRoleIn(request, shop, staff);
  const refused = role === 'all' ? null : refuse('not_allowed_role');
  return { shop, staff, by: `staff ${staff}`, role, refused };
}

/**
 * Checks a request that changes something: of which shop and by whom it is, and, where the staff member may only look, the
 * refusal that it has to answer with (SEC-3). Throws the Response that leads back to a session.
 */
export async function authenticateStaff(request: Request): Promise<Staff> {
  return staffOf(request, await authenticateAdmin(request));
}

/**
 * Checks a request of an extension in Shopify's admin, which always brings its session token in a header: without one it is
 * refused and led nowhere, for it is no page (SEC-3). `cors` lets the extension's origin read an answer.
 */
export async function authenticateExtension(
  request: Request,
): Promise<Staff & { readonly cors: (answer: Response) => Response }> {
  if (request.method !== 'OPTIONS' && !request.headers.has('authorization'))
    throw new Response(null, { status: 401, headers: { 'Access-Control-Allow-Origin': '*' } });
  const context = await admin(request);
  return { ...(await staffOf(request, context)), cors: context.cors };
}

/**
 * Checks that Shopify Flow signed a request; gives its shop and what it says. Throws the Response that refuses it otherwise
 * (SEC-3). Shopify's library would read a body of any length, and fails where a signed one is no JSON.
 */
export async function authenticateFlow(
  request: Request,
): Promise<{ readonly shop: ShopDomain; readonly payload: unknown }> {
  const bytes = await readBody(request, mostSignedBytes);
  if (bytes === null) throw new Response(null, { status: 413 });
  if (objectIn(bytes) === null) throw new Response(null, { status: 400 });
  const { url, method, headers } = request;
  const body = new Uint8Array(bytes);
  const asked = await shopify.authenticate.flow(new Request(url, { method, headers, body }));
  return { shop: shopDomain(asked.session.shop), payload: asked.payload as unknown };
}

/** Checks a webhook's signature; throws the Response that refuses it otherwise (SEC-3). */
export async function receiveWebhook(request: Request): Promise<Webhook> {
  const webhook = await openWebhook(request, env.SHOPIFY_API_SECRET);
  if (typeof webhook === 'number') throw new Response(undefined, { status: webhook });
  return webhook;
}

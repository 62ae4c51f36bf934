import '@shopify/shopify-api/adapters/node';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { shopifyApi } from '@shopify/shopify-api';
import { exchangeCode } from '../amazon/authorise.ts';
import { uncounted } from '../amazon/buckets.ts';
import { createAmazonClient, type AmazonClient } from '../amazon/client.ts';
import { openDatabase, type Database } from '../db/client.ts';
import { rateBuckets } from '../db/rate-buckets.ts';
import type { SellerRow } from '../db/sellers.ts';
import type { AmazonApp } from '../domain/consent.ts';
import type { Result } from '../domain/failure.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { AmazonRegion } from '../domain/marketplaces.ts';
import { openVault, type Vault } from '../lib/crypto.ts';
import type { Env } from '../lib/env.ts';
import { createLog, type Log } from '../lib/log.ts';
import { apiVersion } from '../shopify/api-version.ts';
import { createAdminClient, type AdminClient } from '../shopify/client.ts';
import { fetchThrough } from '../shopify/reach.ts';
import { scopeList } from '../shopify/scopes.ts';
import { createSessionStorage } from '../shopify/session-storage.ts';
import { staffRoles } from '../shopify/staff-role.ts';
import { adminTokens } from './admin-token.ts';

/** What a seller granted, before it is kept. */
interface NewGrant {
  /** Null: not known before the account was looked at. */
  readonly sellerId: SellerId | null;
  readonly region: AmazonRegion;
  readonly refreshToken: string;
}

/** How accounts are connected. */
interface Connecting {
  /** This app on Amazon's pages; null: a private app, which is connected by a refresh token alone. */
  readonly app: AmazonApp | null;
  /** Makes a refresh token of the code that a seller's browser brought from Amazon. */
  exchange(region: AmazonRegion, code: string): Promise<Result<string>>;
  /** A client of its own for a grant that is to be looked at. */
  client(grant: NewGrant): AmazonClient;
}

/** All that the loop works with; one per process. */
export interface Services {
  readonly db: Database;
  readonly vault: Vault;
  readonly log: Log;
  /** The client of an account; kept, for it keeps its token and what Amazon refused. */
  amazon(seller: SellerRow): AmazonClient;
  readonly connecting: Connecting;
  /** The client of a shop; kept, for it counts Shopify's bucket. */
  shopify(shop: ShopDomain): AdminClient;
  /** Forgets the access token of a shop after Shopify refused it. */
  forgetToken(shop: ShopDomain): void;
  /** What a staff member may do, by Shopify's own word. */
  readonly staffRole: ReturnType<typeof staffRoles>;
  close(): Promise<void>;
}

/** This app as Amazon's pages know it; null where no id of it was given. */
function amazonApp(env: Env): AmazonApp | null {
  if (env.AMAZON_APP_ID === undefined) return null;
  return {
    applicationId: env.AMAZON_APP_ID,
    draft: env.AMAZON_APP_DRAFT === '1',
    redirectUri: `${env.SHOPIFY_APP_URL}/amazon/callback`,
    origin: env.AMAZON_API_ORIGIN ?? null,
  };
}

/** Opens everything from the environment. Nothing is called until it is needed. */
export function openServices(env: Env, processName: string): Services {
  const db = openDatabase(env.DATABASE_URL);
  const vault = openVault(env.ENCRYPTION_KEYS);
  if (env.SHOPIFY_API_ORIGIN) setAbstractFetchFunc(fetchThrough(env.SHOPIFY_API_ORIGIN));
  const api = shopifyApi({
    apiKey: env.SHOPIFY_API_KEY,
    apiSecretKey: env.SHOPIFY_API_SECRET,
    hostName: new URL(env.SHOPIFY_APP_URL).host,
    apiVersion,
    scopes: [...scopeList],
    isEmbeddedApp: true,
    logger: { log: () => undefined },
  });
  const tokens = adminTokens(db, createSessionStorage(db.sessions, vault), api);
  const sellers = new Map<string, { sealed: string; client: AmazonClient }>();
  const shops = new Map<ShopDomain, AdminClient>();

  const own = {
    clientId: env.AMAZON_CLIENT_ID,
    clientSecret: env.AMAZON_CLIENT_SECRET,
    ...(env.AMAZON_API_ORIGIN ? { origin: env.AMAZON_API_ORIGIN } : {}),
    userAgent: 'Concord/0.1 (Language=TypeScript; Platform=Node)',
  };
  const clientFor = ({ sellerId, region, refreshToken }: NewGrant) =>
    createAmazonClient({
      ...own,
      region,
      refreshToken,
      buckets: sellerId === null ? uncounted : rateBuckets(db, sellerId),
    });

  const amazon = (seller: SellerRow): AmazonClient => {
    const kept = sellers.get(seller.sellerId);
    if (kept?.sealed === seller.sealedToken) return kept.client;
    const client = clientFor({ ...seller, refreshToken: vault.open(seller.sealedToken) });
    sellers.set(seller.sellerId, { sealed: seller.sealedToken, client });
    return client;
  };

  const shopify = (shop: ShopDomain): AdminClient => {
    const kept = shops.get(shop);
    if (kept) return kept;
    const client = createAdminClient({
      shop,
      origin: env.SHOPIFY_API_ORIGIN,
      token: () => tokens.token(shop),
    });
    shops.set(shop, client);
    return client;
  };

  return {
    staffRole: staffRoles(api),
    db,
    vault,
    log: createLog(env.LOG_LEVEL, processName),
    amazon,
    connecting: {
      app: amazonApp(env),
      exchange: (region, code) => exchangeCode({ ...own, region }, code),
      client: clientFor,
    },
    shopify,
    forgetToken: (shop) => {
      tokens.forget(shop);
    },
    close: () => db.close(),
  };
}

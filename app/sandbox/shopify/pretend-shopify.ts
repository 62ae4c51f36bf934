import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PretendService, WorldParts } from '../contract.ts';
import { declareBehaviours } from './behaviours.ts';
import { underFaults } from './fault-answers.ts';
import { createGraphqlEndpoint, readGraphqlRequest, type GraphqlEndpoint } from './graphql-endpoint.ts';
import { readBody, reply, shopOf, statusOf, type Answer } from './http.ts';
import { createIds, gid } from './ids.ts';
import { listOrders, listVariants, type ListedOrder, type ListedVariant } from './listing.ts';
import { adminSchema, pretendVersion } from './schema.ts';
import { signSessionToken } from './session-token.ts';
import { createShopState, type ShopInput, type ShopState } from './shop-state.ts';
import { createThrottle } from './throttle.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { createTokens } from './tokens.ts';
import { addVariants, type VariantInput } from './variants.ts';
import { createWebhooks, type PendingWebhook } from './webhooks.ts';
import type { ShopifyOptions, ShopifyWorld } from './world.ts';

/** The pretend Shopify: the HTTP side, and plain methods for whoever runs the sandbox. */
export interface PretendShopify extends PretendService {
  /** Adds a shop with the app installed. Throws where it is there already. */
  addShop(input: ShopInput): void;
  removeShop(domain: string): void;
  /** Domains of all shops, the first added first. */
  shops(): string[];
  isInstalled(domain: string): boolean;
  /** Installs or uninstalls the app as a merchant does; uninstalling ends all tokens and sends `app/uninstalled`. */
  install(domain: string, installed: boolean): void;
  addVariants(domain: string, variants: readonly VariantInput[]): ListedVariant[];
  /** A fresh session token of the shop's staff for App Bridge, good for a minute. */
  idToken(domain: string): string;
  /** The newest orders first, straight from the shop. */
  listOrders(domain: string, options?: { readonly limit?: number }): ListedOrder[];
  listVariants(domain: string): ListedVariant[];
  /** Mails the shop would have sent to buyers. */
  listMails(domain: string): { order: string; kind: 'receipt' | 'fulfillment'; to: string }[];
  pendingWebhooks(): PendingWebhook[];
}

const staffUser = '9021001';
const graphqlPath = /^\/admin\/api\/([^/]+)\/graphql\.json$/;
const notFound: Answer = { status: 404, body: { errors: 'Not Found' } };
const unauthorised: Answer = {
  status: 401,
  body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
};
const noQuery: Answer = { status: 400, body: { errors: { query: 'Required parameter missing or invalid' } } };

async function graphql(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  text: string,
  path: string,
): Promise<{ answer: Answer; operation: string | null }> {
  const shop = world.shops.get(shopOf(request));
  if (!shop || graphqlPath.exec(path)?.[1] !== pretendVersion) return { answer: notFound, operation: null };
  const read = readGraphqlRequest(text);
  if (!read) return { answer: noQuery, operation: null };
  const roots = endpoint.roots(read);
  const token = request.headers['x-shopify-access-token'];
  const answer = await underFaults(
    world.parts,
    path,
    roots,
    async () => {
      const now = world.parts.clock.now();
      const grant = typeof token === 'string' ? world.tokens.check(shop.domain, token, now) : null;
      return grant ? endpoint.answer(read, { world, shop, grant }) : unauthorised;
    },
    () =>
      endpoint.throttled(read, { world, shop, grant: { caller: 'app', kind: 'offline', scopes: undefined } }),
  );
  return { answer, operation: roots.length === 0 ? null : roots.join('+') };
}

async function route(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
): Promise<{ answer: Answer; operation: string | null }> {
  const path = (request.url ?? '/').replace(/\?.*$/, '');
  const text = await readBody(request);
  if (request.method === 'POST' && path === '/admin/oauth/access_token') {
    const work = (): Promise<Answer> =>
      Promise.resolve(
        tokenEndpoint(world, world.shops.get(shopOf(request)), text, request.headers['content-type'] ?? ''),
      );
    const busy = (): Answer => ({
      status: 429,
      body: { errors: 'Throttled' },
      headers: { 'Retry-After': '2.0' },
    });
    return { answer: await underFaults(world.parts, path, ['token'], work, busy), operation: 'token' };
  }
  if (request.method === 'POST' && graphqlPath.test(path))
    return graphql(world, endpoint, request, text, path);
  return { answer: notFound, operation: null };
}

async function serve(
  world: ShopifyWorld,
  endpoint: GraphqlEndpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { answer, operation } = await route(world, endpoint, request).catch((error: unknown) => ({
    answer: { status: 500, body: { errors: `The sandbox broke: ${String(error)}` } } as Answer,
    operation: null,
  }));
  world.parts.log.add({
    service: 'shopify',
    time: world.parts.clock.now(),
    method: request.method ?? '',
    path: request.url ?? '',
    operation,
    status: statusOf(answer),
  });
  reply(response, answer);
}

/**
 * A Shopify with the official Admin schema. `shops` stay when it is reset, with their tokens; all others go. Throws where
 * the schema file is missing.
 */
export function createPretendShopify(
  parts: WorldParts,
  options: ShopifyOptions & { readonly shops?: readonly ShopInput[] },
): PretendShopify {
  declareBehaviours(parts.behaviour);
  const newId = createIds();
  const webhooks = createWebhooks(parts, options, pretendVersion);
  const throttle = createThrottle();
  const shops = new Map<string, ShopState>();
  const world: ShopifyWorld = { parts, options, newId, shops, tokens: createTokens(), emit: webhooks.emit };
  const endpoint = createGraphqlEndpoint(adminSchema(), throttle);
  const needed = (domain: string): ShopState => {
    const shop = shops.get(domain.toLowerCase());
    if (!shop) throw new Error(`There is no shop ${domain}`);
    return shop;
  };
  const put = (input: ShopInput): void => {
    const shop = createShopState(input, newId, options.scopes, parts.clock.now());
    shops.set(shop.domain, shop);
  };
  const remove = (domain: string): void => {
    shops.delete(domain);
    world.tokens.revoke(domain);
    webhooks.clear(domain);
  };
  for (const input of options.shops ?? []) put(input);
  return {
    handle: (request, response) => {
      // Nothing waits for the answer: whatever goes wrong in it is answered with 500.
      void serve(world, endpoint, request, response);
    },
    reset: () => {
      webhooks.clear();
      throttle.clear();
      const kept = new Map((options.shops ?? []).map((input) => [input.domain.toLowerCase(), input]));
      for (const domain of [...shops.keys()]) if (!kept.has(domain)) remove(domain);
      for (const [domain, input] of kept) {
        const before = shops.get(domain);
        const fresh = createShopState(input, newId, options.scopes, parts.clock.now());
        shops.set(domain, before ? { ...fresh, id: before.id, locations: before.locations } : fresh);
      }
    },
    addShop: (input) => {
      if (shops.has(input.domain.toLowerCase())) throw new Error(`The shop ${input.domain} is there already`);
      put(input);
    },
    removeShop: (domain) => {
      remove(needed(domain).domain);
    },
    shops: () => [...shops.keys()],
    isInstalled: (domain) => needed(domain).installed,
    install: (domain, installed) => {
      const shop = needed(domain);
      if (shop.installed === installed) return;
      shop.installed = installed;
      if (installed) return;
      world.tokens.revoke(shop.domain);
      webhooks.clear(shop.domain);
      webhooks.emit(shop, 'app/uninstalled', () => ({
        id: shop.id,
        name: shop.name,
        domain: shop.domain,
        myshopify_domain: shop.domain,
        currency: shop.currency,
        iana_timezone: shop.timezone,
        admin_graphql_api_id: gid('Shop', shop.id),
      }));
    },
    addVariants: (domain, variants) => {
      const shop = needed(domain);
      const added = new Set(
        addVariants(shop, variants, newId, parts.clock.now()).map((one) => gid('ProductVariant', one.id)),
      );
      return listVariants(shop).filter((one) => added.has(one.id));
    },
    idToken: (domain) => signSessionToken(needed(domain).domain, options, staffUser, parts.clock.now()),
    listOrders: (domain, { limit = 50 } = {}) => listOrders(needed(domain), limit),
    listVariants: (domain) => listVariants(needed(domain)),
    listMails: (domain) => [...needed(domain).mails],
    pendingWebhooks: webhooks.pending,
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBehaviour, type SwitchBoard } from '../../app/sandbox/behaviour.ts';
import type { WorldClock, WorldParts } from '../../app/sandbox/contract.ts';
import { createFaults, type FaultBoard } from '../../app/sandbox/faults.ts';
import { createPretendShopify, type PretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';

/** A clock that only moves when told; timers that come due are waited for. */
interface HandClock extends WorldClock {
  advance(ms: number): Promise<void>;
  waiting(): number;
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly problems?: readonly { path: string[] }[] };
}

/** A GraphQL answer, loosely typed for looking at. */
interface Answered {
  readonly status: number;
  readonly data: Record<string, Shape>;
  readonly errors: readonly GraphqlError[];
  readonly cost: {
    readonly requestedQueryCost: number;
    readonly actualQueryCost: number | null;
    readonly throttleStatus: { readonly currentlyAvailable: number };
  };
}

/** Whatever a query asked for. */
export interface Shape {
  readonly [field: string]: Shape;
}

/** The entries of a list in an answer; none where there is no list. */
export function entries(shape: Shape | undefined): readonly Shape[] {
  return Array.isArray(shape) ? (shape as readonly Shape[]) : [];
}

/** A pretend Shopify on a port of its own, in a world whose clock, faults and switches the test holds. */
export interface ShopifyTest {
  readonly shopify: PretendShopify;
  readonly clock: HandClock;
  readonly faults: FaultBoard;
  readonly switches: SwitchBoard;
  readonly log: Parameters<WorldParts['log']['add']>[0][];
  /** Where it listens. */
  readonly origin: string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  gql(query: string, variables?: object, token?: string): Promise<Answered>;
  /** A fresh offline token of the app. */
  login(): Promise<string>;
  close(): Promise<void>;
}

export const shop = 'first.myshopify.com';
export const app = { apiKey: 'key', apiSecret: 'secret' };

/** A clock that stands at 2026-11-21T12:00:00Z. */
function createHandClock(): HandClock {
  let now = Date.parse('2026-11-21T12:00:00Z');
  const timers: { at: number; run: () => void | Promise<void> }[] = [];
  return {
    now: () => now,
    waiting: () => timers.length,
    schedule: (at, _what, run) => {
      const timer = { at, run };
      timers.push(timer);
      timers.sort((a, b) => a.at - b.at);
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1);
      };
    },
    advance: async (ms) => {
      const until = now + ms;
      for (let next = timers[0]; next && next.at <= until; next = timers[0]) {
        timers.shift();
        now = Math.max(now, next.at);
        await next.run();
      }
      now = until;
    },
  };
}

/** What token exchange is asked with. */
export function exchange(subjectToken: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    client_id: app.apiKey,
    client_secret: app.apiSecret,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    expiring: '1',
    ...more,
  };
}

const scopes = ['write_orders', 'read_all_orders', 'read_products', 'read_locations'];

/** Starts it with one shop in USD. */
export async function startShopify(
  options: {
    readonly appUrl?: () => string | null;
    readonly topics?: readonly string[];
    /** `include_fields` of topics that have them. */
    readonly includeFields?: Readonly<Record<string, readonly string[]>>;
    readonly scopes?: readonly string[];
    readonly currency?: string;
  } = {},
): Promise<ShopifyTest> {
  const clock = createHandClock();
  const faults = createFaults();
  const switches = createBehaviour();
  const log: ShopifyTest['log'] = [];
  const shopify = createPretendShopify(
    { clock, faults, behaviour: switches, log: { add: (entry) => void log.push(entry) } },
    {
      ...app,
      appUrl: options.appUrl ?? (() => null),
      subscriptions: (options.topics ?? []).map((topic) => {
        const includeFields = options.includeFields?.[topic];
        return { topic, path: '/webhooks', ...(includeFields ? { includeFields } : {}) };
      }),
      scopes: options.scopes ?? scopes,
      metafieldDefinitions: [
        { namespace: '$app', key: 'order_id', type: 'id', unique: true },
        { namespace: '$app', key: 'cancel_request', type: 'json' },
      ],
      shops: [{ domain: shop, currency: options.currency ?? 'USD' }],
    },
  );
  const server = createServer((request, response) => shopify.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post: ShopifyTest['post'] = (path, body, headers = {}) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-shop-domain': shop, ...headers },
      body: JSON.stringify(body),
    });
  return {
    shopify,
    clock,
    faults,
    switches,
    log,
    origin,
    post,
    gql: async (query, variables = {}, token = 'staff') => {
      const headers = { 'x-shopify-access-token': token };
      const response = await post('/admin/api/2026-10/graphql.json', { query, variables }, headers);
      const { data, errors, extensions } = (await response.json()) as Pick<Answered, 'data'> & {
        readonly errors?: Answered['errors'];
        readonly extensions?: { readonly cost: Answered['cost'] };
      };
      const none = { requestedQueryCost: 0, actualQueryCost: 0, throttleStatus: { currentlyAvailable: 0 } };
      return { status: response.status, data, errors: errors ?? [], cost: extensions?.cost ?? none };
    },
    login: async () => {
      const response = await post('/admin/oauth/access_token', exchange(shopify.idToken(shop)));
      return ((await response.json()) as { access_token: string }).access_token;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const money = (amount: string, currencyCode = 'USD') => ({ shopMoney: { amount, currencyCode } });

/** An order as the app would send it; `id` is the Amazon order id. */
export function orderInput(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sourceName: 'amazon',
    sourceIdentifier: id,
    tags: ['Amazon'],
    metafields: [{ namespace: '$app', key: 'order_id', type: 'id', value: id }],
    lineItems: [{ title: 'Invented thing', sku: 'THING-1', quantity: 2, priceSet: money('9.99') }],
    transactions: [{ gateway: 'amazon', amountSet: money('19.98') }],
    ...more,
  };
}

export const createMutation = /* GraphQL */ `
  mutation Create($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
    orderCreate(order: $order, options: $options) {
      order {
        id
        name
      }
      userErrors {
        field
        message
        code
      }
    }
  }
`;

/** Money for inputs. */
export const bag = money;

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, WorldParts } from '../../app/sandbox/contract.ts';
import { createPretendAmazon, type PretendAmazon } from '../../app/sandbox/amazon/pretend-amazon.ts';
import type { NotificationsSetUp } from '../../app/sandbox/amazon/subscriptions.ts';

/** A JSON answer of the pretend Amazon, loosely typed for looking at. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly access_token?: string;
    readonly error?: string;
    readonly order?: Record<string, unknown>;
    readonly orders?: Record<string, unknown>[];
    readonly pagination?: { nextToken: string };
    readonly lastUpdatedBefore?: string;
    readonly errors?: { code: string; message: string; details: string }[];
  };
}

/** A pretend Amazon on a port of its own, in a world whose clock and faults the test holds. */
export interface AmazonWorld {
  readonly amazon: PretendAmazon;
  readonly log: Parameters<WorldParts['log']['add']>[0][];
  readonly faults: Fault[];
  readonly switches: Map<string, string>;
  readonly origin: string;
  now: number;
  login(fields?: Record<string, string>, encoding?: 'form' | 'json'): Promise<Reply>;
  /** The access token of the default seller, fetched when needed. */
  token(): Promise<string>;
  /** GET with the access token of the default seller (fetched when needed), or with the given one. */
  get(path: string, query?: Record<string, string>, token?: string): Promise<Reply>;
  /** Any other method, with a JSON body and a given token. */
  send(method: string, path: string, body: unknown, token: string): Promise<Reply>;
  close(): Promise<void>;
}

export const sellerId = 'A1SELLER';
export const refreshToken = 'Atzr|one';
export const ordersPath = '/orders/2026-01-01/orders';

interface Timer {
  readonly at: number;
  readonly run: () => void | Promise<void>;
}

type State = Pick<AmazonWorld, 'log' | 'faults' | 'switches'> & { now: number; readonly timers: Timer[] };

/** A world whose time stands until a test moves it; timers on the way run in their order, each at its own time. */
function createState(): State {
  let now = Date.parse('2026-11-21T12:00:00Z');
  const timers: Timer[] = [];
  return {
    get now() {
      return now;
    },
    set now(to) {
      for (let next = timers[0]; next && next.at <= to; next = timers[0]) {
        timers.shift();
        now = Math.max(now, next.at);
        void next.run();
      }
      now = to;
    },
    timers,
    log: [],
    faults: [],
    switches: new Map(),
  };
}

function partsOf(world: State): WorldParts {
  return {
    clock: {
      now: () => world.now,
      schedule: (at, _what, run, passed) => {
        if (passed === 'idle') {
          const timer = { at, run };
          world.timers.push(timer);
          world.timers.sort((a, b) => a.at - b.at);
          return () =>
            void world.timers.splice(world.timers.indexOf(timer), world.timers.includes(timer) ? 1 : 0);
        }
        world.now = Math.max(world.now, at);
        void run();
        return () => undefined;
      },
    },
    faults: {
      take(_service, kinds, { operation, topic }) {
        const at = world.faults.findIndex(
          ({ kind, match }) =>
            kinds.includes(kind) &&
            (match.operation ?? operation) === operation &&
            (match.topic ?? topic) === topic,
        );
        return at < 0 ? undefined : world.faults.splice(at, 1)[0];
      },
    },
    log: { add: (entry) => void world.log.push(entry) },
    behaviour: {
      declare: (name, positions) => void world.switches.set(name, positions[0] ?? ''),
      get: (name) => world.switches.get(name) ?? '',
    },
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = (isJson ? JSON.parse(text) : {}) as Reply['body'];
  return { status: response.status, headers: response.headers, text, body };
}

/** Starts it; the world's time begins at 2026-11-21T12:00:00Z. */
export async function startAmazon(notifications?: NotificationsSetUp): Promise<AmazonWorld> {
  const state = createState();
  const amazon = createPretendAmazon(partsOf(state), {
    clientId: 'client',
    clientSecret: 'secret',
    sellers: [{ sellerId, refreshToken }],
    ...(notifications ? { notifications } : {}),
  });
  const server = createServer((request, response) => amazon.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let cached = { token: '', from: 0 };

  const login: AmazonWorld['login'] = async (fields, encoding = 'form') => {
    const standard = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const all = { client_id: 'client', client_secret: 'secret', ...(fields ?? standard) };
    const sent =
      encoding === 'form'
        ? { body: new URLSearchParams(all) }
        : { body: JSON.stringify(all), headers: { 'content-type': 'application/json' } };
    return replyOf(await fetch(`${origin}/auth/o2/token`, { method: 'POST', ...sent }));
  };
  const ownToken = async () => {
    const age = state.now - cached.from;
    if (age < 0 || age >= 3_600_000)
      cached = { token: (await login()).body.access_token ?? '', from: state.now };
    return cached.token;
  };
  return Object.assign(state, {
    amazon,
    origin,
    login,
    token: ownToken,
    async get(path: string, query: Record<string, string> = {}, token?: string) {
      const used = token ?? (await ownToken());
      const headers = used === '' ? {} : { 'x-amz-access-token': used };
      return replyOf(await fetch(`${origin}${path}?${new URLSearchParams(query).toString()}`, { headers }));
    },
    send: async (method: string, path: string, body: unknown, token: string) =>
      replyOf(
        await fetch(origin + path, {
          method,
          headers: { 'x-amz-access-token': token, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** A plain unshipped order of two lines (2 and 1 units). */
export function plainOrder(orderId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const line = (orderItemId: string, quantity: number) => ({
    orderItemId,
    quantityOrdered: quantity,
    product: { asin: 'B000000001', title: 'Invented product', sellerSku: `SKU-${orderItemId}` },
    proceeds: { proceedsTotal: { amount: '25.00', currencyCode: 'USD' } },
    fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: quantity },
  });
  return {
    orderId,
    createdTime: '2026-11-21T10:00:00Z',
    lastUpdatedTime: '2026-11-21T10:00:00Z',
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
    buyer: { buyerName: 'Ann Example', buyerEmail: 'x@marketplace.amazon.com' },
    recipient: { deliveryAddress: { name: 'Ann Example', city: 'Seattle', countryCode: 'US' } },
    proceeds: { grandTotal: { amount: '50.00', currencyCode: 'USD' } },
    fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
    orderItems: [line('10000000000001', 2), line('10000000000002', 1)],
    ...more,
  };
}

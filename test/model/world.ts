import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { generateKey } from '@47ng/cloak';
import { createPretendAmazon, type PretendAmazon } from '../../app/sandbox/amazon/pretend-amazon.ts';
import { readAppConfiguration } from '../../app/sandbox/app-configuration.ts';
import { appCredentials, environmentOf } from '../../app/sandbox/app-environment.ts';
import { createBehaviour, type SwitchBoard } from '../../app/sandbox/behaviour.ts';
import type { FaultKind } from '../../app/sandbox/contract.ts';
import { createFaults, type FaultBoard } from '../../app/sandbox/faults.ts';
import { openShop } from '../../app/sandbox/open-shop.ts';
import { createPretendShopify, type PretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';
import { sellerId, shopDomain } from '../../app/domain/ids.ts';
import { readEnv } from '../../app/lib/env.ts';
import { scopeList } from '../../app/shopify/scopes.ts';
import { setSettings } from '../../app/sync/change-settings.ts';
import { openServices, type Services } from '../../app/sync/services.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { serve } from './serve.ts';
import { productsAt } from './places.ts';
import type { Positions } from './positions.ts';
import { Readings } from './readings.ts';
import { receiveNews } from './receive-news.ts';
import type { Worker } from './worker.ts';

/** The shop and the account of the sandbox, so that the model also lives in one that runs. */
export const shop = shopDomain('concord-demo.myshopify.com');
export const seller = sellerId('A2CONCORDDEMO1');
const refreshToken = 'Atzr|the-model-seller';

/** A database of the model's own; `owner` runs SQL past the walls. */
export interface ModelDatabase {
  readonly url: string;
  readonly owner: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
}

/** What happened in one run, beside what the services and the database hold. */
interface RunState {
  /** When each order was placed, ms UTC; its place in the list is its number. */
  readonly placed: { readonly id: string; readonly at: number }[];
  /** Orders that a person deleted in Shopify after they were linked. */
  readonly deleted: Set<string>;
  /** When a person last asked for an order, ms UTC. */
  readonly asked: Map<string, number>;
  readonly workers: { readonly worker: Worker; readonly since: number }[];
  /** What no job may do: throw. */
  readonly thrown: string[];
  readonly log: { readonly service: string; readonly operation: string | null; readonly status: number }[];
  /** What the app was seen to do and must not. */
  readonly broken: string[];
  /** Writes that the app sent to Shopify. */
  writes: number;
  /** Whether any worker was cut off so far. */
  cut: boolean;
  /** Somebody acts in Shopify just now: faults are not meant for them. */
  peopleAct: boolean;
  /** Something was lost that nobody tells again: a webhook, Amazon's cancellation data. */
  newsLost: boolean;
  blind: boolean;
  /** Nothing may be sent. */
  dryRun: boolean;
  /** Orders whose work in Shopify people moved, held or let go. */
  readonly touched: Set<string>;
  /** Orders of which somebody gave money back on Amazon past the app. */
  readonly refundedByOthers: Set<string>;
  /** Claims that were made of orders, by order; the lines they are about. */
  readonly claimed: Map<string, Set<string>>;
  /** See `releaseMark`: all that people released, and of these what the app knew it held. */
  readonly released: Set<string>;
  readonly releasedKnown: Set<string>;
  /** Holds of others, with the work and the order in Shopify that each is on. */
  readonly foreignHolds: Map<string, { readonly work: string; readonly order: string }>;
  /** The last version of each request, by order and number. */
  readonly versions: Map<string, number>;
  readonly readings: Readings;
}

/** Both pretend services, two worker processes and their database, in this process and on a clock that is moved by hand. */
export interface ModelWorld {
  readonly database: ModelDatabase;
  readonly clock: HandClock;
  readonly faults: FaultBoard;
  readonly switches: SwitchBoard;
  readonly amazon: PretendAmazon;
  readonly shopify: PretendShopify;
  readonly shopifyOrigin: string;
  /** One entry per worker process. */
  readonly services: readonly [Services, Services];
  readonly run: RunState;
  /** Everything as on the first day, but for the clock, which only goes on. */
  reset(positions: Positions): Promise<void>;
  close(): Promise<void>;
}

/** A run in which nothing has happened. */
export const freshRun = (): RunState => ({
  placed: [],
  deleted: new Set(),
  asked: new Map(),
  workers: [],
  thrown: [],
  log: [],
  broken: [],
  writes: 0,
  cut: false,
  peopleAct: false,
  newsLost: false,
  blind: false,
  dryRun: false,
  touched: new Set(),
  refundedByOthers: new Set(),
  claimed: new Map(),
  released: new Set(),
  releasedKnown: new Set(),
  foreignHolds: new Map(),
  versions: new Map(),
  readings: new Readings(),
});

/** Faults of what Shopify tells; the others are not meant for people. */
export const newsFaults = new Set<FaultKind>(['duplicate-webhook', 'late-webhook', 'lose-webhook']);

async function emptyDatabase({ owner }: ModelDatabase, now: number): Promise<void> {
  await owner(`
    delete from amazon_order; delete from command; delete from problem; delete from audit_entry; delete from sku_link;
    delete from claim; delete from request; delete from notice; delete from feed; delete from choice; delete from amazon_move; delete from shopify_fact; delete from quiet_time; delete from seen_webhook; delete from backfill; delete from rate_bucket; delete from graphile_worker._private_jobs;
    update shop set facts = null, facts_at = null, token_lease = null`);
  await owner(
    `update seller set state = 'connected', cursor = $1::timestamptz - interval '1 hour', "window" = null,
       deep_window = null, deep_swept_at = null, last_look_at = null, blind_since = null, blind_why = null, next_poll_at = $1, polling_until = null, requests_blind_since = null,
       finances_until = null, finances_window = null, next_finances_at = null, next_feed_at = null, feed_lease_until = null, feed_lease_token = null`,
    [new Date(now)],
  );
}

/** Opens the world on a migrated database. It sets this process's clock. */
export async function openModelWorld(database: ModelDatabase): Promise<ModelWorld> {
  const clock = createHandClock(Date.parse('2026-11-21T12:00:00Z'));
  const board = createFaults();
  const switches = createBehaviour();
  let run = freshRun();
  const faults: FaultBoard = {
    ...board,
    take: (service, kinds, subject) => {
      const meant =
        run.peopleAct && service === 'shopify' ? kinds.filter((one) => newsFaults.has(one)) : kinds;
      const fault = board.take(service, meant, subject);
      run.newsLost ||= fault?.kind === 'lose-webhook';
      run.blind ||= fault?.kind === 'refuse-data' || fault?.match.operation === 'getOrderItems';
      return fault;
    },
  };
  const parts = {
    clock,
    faults,
    behaviour: switches,
    log: { add: (entry: RunState['log'][number]) => void run.log.push(entry) },
  };
  const amazon = createPretendAmazon(parts, {
    ...appCredentials.amazon,
    sellers: [{ sellerId: seller, refreshToken }],
  });
  let news: string | null = null;
  const { metafieldDefinitions, subscriptions } = readAppConfiguration(
    readFileSync(new URL('../../shopify.app.toml', import.meta.url), 'utf8'),
  );
  const shopify = createPretendShopify(parts, {
    ...appCredentials.shopify,
    metafieldDefinitions,
    subscriptions: subscriptions.filter(({ path }) => path === '/webhooks/orders'),
    appUrl: () => news,
    scopes: scopeList,
    shops: [{ domain: shop }],
  });
  const servers = await Promise.all([
    serve((request, response) => amazon.handle(request, response)),
    serve((request, response) => shopify.handle(request, response)),
  ]);
  const [amazonSide, shopifySide] = servers;
  const nowhere = 'http://127.0.0.1:9';
  const origins = { admin: nowhere, app: nowhere, control: nowhere, sqs: nowhere };
  const env = readEnv({
    ...environmentOf(
      { ...origins, amazon: amazonSide.origin, shopify: shopifySide.origin },
      database.url,
      generateKey(),
      refreshToken,
    ),
    LOG_LEVEL: 'silent',
  });
  const services = [openServices(env, 'one'), openServices(env, 'two')] as const;
  const { db, vault } = services[0];
  await openShop(
    { db, vault, shopifyOrigin: shopifySide.origin, app: appCredentials.shopify },
    { domain: shop, sellerId: seller, refreshToken },
  );
  const receiver = await serve(
    receiveNews(services[0], appCredentials.shopify.apiSecret, (error) => run.thrown.push(error)),
  );
  news = receiver.origin;
  return {
    database,
    clock,
    faults,
    switches,
    amazon,
    shopify,
    shopifyOrigin: shopifySide.origin,
    services,
    get run() {
      return run;
    },
    reset: async (positions) => {
      for (const { worker } of run.workers) worker.bury();
      // What Amazon refused is remembered for an hour.
      const { blind } = run;
      run = freshRun();
      faults.clear();
      shopify.reset();
      switches.reset();
      const { stock, refundsOnAmazon, restock, ...positionsOf } = positions;
      for (const [name, value] of Object.entries(positionsOf))
        if (!switches.set(name, value)) throw new Error(`There is no switch ${name} with ${value}.`);
      await clock.advance(blind ? 61 * 60_000 : 60_000);
      amazon.reset();
      shopify.reset();
      shopify.addVariants(shop, productsAt(stock));
      await emptyDatabase(database, clock.now());
      const settings = { refundsOnAmazon, restock: restock === 'yes', dryRun: false };
      await services[0].db.forShop(shop, (tx) => setSettings(tx, shop, settings, 'staff'));
      await database.owner('delete from quiet_time');
    },
    close: async () => {
      clock.stop();
      for (const { worker } of run.workers) worker.bury();
      await Promise.all(services.map((one) => one.close()));
      await Promise.all([...servers, receiver].map((server) => server.close()));
    },
  };
}

import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { generateKey } from '@47ng/cloak';
import { createPretendAmazon, type PretendAmazon } from '../../app/sandbox/amazon/pretend-amazon.ts';
import { readAppConfiguration } from '../../app/sandbox/app-configuration.ts';
import { appCredentials, environmentOf } from '../../app/sandbox/app-environment.ts';
import { createBehaviour, type SwitchBoard } from '../../app/sandbox/behaviour.ts';
import { createFaults, type FaultBoard } from '../../app/sandbox/faults.ts';
import { openShop } from '../../app/sandbox/open-shop.ts';
import { createPretendShopify, type PretendShopify } from '../../app/sandbox/shopify/pretend-shopify.ts';
import { products } from '../../app/sandbox/story/catalogue.ts';
import { sellerId, shopDomain } from '../../app/domain/ids.ts';
import { readEnv } from '../../app/lib/env.ts';
import { scopeList } from '../../app/shopify/scopes.ts';
import { openServices, type Services } from '../../app/sync/services.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { serve } from './serve.ts';
import type { Positions } from './steps.ts';
import type { Worker } from './worker.ts';

export const shop = shopDomain('model.myshopify.com');
export const seller = sellerId('A1MODELSELLER1');
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
  readonly log: { readonly service: string; readonly operation: string | null }[];
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

const freshRun = (): RunState => ({
  placed: [],
  deleted: new Set(),
  asked: new Map(),
  workers: [],
  thrown: [],
  log: [],
});

async function emptyDatabase({ owner }: ModelDatabase, now: number): Promise<void> {
  await owner(`
    delete from amazon_order; delete from command; delete from problem; delete from audit_entry; delete from sku_link;
    delete from backfill; delete from rate_bucket; delete from graphile_worker._private_jobs;
    update shop set facts = null, facts_at = null, token_lease = null`);
  await owner(
    `update seller set state = 'connected', cursor = $1::timestamptz - interval '1 hour', "window" = null,
       deep_swept_at = null, last_look_at = null, blind_since = null, blind_why = null, next_poll_at = $1`,
    [new Date(now)],
  );
}

/** Opens the world on a migrated database. It sets this process's clock. */
export async function openModelWorld(database: ModelDatabase): Promise<ModelWorld> {
  const clock = createHandClock(Date.parse('2026-11-21T12:00:00Z'));
  const faults = createFaults();
  const switches = createBehaviour();
  let run = freshRun();
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
  const { metafieldDefinitions } = readAppConfiguration(
    readFileSync(new URL('../../shopify.app.toml', import.meta.url), 'utf8'),
  );
  const shopify = createPretendShopify(parts, {
    ...appCredentials.shopify,
    metafieldDefinitions,
    subscriptions: [],
    appUrl: () => null,
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
      run = freshRun();
      faults.clear();
      switches.reset();
      for (const [name, value] of Object.entries(positions)) switches.set(name, String(value));
      await clock.advance(60_000);
      amazon.reset();
      shopify.reset();
      shopify.addVariants(shop, products);
      await emptyDatabase(database, clock.now());
    },
    close: async () => {
      clock.stop();
      for (const { worker } of run.workers) worker.bury();
      await Promise.all(services.map((one) => one.close()));
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

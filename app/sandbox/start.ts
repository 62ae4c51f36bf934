import { generateKey } from '@47ng/cloak';
import { migrate } from '../db/migrate.ts';
import { createAdmin } from './admin/admin.ts';
import { createAppSide } from './app-side.ts';
import { appCredentials, environmentOf, type Origins } from './app-environment.ts';
import { createBehaviour } from './behaviour.ts';
import { buildWhereChanged } from './build.ts';
import { createControl } from './control/control.ts';
import { startDatabaseServer } from './database-server.ts';
import { createFaults } from './faults.ts';
import { Ending } from './ending.ts';
import { choosePorts, type Ports } from './ports.ts';
import { createRequestLog } from './request-log.ts';
import { listenUntil, openServing } from './serving.ts';
import { placeStory, storyCurrencies } from './story/story.ts';
import { startWeb } from './web.ts';
import type { ShopOfWorld, World } from './world.ts';
import { createWorldClock } from './world-clock.ts';

/** How a sandbox is wanted. */
export interface SandboxOptions {
  /** Another database in place of an embedded server; its owner's address. It is migrated. */
  readonly databaseUrl?: string;
  /** Whether that database has the newest form already, as a copy of a migrated one has. */
  readonly migrated?: boolean;
  /** Where the embedded server keeps its files; default a temporary folder that goes at the end. */
  readonly dataDir?: string;
  /** First of a row of ports; 0: any. */
  readonly port: number;
  /** How many times faster than real time the world goes. */
  readonly speed?: number;
  /** The world's time at the start (ms UTC); default the machine's. */
  readonly startAt?: number;
  readonly workers: number;
  /** Whether the web app runs. */
  readonly web: boolean;
  /** No example story. */
  readonly headless: boolean;
  /** Other stand-ins in place of the own services. */
  readonly amazonUrl?: string;
  readonly shopifyUrl?: string;
  /** A mail server (smtp://…) for the app's notices; default none. */
  readonly smtpUrl?: string;
}

/** A running sandbox. Addresses have no trailing slash. */
export interface Sandbox extends Origins {
  /** The default shop's domain. */
  readonly shop: string;
  /** What another process needs to join. */
  readonly env: Readonly<Record<string, string>>;
  readonly world: World;
  /** Ends everything it started. */
  stop(): Promise<void>;
}

const defaultShop: ShopOfWorld = {
  domain: 'concord-demo.myshopify.com',
  sellerId: 'A2CONCORDDEMO1',
  refreshToken: 'Atzr|the-sandbox-seller-of-concord-demo',
};

const storyPatience = 8000;

function originsOf(ports: Ports, options: SandboxOptions): Origins {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    admin: at(ports.admin),
    app: at(ports.app),
    control: at(ports.control),
    amazon: options.amazonUrl ?? at(ports.amazon),
    shopify: options.shopifyUrl ?? at(ports.shopify),
    sqs: at(ports.sqs),
  };
}

/** The database's address; an embedded server is started where none was given. */
async function openServer(options: SandboxOptions, ports: Ports, ending: Ending): Promise<string> {
  if (options.databaseUrl !== undefined) return options.databaseUrl;
  const server = await startDatabaseServer(ports.postgres, options.dataDir);
  ending.add(() => server.stop());
  return server.url;
}

/** Starts a sandbox. What was started is ended again where something fails on the way. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const ending = new Ending();
  try {
    return await start(options, ending);
  } catch (error) {
    await ending.run();
    throw error;
  }
}

async function start(options: SandboxOptions, ending: Ending): Promise<Sandbox> {
  const ports = await choosePorts(options.port);
  const origins = originsOf(ports, options);
  const built = options.web ? buildWhereChanged() : Promise.resolve();
  // Whoever fails first tells; the build's own failure is awaited below.
  built.catch(() => undefined);
  const databaseUrl = await openServer(options, ports, ending);
  if (options.migrated !== true) await migrate(databaseUrl);
  const env = environmentOf(origins, databaseUrl, generateKey(), defaultShop.refreshToken, options.smtpUrl);
  const world = await openWorld(options, ports, origins, env, ending);
  // The world begins empty: what a kept database says of an earlier one is void.
  if (options.dataDir !== undefined) await world.app.reset(defaultShop, () => undefined);
  if (!options.headless) placeStory(world);
  await world.app.open(defaultShop);
  await built;
  if (options.web) {
    const web = await startWeb(ports.app, env);
    ending.add(() => web.stop());
  }
  await world.app.setWorkers(options.workers);
  // The story begins with its orders in both places; what is slow to come in comes in later.
  if (!options.headless && options.workers > 0)
    await world.app.settle({ timeoutMs: storyPatience, untilIdle: false });
  return { ...origins, shop: defaultShop.domain, env, world, stop: () => ending.run() };
}

async function openWorld(
  options: SandboxOptions,
  ports: Ports,
  origins: Origins,
  env: ReturnType<typeof environmentOf>,
  ending: Ending,
): Promise<World> {
  const clock = createWorldClock({
    speed: options.speed ?? 1,
    ...(options.startAt === undefined ? {} : { start: options.startAt }),
  });
  ending.add(() => {
    clock.stop();
  });
  const parts = { clock, faults: createFaults(), log: createRequestLog(), behaviour: createBehaviour() };
  const wanted = {
    amazon: options.amazonUrl === undefined,
    shopify: options.shopifyUrl === undefined,
    appUrl: () => (options.web ? origins.app : null),
    currencies: options.headless ? [] : storyCurrencies,
  };
  const serving = await openServing(parts, defaultShop, wanted, ports, ending);
  const app = createAppSide({
    ...serving,
    messagesUnseen: () => serving.sqs.unseen(),
    setUpOf: (sellerId) => serving.amazon?.setUpOf(sellerId) ?? null,
    clock,
    env,
    shopifyOrigin: origins.shopify,
    app: appCredentials.shopify,
    encryptionKeys: env.ENCRYPTION_KEYS,
  });
  const { amazon, shopify, sqs } = serving;
  const world: World = { ...parts, amazon, shopify, sqs, shops: [defaultShop], app };
  const control = createControl(world);
  await listenUntil(ending, ports.control, control);
  ending.add(() => {
    control.close();
  });
  ending.add(() => app.close());
  await listenUntil(ending, ports.admin, createAdmin(world, origins, control));
  return world;
}

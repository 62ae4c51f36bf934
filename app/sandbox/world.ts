import type { PretendAmazon } from './amazon/pretend-amazon.ts';
import type { SwitchBoard } from './behaviour.ts';
import type { Pending, ServiceName } from './contract.ts';
import { Refusal } from './control/refusal.ts';
import type { FaultBoard } from './faults.ts';
import type { ReadableLog } from './request-log.ts';
import type { PretendShopify } from './shopify/pretend-shopify.ts';
import type { PretendSqs } from './sqs/pretend-sqs.ts';
import type { SandboxClock } from './world-clock.ts';

/** A shop of the world, with the seller account that belongs to it. */
export interface ShopOfWorld {
  readonly domain: string;
  readonly sellerId: string;
  readonly refreshToken: string;
}

/** How `POST /settle` ended. */
export type Settled =
  | { readonly settled: true; readonly ms: number }
  | { readonly settled: false; readonly open: readonly Pending[] };

/** The app's side of the world: its processes, and what it keeps. */
export interface AppSide {
  /** A shop opens the app for the first time (or again), and its seller is connected. */
  open(shop: ShopOfWorld): Promise<void>;
  settle(options: { timeoutMs: number; untilIdle: boolean }): Promise<Settled>;
  /** SIGKILL for all workers; none is started in their place. */
  killWorkers(): Promise<void>;
  /** Starts or ends workers until there are `count`. Resolves when they run. */
  setWorkers(count: number): Promise<void>;
  workerPids(): number[];
  /** What was played may live on in the workers' memory: the next reset makes them anew. */
  bent(): void;
  /** Calls `emptyWorld`, and empties what the app keeps but the default shop, its session, seller and settings. Idle workers of a plain world go on; others are ended and made anew. */
  reset(defaultShop: ShopOfWorld, emptyWorld: () => void): Promise<void>;
  /** Lets the workers look at the time again at once. */
  nudge(): Promise<void>;
}

/** Everything the control interface works on. A service is null where another stand-in takes its place. */
export interface World {
  readonly clock: SandboxClock;
  readonly faults: FaultBoard;
  readonly log: ReadableLog;
  readonly behaviour: SwitchBoard;
  readonly amazon: PretendAmazon | null;
  readonly shopify: PretendShopify | null;
  readonly sqs: PretendSqs;
  /** The first one is the default shop. */
  readonly shops: ShopOfWorld[];
  readonly app: AppSide;
}

const names: Record<ServiceName, string> = { amazon: 'Amazon', shopify: 'Shopify' };

/** The pretend Amazon, or a 501 where it is replaced. */
export function amazonOf({ amazon }: World): PretendAmazon {
  return amazon ?? replaced('amazon');
}

/** The pretend Shopify, or a 501 where it is replaced. */
export function shopifyOf({ shopify }: World): PretendShopify {
  return shopify ?? replaced('shopify');
}

/** Refuses with 501 where the service is replaced. */
export function mustBeOwn(world: World, service: ServiceName): void {
  if (world[service] === null) replaced(service);
}

function replaced(service: ServiceName): never {
  throw new Refusal(501, `Another stand-in takes the place of the pretend ${names[service]} here.`);
}

/** The shop that `?shop=` names, or the default one. Refuses one that does not exist with 404. */
export function shopOf({ shops }: World, query: URLSearchParams): ShopOfWorld {
  const domain = query.get('shop');
  const found = domain === null ? shops[0] : shops.find((shop) => shop.domain === domain.toLowerCase());
  if (!found) throw new Refusal(404, `There is no shop ${domain ?? ''}.`);
  return found;
}

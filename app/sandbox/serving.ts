import { appCredentials, registeredAt } from './app-environment.ts';
import { createPretendAmazon, type PretendAmazon } from './amazon/pretend-amazon.ts';
import type { Pending, PretendService, WorldParts } from './contract.ts';
import type { Ending } from './ending.ts';
import { type Listening, listen } from './listen.ts';
import { openPretendShopify } from './open-pretend-shopify.ts';
import type { Ports } from './ports.ts';
import type { PretendShopify } from './shopify/pretend-shopify.ts';
import { appQueue } from './sqs/app-queue.ts';
import { createPretendSqs, type PretendSqs } from './sqs/pretend-sqs.ts';
import type { ShopOfWorld } from './world.ts';

/** Which services are the sandbox's own, and how the shop is set up. */
export interface WantedServices {
  readonly amazon: boolean;
  readonly shopify: boolean;
  /** Where the app listens; null while it does not. */
  readonly appUrl: () => string | null;
  /** Currencies the shop sells in beside its own, ISO 4217. */
  readonly currencies: readonly string[];
}

/** The services that are the sandbox's own, listening. */
export interface Serving {
  readonly amazon: PretendAmazon | null;
  readonly shopify: PretendShopify | null;
  readonly sqs: PretendSqs;
  /** What they are answering now. */
  requestsUnderWay(): Pending[];
  /** Amazon's newest change for each seller, milliseconds UTC. */
  lastChanges(): Map<string, number>;
  /** When Finances shows the newest money that went back to a buyer, for each seller, milliseconds UTC. */
  moneyShows(): Map<string, number>;
}

/** Listens until the end. */
export async function listenUntil(
  ending: Ending,
  port: number,
  service: Pick<PretendService, 'handle'>,
): Promise<Listening> {
  const server = await listen(port, (request, response) => {
    service.handle(request, response);
  });
  ending.add(() => server.close());
  return server;
}

/** A time for each seller that has one. */
function timesOf(amazon: PretendAmazon | null, timeOf: (sellerId: string) => number | null) {
  const times = new Map<string, number>();
  for (const id of amazon?.sellerIds() ?? []) {
    const at = timeOf(id);
    if (at !== null) times.set(id, at);
  }
  return times;
}

/** Opens the pretend services that are wanted, with the shop and its seller in them, and lets them listen. */
export async function openServing(
  parts: WorldParts,
  shop: ShopOfWorld,
  wanted: WantedServices,
  ports: Ports,
  ending: Ending,
): Promise<Serving> {
  const { domain, ...seller } = shop;
  const sqs = createPretendSqs(parts);
  const notifications = { queues: sqs, queueArn: appQueue.arn };
  const app = () => {
    const url = wanted.appUrl();
    return url === null ? null : registeredAt(url);
  };
  const amazon = wanted.amazon
    ? createPretendAmazon(parts, { ...appCredentials.amazon, sellers: [seller], notifications, app })
    : null;
  const shopify = wanted.shopify
    ? await openPretendShopify(parts, { domain, presentmentCurrencies: wanted.currencies }, wanted.appUrl)
    : null;
  const answering: { readonly what: string; readonly server: Listening }[] = [];
  if (amazon) {
    answering.push({ what: 'request to Amazon', server: await listenUntil(ending, ports.amazon, amazon) });
  }
  if (shopify) {
    answering.push({ what: 'request to Shopify', server: await listenUntil(ending, ports.shopify, shopify) });
  }
  await listenUntil(ending, ports.sqs, sqs);
  return {
    amazon,
    shopify,
    sqs,
    requestsUnderWay: () =>
      answering.filter(({ server }) => server.underWay() > 0).map(({ what }) => ({ what })),
    lastChanges: () => timesOf(amazon, (id) => amazon?.lastChange(id) ?? null),
    moneyShows: () => timesOf(amazon, (id) => amazon?.moneyShows(id) ?? null),
  };
}

import { setImmediate } from 'node:timers/promises';
import type { AmazonClient } from '../../app/amazon/client.ts';
import type { AmazonOrder, RequestReading } from '../../app/domain/amazon-order.ts';
import type { AmazonOrderId, AmazonOrderItemId } from '../../app/domain/ids.ts';
import type { Services } from '../../app/sync/services.ts';

/**
 * Where a worker is cut off, for good or for a while: at its n-th border (before or after a transaction or a remote call), or
 * after the first remote call of a name, whose answer it never uses (a mutation of Shopify's, or a method of the client for
 * Amazon).
 */
export type Cut = ({ readonly at: number } | { readonly after: string }) & {
  readonly then: 'die' | 'stall';
};

/** Thrown into what is left of a dead worker when its world ends. */
class Killed extends Error {}

/** One worker process at one job. */
export interface Worker {
  /** Resolves when the job is done, or when the worker has been cut off and nothing it began is under way any more. */
  readonly ended: Promise<void>;
  /** Whether it stands at its cut and could go on. */
  stalled(): boolean;
  /** A stalled worker goes on; resolves when its job is done. */
  letGo(): Promise<void>;
  /** Ends what is left of it. */
  bury(): void;
}

/** Borders that a worker passes, and the cut at one of them. */
class Borders {
  readonly hit = Promise.withResolvers<undefined>();
  readonly #gate = Promise.withResolvers<undefined>();
  readonly #cut: Cut | null;
  #passed = 0;
  #underWay = 0;
  stopped = false;

  constructor(cut: Cut | null) {
    this.#cut = cut;
    this.#gate.promise.catch(() => undefined);
  }

  #isCut(done: string | null): boolean {
    if (this.#cut === null) return false;
    return 'at' in this.#cut ? this.#passed === this.#cut.at : this.#cut.after === done;
  }

  async #border(done: string | null): Promise<void> {
    this.#passed += 1;
    if (this.#isCut(done)) {
      this.stopped = true;
      this.hit.resolve(undefined);
    }
    if (this.stopped) await this.#gate.promise;
  }

  /** Does `act`, which may be a remote call with a name, between two borders. */
  async around<T>(act: () => Promise<T>, name: string | null = null): Promise<T> {
    await this.#border(null);
    this.#underWay += 1;
    try {
      return await act();
    } finally {
      this.#underWay -= 1;
      await this.#border(name);
    }
  }

  async quiet(): Promise<void> {
    while (this.#underWay > 0) await setImmediate();
  }

  open(): void {
    this.stopped = false;
    this.#gate.resolve(undefined);
  }

  /** For good: whoever waits, or comes later, gets an error. */
  close(): void {
    this.stopped = true;
    this.#gate.reject(new Killed());
  }
}

/** Who hears of what a worker gets from Amazon, and of what it is about to write to Shopify. */
export interface Listener {
  read(order: AmazonOrder, at: number): void;
  readRequests(order: AmazonOrderId, lines: ReadonlyMap<AmazonOrderItemId, RequestReading>): void;
  /** A search by change gave all that changed before it began. */
  searched(at: number): void;
  beforeUpload(contents: string): Promise<void>;
  beforeConfirm(order: AmazonOrderId): Promise<void>;
  beforeWrite(query: string, variables: Record<string, unknown>): Promise<void>;
}

/** The mutation that a document is about; null for a query. */
const mutationIn = (query: string): string | null =>
  /^\s*mutation[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query)?.[1] ?? null;

function amazonThrough(client: AmazonClient, borders: Borders, listener: Listener): AmazonClient {
  return {
    ...client,
    searchOrders: (search) =>
      borders.around(async () => {
        const page = await client.searchOrders(search);
        if (page.ok) {
          for (const order of page.value.orders) listener.read(order, page.value.startedAt);
          if (search.by === 'updated' && search.before === null) listener.searched(page.value.startedAt);
        }
        return page;
      }),
    getOrder: (id) =>
      borders.around(async () => {
        const reading = await client.getOrder(id);
        if (reading.ok && reading.value.order.ok)
          listener.read(reading.value.order.order, reading.value.startedAt);
        return reading;
      }),
    uploadFeed: (contents, contentType) =>
      borders.around(async () => {
        await listener.beforeUpload(contents);
        return client.uploadFeed(contents, contentType);
      }),
    createFeed: (wish) => borders.around(() => client.createFeed(wish), 'createFeed'),
    getFeed: (id) => borders.around(() => client.getFeed(id)),
    findFeeds: (type, since) => borders.around(() => client.findFeeds(type, since)),
    openFeedReport: (id) => borders.around(() => client.openFeedReport(id)),
    confirmShipment: (...call) =>
      borders.around(async () => {
        await listener.beforeConfirm(call[0]);
        return client.confirmShipment(...call);
      }, 'confirmShipment'),
    listMoves: (window) => borders.around(() => client.listMoves(window)),
    readRequestsV0: (id) =>
      borders.around(async () => {
        const lines = await client.readRequestsV0(id);
        if (lines.ok) listener.readRequests(id, lines.value);
        return lines;
      }),
  };
}

function through(services: Services, borders: Borders, listener: Listener): Services {
  const { db } = services;
  return {
    ...services,
    db: {
      ...db,
      forShop: (shop, work) => borders.around(() => db.forShop(shop, work)),
      system: (work) => borders.around(() => db.system(work)),
    },
    amazon: (seller) => amazonThrough(services.amazon(seller), borders, listener),
    shopify: (shop) => {
      const client = services.shopify(shop);
      return {
        ...client,
        run: (operation, variables, mayStill) =>
          borders.around(async () => {
            if (mayStill?.() !== false) await listener.beforeWrite(operation.query, variables);
            return client.run(operation, variables, mayStill);
          }, mutationIn(operation.query)),
      };
    },
  };
}

/** Starts a worker on a job. `failed` hears what the job throws. */
export function startWorker(
  services: Services,
  cut: Cut | null,
  job: (services: Services) => Promise<unknown>,
  listener: Listener,
  failed: (error: unknown) => void,
): Worker {
  const borders = new Borders(cut);
  const done = job(through(services, borders, listener)).then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof Killed)) failed(error);
    },
  );
  return {
    ended: Promise.race([done, borders.hit.promise.then(() => borders.quiet())]),
    stalled: () => borders.stopped && cut?.then === 'stall',
    letGo: async () => {
      borders.open();
      await done;
    },
    bury: () => {
      borders.close();
    },
  };
}

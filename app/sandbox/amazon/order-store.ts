import type { JsonObject } from './json.ts';
import { textIn } from './json.ts';
import type { Refund } from './money/refund.ts';
import { SortedIndex } from './sorted-index.ts';

/** A cancellation that was carried out. */
export interface Cancellation {
  readonly by: string;
  readonly reason: string | null;
  /** ISO 8601; null where the order was placed with it. */
  readonly time: string | null;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number | null }[];
}

/** What a buyer wrote, outside of the order itself. */
export interface BuyerMessage {
  readonly time: string;
  readonly text: string;
}

/** A message of a feed about an order, and what the processing report says of it. */
export interface FeedMessageRecord {
  readonly feedId: string;
  readonly feedType: string;
  readonly messageId: string;
  /** ISO 8601: when it was processed. */
  readonly time: string;
  readonly accepted: boolean;
  readonly results: readonly {
    readonly code: string;
    readonly messageCode: string;
    readonly text: string;
  }[];
}

/** One order as Amazon keeps it. The order itself is never changed in place. */
export interface StoredOrder {
  readonly id: string;
  readonly order: JsonObject;
  /** Milliseconds: the time of purchase, and of the latest change as `lastUpdatedTime` tells it. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly cancellations: readonly Cancellation[];
  readonly messages: readonly BuyerMessage[];
  readonly refunds: readonly Refund[];
  /** What feeds said of it. */
  readonly feedMessages: readonly FeedMessageRecord[];
}

/** What is kept of an order beside itself. */
export type Beside = Pick<StoredOrder, 'cancellations' | 'messages' | 'refunds' | 'feedMessages'>;

/** The two times that searchOrders can ask by. */
export type TimeFamily = 'createdAt' | 'updatedAt';

/** All orders of one seller, found by id and by both times. */
export class OrderStore {
  readonly #orders = new Map<string, StoredOrder>();
  readonly #indexes: Readonly<Record<TimeFamily, SortedIndex>> = {
    createdAt: new SortedIndex(),
    updatedAt: new SortedIndex(),
  };

  /** The order, or undefined. */
  get(id: string): StoredOrder | undefined {
    return this.#orders.get(id);
  }

  /**
   * Keeps the order under `now` (ms) as its new update time, which is also written into it.
   * A time of purchase that cannot be read counts as now, but stays in the order as it is.
   */
  put(order: JsonObject, id: string, now: number, more: Beside): void {
    const old = this.#orders.get(id);
    const created = Date.parse(textIn(order, 'createdTime') ?? '');
    const createdAt = Number.isNaN(created) ? (old?.createdAt ?? now) : created;
    const lastUpdatedTime = new Date(now).toISOString().replace('.000Z', 'Z');
    const stored: StoredOrder = {
      id,
      order: { ...order, lastUpdatedTime },
      createdAt,
      updatedAt: now,
      ...more,
    };
    for (const family of ['createdAt', 'updatedAt'] as const) {
      if (old !== undefined) this.#indexes[family].remove({ at: old[family], id });
      this.#indexes[family].add({ at: stored[family], id });
    }
    this.#orders.set(id, stored);
  }

  /** Notes what is beside the order; the order itself does not change. */
  note(stored: StoredOrder, more: Partial<Beside>): void {
    this.#orders.set(stored.id, { ...stored, ...more });
  }

  /** Orders with a time at or after `at`, ascending; with `id`, only those behind that order. */
  *from(family: TimeFamily, at: number, id = ''): Generator<StoredOrder> {
    for (const entry of this.#indexes[family].from({ at, id })) {
      const stored = this.#orders.get(entry.id);
      if (stored !== undefined && !(entry.at === at && entry.id === id)) yield stored;
    }
  }

  /** The latest orders by time of purchase, newest first. */
  newest(limit: number): StoredOrder[] {
    const found: StoredOrder[] = [];
    for (const { id } of this.#indexes.createdAt.backwards()) {
      const stored = this.#orders.get(id);
      if (stored !== undefined) found.push(stored);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** The time of the latest change, milliseconds; null without orders. */
  lastChange(): number | null {
    return this.#indexes.updatedAt.last()?.at ?? null;
  }
}

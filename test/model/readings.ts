import type { AmazonOrder } from '../../app/domain/amazon-order.ts';

/** What Amazon gave the app of one line at one moment. */
interface LineReading {
  /** When it was asked for, ms UTC. */
  readonly at: number;
  readonly request: 'asked' | 'none' | 'unknown';
  /** Neither shipped nor cancelled, and neither is its order. */
  readonly open: boolean;
  readonly shipped: boolean;
  /** Some of it, or of its order, is shipped. */
  readonly begun: boolean;
}

const endedOrders = new Set<AmazonOrder['status']>(['shipped', 'cancelled']);

/** All that Amazon gave the app, for telling what the app may know. */
export class Readings {
  readonly #lines = new Map<string, LineReading[]>();
  readonly #orders = new Map<string, Set<string>>();
  readonly #seen = new Map<string, { readonly at: number; readonly status: AmazonOrder['status'] }>();
  #searchedAt = 0;

  /** Notes an order as the app got it. */
  note(order: AmazonOrder, at: number): void {
    this.#seen.set(order.id, { at, status: order.status });
    for (const line of order.lines) {
      const ordered = line.quantityOrdered;
      const sent = ordered > 0 && (line.quantityFulfilled ?? 0) >= ordered;
      const shipped = order.status === 'shipped' || sent;
      const open = !endedOrders.has(order.status) && !sent && line.cancelled === null;
      const begun = shipped || order.status === 'partially_shipped' || (line.quantityFulfilled ?? 0) > 0;
      this.#add(order.id, line.orderItemId, { at, request: line.request.state, open, shipped, begun });
    }
  }

  /** Notes what Orders v0 said of the lines of an order that was read just before. */
  noteRequests(order: string, lines: ReadonlyMap<string, { readonly state: LineReading['request'] }>): void {
    for (const [line, { state: request }] of lines) {
      const last = this.#lines.get(`${order} ${line}`)?.at(-1);
      if (last) this.#add(order, line, { ...last, request });
    }
  }

  #add(order: string, line: string, reading: LineReading): void {
    const key = `${order} ${line}`;
    this.#lines.set(key, [...(this.#lines.get(key) ?? []), reading]);
    this.#orders.set(order, (this.#orders.get(order) ?? new Set()).add(line));
  }

  /** Notes that a search by change brought all that was new (ms UTC). */
  searched(at: number): void {
    this.#searchedAt = Math.max(this.#searchedAt, at);
  }

  /** When Amazon last showed an order, or that it is unchanged (ms UTC); 0: never. */
  seenAt(order: string): number {
    const seen = this.#seen.get(order);
    return seen ? Math.max(seen.at, this.#searchedAt) : 0;
  }

  /** The status of an order as Amazon last showed it; null where it never did. */
  statusOf(order: string): AmazonOrder['status'] | null {
    return this.#seen.get(order)?.status ?? null;
  }

  /** Whether Amazon ever showed the app a request on one of the lines. */
  wasAsked(order: string, lines: Iterable<string> = this.#orders.get(order) ?? []): boolean {
    return [...lines].some((line) => this.#of(order, line).some(({ request }) => request === 'asked'));
  }

  /** Whether Amazon last showed any line of an order shipped, or partly so. */
  anyShipped(order: string): boolean {
    return [...(this.#orders.get(order) ?? [])].some((line) => this.#of(order, line).at(-1)?.begun ?? false);
  }

  /** Whether the app has seen that a line is shipped. */
  isShipped(order: string, line: string): boolean {
    return this.#of(order, line).at(-1)?.shipped ?? false;
  }

  /**
   * Whether the app has seen that a line's request is over: shipped, or absent in two readings a minute apart of the open
   * line, with none between that showed it. `anew`: and none later, before `now`, either.
   */
  isOver(order: string, line: string, anew: boolean, now: number): boolean {
    const all = this.#of(order, line);
    if (this.isShipped(order, line)) return true;
    return all.some((second, j) => {
      if (second.request !== 'none' || !second.open) return false;
      const askedLater = all.slice(j + 1).some(({ request, at }) => request === 'asked' && at < now);
      if (anew && askedLater) return false;
      const asked = all.slice(0, j).findLastIndex(({ request }) => request === 'asked');
      return all
        .slice(asked + 1, j)
        .some(({ request, open, at }) => request === 'none' && open && second.at - at >= 60_000);
    });
  }

  #of(order: string, line: string): readonly LineReading[] {
    return this.#lines.get(`${order} ${line}`) ?? [];
  }
}

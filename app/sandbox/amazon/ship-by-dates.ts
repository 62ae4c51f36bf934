import { type JsonObject, objectIn, textIn } from './json.ts';
import { SortedIndex } from './sorted-index.ts';

const graceMs = 7 * 24 * 3_600_000;

/** When Amazon gives up on orders: 7 days after the latest ship date. */
export class ShipByDates {
  readonly #ends = new Map<string, number>();
  readonly #index = new SortedIndex();

  /** Notes an order as it was placed. One that was too late then already is left alone, so that old orders can be placed. */
  note(id: string, order: JsonObject, now: number): void {
    const window = objectIn(objectIn(order, 'fulfillment'), 'shipByWindow');
    const at = Date.parse(textIn(window, 'latestDateTime') ?? '') + graceMs;
    this.#forget(id);
    if (Number.isNaN(at) || at <= now) return;
    this.#ends.set(id, at);
    this.#index.add({ at, id });
  }

  #forget(id: string): void {
    const at = this.#ends.get(id);
    if (at === undefined) return;
    this.#ends.delete(id);
    this.#index.remove({ at, id });
  }

  /** The orders whose time is over by now; each is given once. */
  takeOver(now: number): string[] {
    const over: string[] = [];
    for (const { at, id } of this.#index.from({ at: Number.NEGATIVE_INFINITY, id: '' })) {
      if (at > now) break;
      over.push(id);
    }
    for (const id of over) this.#forget(id);
    return over;
  }
}

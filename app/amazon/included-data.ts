import type { AmazonData } from '../domain/amazon-order.ts';

/** What every reading of an order asks for, and why. */
const wanted: Readonly<Record<AmazonData, string>> = {
  FULFILLMENT: 'even the status, the quantities and the ship-by window come only with it',
  PROCEEDS: 'what was paid, for the money of the Shopify order',
  RECIPIENT: 'where the parcel goes',
  CANCELLATION: 'what the buyer asked for, and who cancelled',
  BUYER: 'the business order number only; name and e-mail are dropped at once',
  PACKAGES: 'parcels that were confirmed elsewhere',
  PROMOTION: 'which promotions explain a discount',
  TAX: 'whether the marketplace collects the tax itself',
};

/** All kinds of data that are asked for. */
export const wantedData = Object.keys(wanted) as readonly AmazonData[];

/** What is given up first where Amazon refuses without saying what; FULFILLMENT never is. */
const dispensable: readonly AmazonData[] = [
  'TAX',
  'PROMOTION',
  'PACKAGES',
  'BUYER',
  'CANCELLATION',
  'RECIPIENT',
  'PROCEEDS',
];

/** How long a refusal is believed before the data is asked for again. */
const memoryMs = 20 * 60_000;

/** A search for the data to drop: leaving out the first `low` steps is not enough, the first `high` are known to be. */
interface Halving {
  readonly low: number;
  readonly high: number;
}

/**
 * Finds out which kinds of data Amazon refuses, and remembers it for a while. A refusal that names its data costs one
 * call more. After one that names none, Amazon is asked with more and more left out, halving the order of
 * dispensability, so that three more calls find the one to drop; then all but that one is asked for again. The search is
 * kept between calls, for a bucket may run dry in the middle of it.
 */
export class DataRefusals {
  readonly #refused = new Map<AmazonData, number>();
  #search: Halving | null = null;
  #deniedUntil = 0;

  /** What to ask for at `now` (ms UTC). */
  ask(now: number): readonly AmazonData[] {
    for (const [data, until] of this.#refused) if (until <= now) this.#refused.delete(data);
    const open = wantedData.filter((data) => !this.#refused.has(data));
    if (!this.#search) return open;
    const left = this.#steps().slice(0, Math.floor((this.#search.low + this.#search.high) / 2));
    return open.filter((data) => !left.includes(data));
  }

  /** Amazon gave what was asked for. True: that is all there is to have; false: ask again, more can be had. */
  accepted(asked: readonly AmazonData[], now: number): boolean {
    if (!this.#search) return true;
    const high = this.#leftOut(asked);
    this.#narrow(this.#search.low, high, now);
    return high <= 1;
  }

  /** Amazon refused, maybe naming data. True: ask again; false: the access itself is refused, whatever is asked for. */
  refused(asked: readonly AmazonData[], named: readonly AmazonData[], now: number): boolean {
    const drop = named.filter((data) => asked.includes(data));
    if (drop.includes('FULFILLMENT')) return false;
    if (drop.length > 0) {
      for (const data of drop) this.#refused.set(data, now + memoryMs);
      this.#search = null;
      return true;
    }
    // Another call has found it out meanwhile.
    if (asked.some((data) => this.#refused.has(data))) return true;
    if (now >= this.#deniedUntil) {
      this.#narrow(this.#leftOut(asked), this.#search?.high ?? this.#steps().length + 1, now);
    }
    return now >= this.#deniedUntil;
  }

  /** Keeps the narrower search, or ends it with what it found: one kind of data, or that nothing helps. */
  #narrow(low: number, high: number, now: number): void {
    const steps = this.#steps();
    this.#search = high - low > 1 ? { low, high } : null;
    if (high - low !== 1) return;
    const culprit = steps[high - 1];
    if (culprit) this.#refused.set(culprit, now + memoryMs);
    else this.#deniedUntil = now + memoryMs;
  }

  #steps(): readonly AmazonData[] {
    return dispensable.filter((data) => !this.#refused.has(data));
  }

  #leftOut(asked: readonly AmazonData[]): number {
    return this.#steps().filter((data) => !asked.includes(data)).length;
  }
}

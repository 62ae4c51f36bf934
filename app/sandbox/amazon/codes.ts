import { randomBytes } from 'node:crypto';
import type { WorldClock } from '../contract.ts';

/** Amazon's codes live five minutes. */
const codeMs = 5 * 60_000;

/** Codes that a seller's consent gave out; each serves once. */
export class Codes {
  readonly #clock: Pick<WorldClock, 'now'>;
  readonly #open = new Map<string, { readonly sellerId: string; readonly expiresAt: number }>();

  constructor(clock: Pick<WorldClock, 'now'>) {
    this.#clock = clock;
  }

  /** A new code of a seller. */
  give(sellerId: string): string {
    const code = randomBytes(12).toString('base64url');
    this.#open.set(code, { sellerId, expiresAt: this.#clock.now() + codeMs });
    return code;
  }

  /** Uses a code up; null where there is none, or its time is over. */
  take(code: string): string | null {
    const found = this.#open.get(code);
    this.#open.delete(code);
    return found && found.expiresAt > this.#clock.now() ? found.sellerId : null;
  }

  clear(): void {
    this.#open.clear();
  }
}

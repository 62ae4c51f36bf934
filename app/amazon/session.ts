import type { Failure, Result } from '../domain/failure.ts';
import { fail, ok } from '../domain/failure.ts';
import { now } from '../lib/clock.ts';
import type { RateBuckets, RateLimit } from './buckets.ts';
import { late, within } from './deadline.ts';
import { asWrite, deadlinePassed, sortAnswer, sortLogin, sortThrown, toldRate } from './failure.ts';
import type { RawAnswer, Verdict } from './failure.ts';

/** One call of an operation. A query is rebuilt for every try, for the package changes what it is given. */
export interface Call {
  readonly operation: string;
  /** Of the API, where it is another one than the client's usual. */
  readonly version?: string;
  readonly limit: RateLimit;
  readonly path?: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | readonly string[]>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** It changes something at Amazon: where its answer is lost nobody knows whether it was done. */
  readonly writes?: true;
  /** Asked last before it leaves: whether it may still be sent. Where not, nothing was done. */
  readonly mayStill?: () => boolean;
  /** It is the app's own call, not the seller's, and goes with a token of this scope. */
  readonly scope?: GrantlessScope;
  /** Opens data of buyers, for this very call, in place of the usual token. */
  readonly restrictedToken?: string;
}

/** What the app may do without a seller's grant. */
export type GrantlessScope = 'sellingpartnerapi::notifications';

/** The bare wire to Amazon: no retry, no waiting, no decoding beyond text. */
export interface Wire {
  /** Fetches a new access token, the seller's or one of a scope, and keeps it for the calls that follow. Throws what the package throws. */
  login(scope?: GrantlessScope): Promise<void>;
  /** Sends a call with the token it keeps. */
  send(call: Call): Promise<RawAnswer>;
  /** All that must never be shown: secrets, and the access token once there is one. */
  secrets(): readonly (string | undefined)[];
}

/** How a call ended, and when it was sent (ms UTC, before it left). */
export type Outcome = Exclude<Verdict, { is: 'stale_token' }> & { readonly startedAt: number };

/** A token lasts an hour; asking for a new one a little before saves the call that would find it expired. */
const tokenMs = 3_300_000;

function withoutSecrets(failure: Failure, secrets: readonly (string | undefined)[]): Failure {
  const hide = (text: string, secret: string | undefined) => (secret ? text.replaceAll(secret, '…') : text);
  const clean = (text: string) => secrets.reduce<string>(hide, text);
  const sentence = clean(failure.sentence);
  if (failure.kind !== 'final' || failure.words === undefined) return { ...failure, sentence };
  return { ...failure, sentence, words: clean(failure.words) };
}

/** One seller's calls: token, slot, deadline, and the sorting of what comes back. Keep one per seller and process. */
export class Session {
  readonly #wire: Wire;
  readonly #buckets: RateBuckets;
  readonly #deadlineMs: number;
  readonly #rates = new Map<string, number>();
  readonly #tokens = new Map<GrantlessScope | undefined, { readonly since: number }>();
  readonly #logins = new Map<GrantlessScope | undefined, Promise<Result<void>>>();

  constructor(wire: Wire, buckets: RateBuckets, deadlineMs: number) {
    this.#wire = wire;
    this.#buckets = buckets;
    this.#deadlineMs = deadlineMs;
  }

  /** Sends a call once, or twice where the access token turned out to be stale. Never waits for a slot. */
  async call(call: Call): Promise<Outcome> {
    const first = await this.#once(call);
    if (first.is !== 'stale_token') return first;
    if (this.#tokens.get(call.scope) === first.token) this.#tokens.delete(call.scope);
    const second = await this.#once(call);
    if (second.is !== 'stale_token') return second;
    return { is: 'failed', failure: second.failure, startedAt: second.startedAt };
  }

  /** Like `call`, where no data can be refused: the body of the answer, and when it was asked for (ms UTC). */
  async ask(call: Call): Promise<Result<{ readonly body: unknown; readonly startedAt: number }>> {
    const outcome = await this.call(call);
    if (outcome.is !== 'body') return fail(outcome.failure);
    return ok({ body: outcome.body, startedAt: outcome.startedAt });
  }

  /** When a slot for an operation is free (ms UTC), now or earlier where one is. Takes none. */
  slotAt(operation: string): Promise<number> {
    return this.#buckets.when(operation);
  }

  async #once(call: Call) {
    const failed = (failure: Failure) => {
      const shown = withoutSecrets(failure, this.#wire.secrets());
      return { is: 'failed', failure: shown, startedAt: now() } as const;
    };
    const login = await this.#loggedIn(call.scope);
    if (!login.ok) return failed(login.failure);
    const token = this.#tokens.get(call.scope);
    const slot = await this.#buckets.take(call.operation, call.limit);
    if (!slot.ok) {
      const sentence = `No slot is free for ${call.operation}.`;
      return failed({ kind: 'retry', code: 'slot', sentence, at: slot.at });
    }
    if (call.mayStill?.() === false) {
      const sentence = `It is too late for ${call.operation}.`;
      return failed({ kind: 'retry', code: 'too_late', sentence, at: null });
    }
    const startedAt = now();
    const answer = await this.#send(call);
    if (!answer.ok) return failed(call.writes ? asWrite(answer.failure) : answer.failure);
    const verdict = await this.#sort(call, answer.value);
    if (verdict.is === 'body') return { ...verdict, startedAt };
    const told = call.writes ? asWrite(verdict.failure) : verdict.failure;
    const failure = withoutSecrets(told, this.#wire.secrets());
    return { ...verdict, failure, startedAt, token };
  }

  async #send(call: Call): Promise<Result<RawAnswer>> {
    try {
      const answer = await within(this.#deadlineMs, this.#wire.send(call));
      return answer === late ? fail(deadlinePassed(call.operation, this.#deadlineMs)) : ok(answer);
    } catch (error) {
      const failure = sortThrown(call.operation, error);
      if (!failure) throw error;
      return fail(failure);
    }
  }

  async #sort(call: Call, answer: RawAnswer): Promise<Verdict> {
    const told = toldRate(answer);
    // What other processes learnt is not known here, so the first word counts even where it repeats the usual rate.
    if (told !== null && told !== this.#rates.get(call.operation)) {
      this.#rates.set(call.operation, told);
      await this.#buckets.learn(call.operation, told);
    }
    if (answer.status === 429) await this.#buckets.drained(call.operation);
    const paged = 'paginationToken' in call.query || 'nextToken' in call.query;
    const name = { operation: call.operation, paged };
    const rate = this.#rates.get(call.operation) ?? call.limit.ratePerSecond;
    return sortAnswer(name, answer, now() + Math.ceil(1000 / rate));
  }

  /** A login under way serves all calls that wait for it. */
  async #loggedIn(scope: GrantlessScope | undefined): Promise<Result<void>> {
    const token = this.#tokens.get(scope);
    if (token && now() - token.since < tokenMs) return ok(undefined);
    const underWay = this.#logins.get(scope);
    if (underWay) return underWay;
    const login = this.#fetchToken(scope).finally(() => this.#logins.delete(scope));
    this.#logins.set(scope, login);
    return login;
  }

  async #fetchToken(scope: GrantlessScope | undefined): Promise<Result<void>> {
    const since = now();
    try {
      const done = await within(this.#deadlineMs, this.#wire.login(scope));
      if (done === late) return fail(deadlinePassed('the login', this.#deadlineMs));
      this.#tokens.set(scope, { since });
      return ok(undefined);
    } catch (error) {
      const failure = sortLogin(error);
      if (!failure) throw error;
      return fail(failure);
    }
  }
}

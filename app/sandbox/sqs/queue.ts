import { randomBytes, randomUUID } from 'node:crypto';
import { notInFlight, oddReceiptHandle } from './error.ts';
import type { MessageAttribute } from './md5.ts';

/** What is sent. `delayMs` in real time. */
export interface Sending {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly delayMs?: number;
}

/** A message in a queue. Times named `…At` are of the world, ms UTC; what hides it counts in real time. */
export interface Message extends Sending {
  readonly id: string;
  readonly sentAt: number;
  /** Where it came from, in a dead-letter queue. */
  readonly sourceArn: string | null;
  receives: number;
  firstReceivedAt: number | null;
  /** Real time from which it can be received. */
  visible: number;
  /** The handle of the latest receive. */
  handle: string | null;
}

/** What a queue asks of its world. */
export interface QueueParts {
  readonly arn: string;
  /** World's time, ms UTC. */
  readonly now: () => number;
  /** Real, monotonic time, ms. */
  readonly real: () => number;
  /** The queue that takes what was received too often; null: none. */
  readonly redrive: () => { readonly to: Queue; readonly after: number } | null;
  /** How long a message is kept, ms of the world. */
  readonly retention: () => number;
}

/**
 * One standard queue: at least once, in no promised order. A message that was received is hidden for a while (real time,
 * as worker leases are) and comes back unless it is deleted.
 */
export class Queue {
  readonly parts: QueueParts;
  #messages: Message[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #handles = new Map<string, Message>();
  #gone = false;

  constructor(parts: QueueParts) {
    this.parts = parts;
  }

  /** Puts a message in; who waits for one is woken. */
  send(sending: Sending, moved?: Pick<Message, 'id' | 'sentAt' | 'sourceArn'>): Message {
    const { now, real } = this.parts;
    const message: Message = {
      ...sending,
      id: randomUUID(),
      sentAt: now(),
      sourceArn: null,
      ...moved,
      receives: 0,
      firstReceivedAt: null,
      visible: real() + (sending.delayMs ?? 0),
      handle: null,
    };
    this.#messages.push(message);
    this.#wake();
    return message;
  }

  /** Up to `most` messages, hidden for `hiddenMs` from now on. Each gets a new handle. */
  take(most: number, hiddenMs: number): Message[] {
    this.#sweep();
    const { now, real } = this.parts;
    const taken = this.#messages.filter(({ visible }) => visible <= real()).slice(0, most);
    for (const message of taken) {
      message.receives += 1;
      message.firstReceivedAt ??= now();
      message.visible = real() + hiddenMs;
      message.handle = randomBytes(48).toString('base64');
      this.#handles.set(message.handle, message);
    }
    return taken;
  }

  /** Like `take`, but waits up to `waitMs` of real time for the first one. Ends with nothing when the signal says so. */
  async takeSoon(most: number, hiddenMs: number, waitMs: number, signal: AbortSignal): Promise<Message[]> {
    const until = this.parts.real() + waitMs;
    for (;;) {
      if (signal.aborted || this.#gone) return [];
      const taken = this.take(most, hiddenMs);
      const left = until - this.parts.real();
      if (taken.length > 0 || left <= 0) return taken;
      await this.#change(Math.min(left, this.#nextVisibleIn()), signal);
    }
  }

  /** Deletes what the handle was given out for, also where it has come back to the queue meanwhile. */
  remove(handle: string): void {
    const message = this.#known(handle);
    this.#messages = this.#messages.filter((other) => other !== message);
  }

  /** Hides a message in flight for another while, from now on. */
  hide(handle: string, ms: number): void {
    const message = this.#known(handle);
    const inFlight = this.#messages.includes(message) && message.visible > this.parts.real();
    if (!inFlight || message.handle !== handle) throw notInFlight();
    message.visible = this.parts.real() + ms;
    this.#wake();
  }

  /** How many can be received now, and how many are hidden: received, or sent with a delay. */
  count(): { visible: number; inFlight: number; delayed: number } {
    this.#sweep();
    const hidden = this.#messages.filter(({ visible }) => visible > this.parts.real());
    const inFlight = hidden.filter(({ receives }) => receives > 0).length;
    return { visible: this.#messages.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** No message any more. */
  clear(): void {
    this.#messages = [];
    this.#handles.clear();
  }

  /** The queue is deleted: who waits for a message waits no more. */
  end(): void {
    this.clear();
    this.#gone = true;
    this.#wake();
  }

  #known(handle: string): Message {
    const message = this.#handles.get(handle);
    if (!message) throw oddReceiptHandle();
    return message;
  }

  /** What is too old goes; what came back too often goes to the dead-letter queue. */
  #sweep(): void {
    const { arn, now, real, redrive, retention } = this.parts;
    const oldest = now() - retention();
    const dead = redrive();
    const isDead = (message: Message) =>
      dead !== null && message.visible <= real() && message.receives >= dead.after;
    const gone = this.#messages.filter(isDead);
    this.#messages = this.#messages.filter((message) => !isDead(message) && message.sentAt >= oldest);
    for (const { id, sentAt, body, attributes } of gone) {
      dead?.to.send({ body, attributes }, { id, sentAt, sourceArn: arn });
    }
  }

  #nextVisibleIn(): number {
    const times = this.#messages.map(({ visible }) => visible);
    return Math.max(1, Math.min(...times) - this.parts.real());
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async #change(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.ceil(ms));
      timer.unref();
      this.#waiting.add(end);
      signal.addEventListener('abort', end);
    });
  }
}

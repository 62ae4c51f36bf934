import { createHash, randomUUID } from 'node:crypto';
import type { AmazonsQueues } from '../sqs/pretend-sqs.ts';

/** The account of AWS that Amazon's notifications come from. */
const amazonAccount = '437568002678';

/** Where messages go. */
export interface Destination {
  readonly destinationId: string;
  readonly name: string;
  readonly resource: { readonly sqs: { readonly arn: string } };
}

/** What a seller's messages are subscribed to. */
export interface Subscription {
  readonly subscriptionId: string;
  readonly payloadVersion: string;
  readonly destinationId: string;
  readonly processingDirective?: {
    readonly eventFilter: {
      readonly eventFilterType: string;
      readonly orderChangeTypes?: readonly string[] | undefined;
    };
  };
}

/** How the app's own notifications are set up from the start. */
export interface NotificationsSetUp {
  readonly queues: AmazonsQueues;
  /** Every seller's messages go here unless it is changed. */
  readonly queueArn: string;
}

/** Amazon's ids of a seller's set-up. */
export interface SetUpIds {
  readonly queueArn: string;
  readonly destinationId: string;
  readonly subscriptionId: string;
}

// The same for the same thing, so that what the app keeps of them stays right over a reset.
function idOf(what: string): string {
  const hex = createHash('sha256').update(what).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

const key = (sellerId: string, type: string) => `${sellerId} ${type}`;

/** Destinations of the app, and subscriptions of its sellers (one of a type for each). */
export class Subscriptions {
  readonly #setUp: NotificationsSetUp | null;
  readonly #destinations = new Map<string, Destination>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(setUp: NotificationsSetUp | null) {
    this.#setUp = setUp;
    this.reset();
  }

  /** As if the app had been set up, and nobody subscribed yet. */
  reset(): void {
    this.#destinations.clear();
    this.#subscriptions.clear();
    if (this.#setUp) this.#keep(idOf(this.#setUp.queueArn), 'concord-order-change', this.#setUp.queueArn);
  }

  /** The ids of a seller's set-up from the start; null where the app is not set up. */
  setUpOf(sellerId: string): SetUpIds | null {
    if (!this.#setUp) return null;
    const { queueArn } = this.#setUp;
    return {
      queueArn,
      destinationId: idOf(queueArn),
      subscriptionId: idOf(`ORDER_CHANGE of ${sellerId}`),
    };
  }

  /** Subscribes a seller as `concord notifications setup` would, where the app is set up. */
  open(sellerId: string): void {
    const ids = this.setUpOf(sellerId);
    if (!ids) return;
    const orderChangeTypes = ['BuyerRequestedChange', 'OrderStatusChange'];
    this.subscribe(sellerId, 'ORDER_CHANGE', {
      subscriptionId: ids.subscriptionId,
      payloadVersion: '1.0',
      destinationId: ids.destinationId,
      processingDirective: { eventFilter: { eventFilterType: 'ORDER_CHANGE', orderChangeTypes } },
    });
  }

  #keep(destinationId: string, name: string, arn: string): Destination {
    const made = { destinationId, name, resource: { sqs: { arn } } };
    this.#destinations.set(destinationId, made);
    return made;
  }

  destinations(): Destination[] {
    return [...this.#destinations.values()];
  }

  destination(id: string): Destination | undefined {
    return this.#destinations.get(id);
  }

  /** Whether Amazon may send to the queue. */
  reaches(arn: string): boolean {
    return this.#setUp?.queues.lets(arn, amazonAccount) ?? false;
  }

  addDestination(name: string, arn: string): Destination {
    return this.#keep(randomUUID(), name, arn);
  }

  removeDestination(id: string): void {
    this.#destinations.delete(id);
  }

  isUsed(destinationId: string): boolean {
    return [...this.#subscriptions.values()].some((one) => one.destinationId === destinationId);
  }

  subscription(sellerId: string, type: string): Subscription | undefined {
    return this.#subscriptions.get(key(sellerId, type));
  }

  subscribe(sellerId: string, type: string, subscription: Subscription): void {
    this.#subscriptions.set(key(sellerId, type), subscription);
  }

  /** One by its id, whoever's it is. */
  byId(type: string, id: string): Subscription | undefined {
    return this.#entry(type, id)?.[1];
  }

  /** Ends a subscription. */
  end(type: string, id: string): void {
    const found = this.#entry(type, id);
    if (found) this.#subscriptions.delete(found[0]);
  }

  /** Sends a message to the queue of a subscription; none arrives where the queue does not let it in. */
  send({ destinationId }: Subscription, body: string): void {
    const arn = this.#destinations.get(destinationId)?.resource.sqs.arn;
    if (arn !== undefined && this.reaches(arn)) this.#setUp?.queues.send(arn, body);
  }

  #entry(type: string, id: string): [string, Subscription] | undefined {
    return [...this.#subscriptions].find(
      ([name, one]) => one.subscriptionId === id && name.endsWith(` ${type}`),
    );
  }
}

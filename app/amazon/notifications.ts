import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import { asWrite } from './failure.ts';
import type { Call, Session } from './session.ts';

/** Where Amazon sends messages. */
export interface Destination {
  readonly id: string;
  /** ARN of an SQS queue; null for what is none. */
  readonly queueArn: string | null;
}

/** A seller's subscription to ORDER_CHANGE. */
export interface Subscription {
  readonly id: string;
  readonly destinationId: string;
  /** The kinds of change it tells of; null: all. */
  readonly changes: readonly string[] | null;
}

/** Calls that set up Amazon's messages. Destinations are the app's own, in one region; subscriptions are a seller's. */
export interface NotificationCalls {
  destinations(): Promise<Result<Destination[]>>;
  /** `unsure`, and a failure of code `refused`, may mean that it is there now: look again. */
  createDestination(name: string, queueArn: string): Promise<Result<Destination>>;
  deleteDestination(id: string): Promise<Result<null>>;
  /** The seller's subscription; null where there is none. */
  subscription(): Promise<Result<Subscription | null>>;
  /** Subscribes to `wantedChanges`. `unsure`, and a failure of code `refused`, as above. */
  subscribe(destinationId: string): Promise<Result<Subscription>>;
  unsubscribe(id: string): Promise<Result<null>>;
}

/** The changes that are worth a look. */
export const wantedChanges: readonly string[] = ['BuyerRequestedChange', 'OrderStatusChange'];

// Rate and scope: Amazon's model notifications.json.
const limit = { ratePerSecond: 1, burst: 5 };
const own = { scope: 'sellingpartnerapi::notifications', limit, query: {} } as const;
const path = { notificationType: 'ORDER_CHANGE' };

const destinationShape = z
  .object({
    destinationId: z.string().min(1),
    resource: z.object({ sqs: z.object({ arn: z.string() }).nullish() }).nullish(),
  })
  .transform(({ destinationId, resource }): Destination => ({
    id: destinationId,
    queueArn: resource?.sqs?.arn ?? null,
  }));
const subscriptionShape = z
  .object({
    subscriptionId: z.string().min(1),
    destinationId: z.string(),
    processingDirective: z
      .object({ eventFilter: z.object({ orderChangeTypes: z.array(z.string()).nullish() }).nullish() })
      .nullish(),
  })
  .transform(({ subscriptionId, destinationId, processingDirective }): Subscription => ({
    id: subscriptionId,
    destinationId,
    changes: processingDirective?.eventFilter?.orderChangeTypes ?? null,
  }));

const envelope = z.object({ payload: z.unknown() });

/** Calls, and takes the answer's payload out of its envelope. */
async function payload<T>(session: Session, call: Call, shape: z.ZodType<T>): Promise<Result<T>> {
  const answer = await session.ask(call);
  if (!answer.ok) return answer;
  const outer = envelope.safeParse(answer.value.body);
  const read = shape.safeParse(outer.data?.payload);
  if (read.success) return ok(read.data);
  const sentence = `Amazon's answer to ${call.operation} does not have the shape it should have.`;
  const failure = { kind: 'retry', code: 'bad_answer', sentence, at: null } as const;
  return fail(call.writes ? asWrite(failure) : failure);
}

/** What is gone already was deleted. */
async function deleted(session: Session, call: Call): Promise<Result<null>> {
  const answer = await session.ask(call);
  return answer.ok || answer.failure.code === 'not_found' ? ok(null) : answer;
}

const destinationCall = (queueArn: string, name: string): Call => ({
  ...own,
  operation: 'notifications.createDestination',
  writes: true,
  body: { name, resourceSpecification: { sqs: { arn: queueArn } } },
});

const subscribeCall = (destinationId: string): Call => ({
  operation: 'notifications.createSubscription',
  limit,
  path,
  query: {},
  writes: true,
  body: {
    payloadVersion: '1.0',
    destinationId,
    // An empty filter is refused, and so are marketplaces in it.
    processingDirective: {
      eventFilter: { eventFilterType: 'ORDER_CHANGE', orderChangeTypes: wantedChanges },
    },
  },
});

/** The calls of the Notifications API v1 through a seller's session. */
export function notificationCalls(session: Session): NotificationCalls {
  return {
    destinations: () =>
      payload(
        session,
        { ...own, operation: 'notifications.getDestinations' },
        z
          .array(destinationShape)
          .nullish()
          .transform((all) => all ?? []),
      ),
    createDestination: (name, queueArn) =>
      payload(session, destinationCall(queueArn, name), destinationShape),
    deleteDestination: (id) =>
      deleted(session, {
        ...own,
        operation: 'notifications.deleteDestination',
        writes: true,
        path: { destinationId: id },
      }),
    async subscription() {
      const operation = 'notifications.getSubscription';
      const found = await payload(session, { operation, limit, path, query: {} }, subscriptionShape);
      return !found.ok && found.failure.code === 'not_found' ? ok(null) : found;
    },
    subscribe: (destinationId) => payload(session, subscribeCall(destinationId), subscriptionShape),
    unsubscribe: (id) =>
      deleted(session, {
        ...own,
        operation: 'notifications.deleteSubscriptionById',
        writes: true,
        path: { ...path, subscriptionId: id },
      }),
  };
}

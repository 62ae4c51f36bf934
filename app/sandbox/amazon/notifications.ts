import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, conflict, invalidInput, notFound } from './answers.ts';
import type { NotificationTarget } from './notification-operations.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** Types of notification that can be subscribed to here. */
const types = ['ORDER_CHANGE', 'FEED_PROCESSING_FINISHED'];
const versions: Readonly<Record<string, string>> = {
  ORDER_CHANGE: '1.0',
  FEED_PROCESSING_FINISHED: '2020-09-04',
};
const changeTypes = ['BuyerRequestedChange', 'DeliveryTipChange', 'OrderStatusChange'];

const destinationShape = z.object({
  name: z.string().min(1).max(256),
  resourceSpecification: z.object({
    sqs: z.object({
      arn: z
        .string()
        .max(1000)
        .regex(/^arn:aws:sqs:\S+:\S+:\S+/),
    }),
  }),
});
const subscriptionShape = z.object({
  payloadVersion: z.string(),
  destinationId: z.string(),
  processingDirective: z.object({ eventFilter: z.record(z.string(), z.unknown()) }).optional(),
});
const filterShape = z.strictObject({
  eventFilterType: z.string(),
  orderChangeTypes: z.array(z.enum(changeTypes)).optional(),
});

const ok = (body: object): Answer => ({ status: 200, body });

function parsed<Shape extends z.ZodType>(shape: Shape, body: string): z.infer<Shape> | null {
  try {
    const result = shape.safeParse(JSON.parse(body));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

function createDestination(known: Subscriptions, body: string): Answer {
  const wish = parsed(destinationShape, body);
  if (!wish) return invalidInput('The destination needs a name and the ARN of an SQS queue.');
  const { arn } = wish.resourceSpecification.sqs;
  if (known.destinations().some(({ resource }) => resource.sqs.arn === arn))
    return conflict('A destination for this resource exists already.');
  if (!known.reaches(arn))
    return invalidInput(
      'The queue does not exist, or its policy does not let Amazon send to it and look at it.',
    );
  return ok({ payload: known.addDestination(wish.name, arn) });
}

/** What is wrong with an event filter, or null. */
function objection(filter: Record<string, unknown>, type: string): string | null {
  if ('marketplaceIds' in filter) return `marketplaceIds is not supported for ${type}.`;
  const result = filterShape.safeParse(filter);
  if (!result.success) return 'The eventFilter is not valid.';
  return result.data.eventFilterType === type ? null : 'The eventFilterType must be the notification type.';
}

function createSubscription(known: Subscriptions, sellerId: string, type: string, body: string): Answer {
  const wish = parsed(subscriptionShape, body);
  if (!wish) return invalidInput('payloadVersion and destinationId must be given.');
  if (wish.payloadVersion !== versions[type]) return invalidInput('The payloadVersion is not supported.');
  const { processingDirective: directive } = wish;
  const wrong = directive ? objection(directive.eventFilter, type) : null;
  if (wrong !== null) return invalidInput(wrong);
  const destination = known.destination(wish.destinationId);
  if (!destination) return invalidInput('The destinationId is not valid.');
  if (!known.reaches(destination.resource.sqs.arn))
    return invalidInput("The destination's queue does not let Amazon send to it.");
  if (known.subscription(sellerId, type)) return conflict('A subscription of this type exists already.');
  const subscription: Subscription = {
    subscriptionId: randomUUID(),
    payloadVersion: wish.payloadVersion,
    destinationId: wish.destinationId,
    ...(directive ? { processingDirective: { eventFilter: filterShape.parse(directive.eventFilter) } } : {}),
  };
  known.subscribe(sellerId, type, subscription);
  return ok({ payload: subscription });
}

function deleteDestination(known: Subscriptions, id: string): Answer {
  if (!known.destination(id)) return notFound('There is no such destination.');
  if (known.isUsed(id)) return conflict('The destination still has subscriptions.');
  known.removeDestination(id);
  return ok({});
}

/** Answers one call of the Notifications API; `sellerId` is null for what is the app's own. */
export function notifications(
  known: Subscriptions,
  { operation, type, id }: NotificationTarget,
  sellerId: string | null,
  body: string,
): Answer {
  const isOwn = operation.endsWith('Destination') || operation === 'getDestinations';
  if (!isOwn && !types.includes(type)) return invalidInput(`The notification type ${type} is not valid.`);
  const found = (what: object | undefined) =>
    what ? ok({ payload: what }) : notFound('There is no such subscription or destination.');
  switch (operation) {
    case 'getDestinations':
      return ok({ payload: known.destinations() });
    case 'createDestination':
      return createDestination(known, body);
    case 'getDestination':
      return found(known.destination(id));
    case 'deleteDestination':
      return deleteDestination(known, id);
    case 'createSubscription':
      return createSubscription(known, sellerId ?? '', type, body);
    case 'getSubscription':
      return found(known.subscription(sellerId ?? '', type));
    case 'getSubscriptionById':
      return found(known.byId(type, id));
    case 'deleteSubscriptionById':
      if (!known.byId(type, id)) return notFound('There is no such subscription.');
      known.end(type, id);
      return ok({});
  }
}

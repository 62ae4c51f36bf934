import { SqsError } from './error.ts';
import type { NamedQueue } from './queues.ts';

/** Attributes that are counted or fixed, beside those that can be set. */
const told = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
];
const known = new Set([
  ...told,
  'All',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'Policy',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
]);

/** The attributes of a queue that are asked for; one that is not set is left out. Throws InvalidAttributeName. */
export function describeQueue(named: NamedQueue, wanted: readonly string[]): Record<string, string> {
  const odd = wanted.find((name) => !known.has(name));
  if (odd !== undefined) throw new SqsError('InvalidAttributeName', `Unknown Attribute ${odd}.`);
  const { visible, inFlight, delayed } = named.queue.count();
  const all: Record<string, string> = {
    ...named.attributes,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    CreatedTimestamp: String(Math.floor(named.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(named.changedAt / 1000)),
    QueueArn: named.arn,
  };
  if (wanted.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

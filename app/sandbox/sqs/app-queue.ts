import { type Queues, region } from './queues.ts';

/** The account Amazon's notifications come from. */
const amazon = '437568002678';
const name = 'concord-order-change';
const arnOf = (queue: string) => `arn:aws:sqs:${region}:000000000000:${queue}`;

/** The queue the app listens to here, as `concord notifications setup` would have made it. */
export const appQueue = { arn: arnOf(name), path: `/000000000000/${name}` } as const;

/** Makes the app's queue and its dead-letter queue. */
export function createAppQueue(queues: Queues): void {
  const dead = queues.create(`${name}-dead`, { MessageRetentionPeriod: '1209600' });
  queues.create(name, {
    MessageRetentionPeriod: '1209600',
    ReceiveMessageWaitTimeSeconds: '20',
    VisibilityTimeout: '20',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 }),
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'concord-notifications',
          Effect: 'Allow',
          Principal: { AWS: amazon },
          Action: ['SQS:SendMessage', 'SQS:GetQueueAttributes'],
          Resource: appQueue.arn,
        },
      ],
    }),
  });
}

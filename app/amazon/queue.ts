import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';

/** A message as it lies in the queue. `receipt` is what it is deleted with. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly receipt: string;
}

/** The queue that Amazon's messages come through. Every call throws what AWS's client throws. */
export interface MessageQueue {
  /** Waits up to 20 s (real time) for messages, at most ten; none after that. Throws when the signal says so. */
  receive(signal: AbortSignal): Promise<QueuedMessage[]>;
  /** Deletes messages; one that could not be deleted comes again. */
  remove(messages: readonly QueuedMessage[]): Promise<void>;
  /** Puts a message aside, with the reason beside it. False where the queue has no place for that. */
  putAside(message: QueuedMessage, why: string): Promise<boolean>;
  close(): void;
}

/** How long (seconds, real time) a message that was received is hidden: a dead worker's comes again after that (PRO-8). */
export const hiddenSeconds = 20;

const redrive = z.object({ deadLetterTargetArn: z.string() });

/** The region in a queue's address (`sqs.eu-west-1.amazonaws.com`); undefined: AWS's client looks for it elsewhere. */
function regionOf(url: string): string | undefined {
  return /^sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(new URL(url).hostname)?.[1];
}

/** The client for a queue, from AWS's usual environment (keys, region, AWS_ENDPOINT_URL_SQS). It repeats nothing by itself. */
export function openSqs(queueUrl?: string): SQSClient {
  const region = queueUrl === undefined ? undefined : regionOf(queueUrl);
  return new SQSClient({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  });
}

/** The address of a queue's dead-letter queue; null where it has none. */
async function findAside(sqs: SQSClient, url: string): Promise<string | null> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] }),
  );
  const policy = Attributes?.['RedrivePolicy'];
  if (policy === undefined) return null;
  const arn = redrive.parse(JSON.parse(policy)).deadLetterTargetArn.split(':');
  const answer = await sqs.send(
    new GetQueueUrlCommand({ QueueName: arn[5] ?? '', QueueOwnerAWSAccountId: arn[4] ?? '' }),
  );
  return answer.QueueUrl ?? null;
}

/** Opens the queue at this address (AMAZON_NOTIFICATIONS_QUEUE_URL). Nothing is called yet. */
export function openMessageQueue(url: string): MessageQueue {
  const sqs = openSqs(url);
  let aside: string | null | undefined;
  return {
    async receive(signal) {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 20,
          VisibilityTimeout: hiddenSeconds,
        }),
        { abortSignal: signal },
      );
      return (Messages ?? []).flatMap(({ MessageId: id = '', Body: body = '', ReceiptHandle: receipt }) =>
        receipt === undefined ? [] : [{ id, body, receipt }],
      );
    },
    async remove(messages) {
      if (messages.length === 0) return;
      const Entries = messages.map(({ receipt }, n) => ({ Id: String(n), ReceiptHandle: receipt }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    },
    async putAside({ body }, why) {
      aside ??= await findAside(sqs, url);
      if (aside === null) return false;
      const MessageAttributes = { why: { DataType: 'String', StringValue: why } };
      await sqs.send(new SendMessageCommand({ QueueUrl: aside, MessageBody: body, MessageAttributes }));
      return true;
    },
    close: () => {
      sqs.destroy();
    },
  };
}

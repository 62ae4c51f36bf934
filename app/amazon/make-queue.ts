import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { hiddenSeconds } from './queue.ts';

/** A queue's address and its ARN. */
export interface QueuePlace {
  readonly url: string;
  readonly arn: string;
}

/** The queue that is made where none is named. */
const ownName = 'concord-order-change';
/** Received so often without being deleted, a message is put aside by SQS itself. */
const mostReceives = 5;
/** As long as SQS keeps anything: 14 days, in seconds. */
const longestKept = '1209600';
/** The AWS account that Amazon's notifications come from (Selling Partner API, "set up notifications"). */
const amazonAccount = '437568002678';
const ourStatement = 'concord-notifications';

const policyShape = z.looseObject({ Version: z.string().optional(), Statement: z.unknown().optional() });

async function attributesOf(sqs: SQSClient, url: string): Promise<Partial<Record<string, string>>> {
  const answer = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
  return answer.Attributes ?? {};
}

/** The policy with the statement that lets Amazon's notifications in; others stay. Null: it is there already. */
function policyWith(policy: string | undefined, arn: string): string | null {
  const parsed = policyShape.safeParse(policy === undefined ? {} : JSON.parse(policy));
  const { Version, Statement } = parsed.success ? parsed.data : {};
  const statements: unknown[] = Array.isArray(Statement)
    ? Statement
    : Statement === undefined
      ? []
      : [Statement];
  const isOurs = (one: unknown) => z.object({ Sid: z.literal(ourStatement) }).safeParse(one).success;
  if (statements.some(isOurs)) return null;
  const ours = {
    Sid: ourStatement,
    Effect: 'Allow',
    Principal: { AWS: amazonAccount },
    Action: ['SQS:SendMessage', 'SQS:GetQueueAttributes'],
    Resource: arn,
  };
  return JSON.stringify({ Version: Version ?? '2012-10-17', Statement: [...statements, ours] });
}

/** Makes a queue where there is none of this name; what was set on one stays. */
async function create(sqs: SQSClient, name: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  if (QueueUrl === undefined) throw new Error('SQS did not tell the address of the queue.');
  return QueueUrl;
}

/** The dead-letter queue's ARN for a redrive policy. */
async function makeAside(sqs: SQSClient, name: string): Promise<string> {
  const url = await create(sqs, `${name}-dead`);
  const { QueueArn, MessageRetentionPeriod } = await attributesOf(sqs, url);
  if (MessageRetentionPeriod !== longestKept)
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { MessageRetentionPeriod: longestKept } }),
    );
  return QueueArn ?? '';
}

/** Sets what a queue needs and lacks. */
async function prepare(sqs: SQSClient, url: string, isOwn: boolean): Promise<QueuePlace> {
  const found = await attributesOf(sqs, url);
  const arn = found['QueueArn'] ?? '';
  const policy = policyWith(found['Policy'], arn);
  const wanted: Record<string, string> = {
    ...(policy === null ? {} : { Policy: policy }),
    ...(isOwn
      ? {
          MessageRetentionPeriod: longestKept,
          ReceiveMessageWaitTimeSeconds: '20',
          VisibilityTimeout: String(hiddenSeconds),
        }
      : {}),
  };
  if (found['RedrivePolicy'] === undefined) {
    const deadLetterTargetArn = await makeAside(sqs, arn.split(':')[5] ?? ownName);
    wanted['RedrivePolicy'] = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: mostReceives });
  }
  const changes = Object.entries(wanted).filter(([name, value]) => found[name] !== value);
  if (changes.length > 0)
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: Object.fromEntries(changes) }));
  return { url, arn };
}

/** The address of the queue with this ARN. Throws what AWS's client throws. */
async function findQueue(sqs: SQSClient, arn: string): Promise<string> {
  const [, , , , owner, name] = arn.split(':');
  const answer = await sqs.send(
    new GetQueueUrlCommand({ QueueName: name ?? '', QueueOwnerAWSAccountId: owner ?? '' }),
  );
  return answer.QueueUrl ?? '';
}

/**
 * Makes the queue for Amazon's messages ready: the one that is named by its address or ARN, else one of our own. Its policy
 * lets Amazon in, and it has a dead-letter queue. May be repeated. Throws what AWS's client throws.
 */
export async function makeQueue(
  sqs: SQSClient,
  named: { readonly url?: string | undefined; readonly arn?: string | undefined },
): Promise<QueuePlace> {
  const given = named.arn === undefined ? named.url : await findQueue(sqs, named.arn);
  return given === undefined ? prepare(sqs, await create(sqs, ownName), true) : prepare(sqs, given, false);
}

/** How many messages wait, and how many are being worked on. */
export async function countMessages(
  sqs: SQSClient,
  url: string,
): Promise<QueuePlace & { readonly waiting: number; readonly underWay: number }> {
  const found = await attributesOf(sqs, url);
  return {
    url,
    arn: found['QueueArn'] ?? '',
    waiting: Number(found['ApproximateNumberOfMessages'] ?? 0),
    underWay: Number(found['ApproximateNumberOfMessagesNotVisible'] ?? 0),
  };
}

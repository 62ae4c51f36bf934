import { SQSServiceException, type SQSClient } from '@aws-sdk/client-sqs';
import { countMessages, makeQueue, type QueuePlace } from '../amazon/make-queue.ts';
import { openSqs } from '../amazon/queue.ts';
import { readEnv } from '../lib/env.ts';
import {
  checkSubscriptions,
  subscribeSellers,
  unsubscribeSellers,
  type SubscribedSeller,
} from '../sync/subscribe-sellers.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';

const variable = 'AMAZON_NOTIFICATIONS_QUEUE_URL';

/** AWS's own words become the sentence of the person at the keyboard. */
async function withSqs<T>(url: string | undefined, work: (sqs: SQSClient) => Promise<T>): Promise<T> {
  const sqs = openSqs(url);
  try {
    return await work(sqs);
  } catch (error) {
    if (error instanceof SQSServiceException)
      throw new Error(`AWS refused: ${error.message}`, { cause: error });
    throw error;
  } finally {
    sqs.destroy();
  }
}

const lineOf = ({ sellerId, shop, ids, why }: SubscribedSeller): string =>
  `  ${sellerId} (${shop}): ${why ?? (ids === null ? 'not subscribed' : `subscribed, ${ids.subscriptionId}`)}`;

function queueOfEnvironment(): string {
  const url = readEnv()[variable];
  if (url === undefined)
    throw new UsageError(`${variable} is not set; \`concord notifications setup\` says what to set it to.`);
  return url;
}

/** Makes the queue ready and lets the messages of all connected accounts go there. May be repeated. */
export async function setUpNotifications(
  { services, shops, progress }: Session,
  _: readonly string[],
  { queueArn }: Options,
): Promise<Said> {
  const known = readEnv()[variable];
  progress('Preparing the queue …');
  const queue: QueuePlace = await withSqs(known, (sqs) => makeQueue(sqs, { url: known, arn: queueArn }));
  progress('Asking Amazon …');
  const sellers = await subscribeSellers(services, shops, queue.arn);
  const isSet = known === queue.url;
  return {
    ok: sellers.every(({ ids }) => ids !== null),
    data: { queue, environment: { [variable]: queue.url }, sellers },
    lines: [
      `Queue ${queue.arn}`,
      ...sellers.map(lineOf),
      isSet
        ? 'The environment is right.'
        : `Put into the environment of the workers: ${variable}=${queue.url}`,
    ],
  };
}

/** Tells how many messages wait, and whether every account's messages come. */
export async function notificationsStatus({ services, shops }: Session): Promise<Said> {
  const url = queueOfEnvironment();
  const queue = await withSqs(url, (sqs) => countMessages(sqs, url));
  const sellers = await checkSubscriptions(services, shops, queue.arn);
  return {
    ok: sellers.every(({ ids }) => ids !== null),
    data: { queue, sellers },
    lines: [
      `Queue ${queue.arn}: ${queue.waiting} messages wait, ${queue.underWay} are being worked on`,
      ...sellers.map(lineOf),
    ],
  };
}

/** Ends the subscriptions. The queue stays, with what is in it; polling goes on. */
export async function removeNotifications(
  { services, shops }: Session,
  _: readonly string[],
  { shop }: Options,
): Promise<Said> {
  const url = queueOfEnvironment();
  const { arn } = await withSqs(url, (sqs) => countMessages(sqs, url));
  const sellers = await unsubscribeSellers(services, shops, arn, shop === undefined);
  return {
    ok: sellers.every(({ why }) => why === null),
    data: { sellers },
    lines: [
      ...sellers.map(lineOf),
      `The queue ${arn} stays; delete it in AWS where nothing needs it any more.`,
    ],
  };
}

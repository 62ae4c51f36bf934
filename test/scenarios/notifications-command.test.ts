import { execFile } from 'node:child_process';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 0 });
let sqs: SQSClient;
beforeAll(() => {
  sqs = new SQSClient({
    endpoint: world.sandbox.sqs,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
  });
});
afterAll(() => {
  sqs.destroy();
});

interface Answer {
  readonly status: number;
  readonly said: string;
  readonly error: string;
}

/** Runs `concord notifications …` in a process of its own; `change` replaces variables, an empty one is as good as none. */
function notifications(change: Record<string, string>, ...words: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...world.sandbox.env, ...change };
    execFile(
      process.execPath,
      ['app/concord.ts', 'notifications', ...words],
      { env },
      (failure, said, error) => {
        resolve({ status: failure ? Number(failure.code) : 0, said, error });
      },
    );
  });
}

const own = () => world.sandbox.env['AMAZON_NOTIFICATIONS_QUEUE_URL'] ?? '';
const attributes = async (QueueUrl: string) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
const writes = async () =>
  (await world.log('amazon')).filter(({ operation }) => /^(create|delete)/.test(operation)).length;
const kept = async () =>
  (
    await world.database.owner<{ notifications: unknown }>(
      'select notifications from seller order by seller_id collate "C"',
    )
  ).map((row) => row.notifications);

it('set up again it changes nothing, with or without the address of the queue', async () => {
  const before = { queue: await attributes(own()), kept: await kept() };
  expect(before.kept[0]).toMatchObject({ queueArn: before.queue.QueueArn });
  for (const url of [own(), '']) {
    const done = await notifications({ AMAZON_NOTIFICATIONS_QUEUE_URL: url }, 'setup');
    expect(done).toMatchObject({ status: 0 });
    expect(done.said).toContain(url === '' ? `AMAZON_NOTIFICATIONS_QUEUE_URL=${own()}` : 'is right');
  }
  expect({ queue: await attributes(own()), kept: await kept() }).toEqual(before);
  expect(await writes()).toBe(0);
});

it('removed and set up again, every connected account of every shop is subscribed', async () => {
  await world.control('POST', '/shops', { domain: 'second.myshopify.com' });
  expect(await notifications({}, 'remove', '--json')).toMatchObject({ status: 0 });
  expect(await kept()).toEqual([null, null]);
  const off = await notifications({}, 'status');
  expect(off.status).toBe(1);
  expect(off.said.match(/not subscribed/g)).toHaveLength(2);
  const done = await notifications({}, 'setup', '--json');
  const { sellers } = JSON.parse(done.said) as {
    sellers: { sellerId: string; ids: unknown; why: unknown }[];
  };
  sellers.sort((one, other) => (one.sellerId < other.sellerId ? -1 : 1));
  expect(sellers.map(({ ids }) => ids)).toEqual(await kept());
  expect(sellers.every(({ ids, why }) => ids !== null && why === null)).toBe(true);
  expect(await notifications({}, 'status')).toMatchObject({ status: 0 });
});

it('PRO-3: an answer that is lost is looked up, and nothing is made twice', async () => {
  expect(await notifications({}, 'remove')).toMatchObject({ status: 0 });
  for (const operation of ['createDestination', 'createSubscription'])
    await world.control('POST', '/faults', { service: 'amazon', match: { operation }, kind: 'drop-answer' });
  expect(await notifications({}, 'setup')).toMatchObject({ status: 0 });
  const made = (await world.log('amazon')).filter(({ operation }) => operation.startsWith('create'));
  expect(made.map(({ operation }) => operation).sort()).toEqual(['createDestination', 'createSubscription']);
  expect(await notifications({}, 'status')).toMatchObject({ status: 0 });
});

it('takes a queue of one’s own, adds to its policy and gives it dead letters', async () => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'mine' }));
  const other = { Sid: 'mine', Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'SQS:*' };
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl,
      Attributes: { VisibilityTimeout: '99', Policy: JSON.stringify({ Statement: [other] }) },
    }),
  );
  const { QueueArn = '' } = await attributes(QueueUrl);
  expect(await notifications({}, 'setup', '--queue-arn', QueueArn)).toMatchObject({ status: 0 });
  const found = await attributes(QueueUrl);
  expect(found.VisibilityTimeout).toBe('99');
  expect(found.RedrivePolicy).toContain('mine-dead');
  expect(JSON.parse(found.Policy ?? '')).toMatchObject({
    Statement: [other, { Sid: 'concord-notifications' }],
  });
  expect((await kept())[0]).toMatchObject({ queueArn: QueueArn });
});

it.each([
  ['a queue that is not there', ['setup', '--queue-arn', 'arn:aws:sqs:us-east-1:000000000000:none'], {}, 1],
  ['no queue to tell of', ['status'], { AMAZON_NOTIFICATIONS_QUEUE_URL: '' }, 2],
  ['an odd address', ['status'], { AMAZON_NOTIFICATIONS_QUEUE_URL: 'none' }, 78],
  ['no such thing', ['odd'], {}, 2],
])('%s is said in one sentence', async (_what, words, change, status) => {
  const answer = await notifications(change, ...words);
  expect(answer.status).toBe(status);
  expect(answer.error.trim()).toMatch(/\.$|'odd'/m);
});

it('an account whose grant is gone is named, and the exit status says so', async () => {
  await world.control('POST', '/amazon/authorisation', { state: 'revoked' });
  const answer = await notifications({}, 'setup');
  expect(answer.status).toBe(1);
  expect(answer.said).toContain('has to connect again');
});

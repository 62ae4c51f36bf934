import { setTimeout as pause } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

interface ClaimRow {
  readonly shop: string;
  readonly amazon_order_id: string;
  readonly source: string;
  readonly key: string;
  readonly order_item_ids: string[];
}

const world = runningWorld();
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

const queueUrl = () => world.sandbox.env['AMAZON_NOTIFICATIONS_QUEUE_URL'] ?? '';
const deadUrl = () => `${queueUrl()}-dead`;
const fault = (operation: string, kind: string, more: Record<string, unknown> = {}) =>
  world.control('POST', '/faults', { service: 'amazon', match: { operation }, kind, ...more });
const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: body }));
const claims = (id: string) =>
  world.database.owner<ClaimRow>('select * from claim where amazon_order_id = $1 order by key', [id]);
const ask = (id: string, body: Record<string, unknown> = {}) =>
  world.control('POST', `/amazon/orders/${id}/request-cancel`, body);
const calls = async (operation: string) =>
  (await world.log('amazon')).filter((call) => call.operation === operation).length;

/** How many messages a queue holds, hidden ones too. */
async function waiting(url = queueUrl()): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  const of = (name: QueueAttributeName) => Number(Attributes?.[name] ?? 0);
  return of('ApproximateNumberOfMessages') + of('ApproximateNumberOfMessagesNotVisible');
}

async function until<T>(
  what: () => Promise<T>,
  isSo: (value: T) => boolean,
  patienceMs = 15_000,
): Promise<T> {
  const began = performance.now();
  for (;;) {
    const value = await what();
    if (isSo(value)) return value;
    if (performance.now() - began > patienceMs) throw new Error(`It did not come: ${JSON.stringify(value)}`);
    await pause(50);
  }
}

/** A message as Amazon's own sample has it, of the default seller or another one. */
const message = (id: string, seller = 'A2CONCORDDEMO1', notificationId = `n-${id}`) =>
  JSON.stringify({
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: '1.0',
    EventTime: '2026-11-21T12:00:00Z',
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: seller,
        AmazonOrderId: id,
        OrderChangeType: 'BuyerRequestedChange',
        OrderChangeTrigger: {
          TimeOfOrderChange: '2026-11-21T12:00:00Z',
          ChangeReason: 'Buyer Requested Cancel',
        },
        Summary: { OrderItems: [{ OrderItemId: '10000000000001', IsBuyerRequestedCancel: true }] },
      },
    },
    NotificationMetadata: { NotificationId: notificationId },
  });

it('REQ-1 REQ-13: a buyer’s request is claimed and looked at without any poll', async () => {
  const id = '116-1';
  const lines = [
    amazonLine('10000000000001', { item: '10.00' }),
    amazonLine('10000000000002', { item: '15.00' }),
  ];
  await world.place(amazonOrder(id, { orderItems: lines }));
  await world.settle();
  const before = { polls: await calls('searchOrders'), reads: await calls('getOrder') };
  await ask(id, { orderItemIds: ['10000000000002'], reason: 'Found it cheaper' });
  const [claim] = await until(
    () => claims(id),
    (found) => found.length > 0,
  );
  expect(claim).toMatchObject({
    shop: world.sandbox.shop,
    source: 'notification',
    order_item_ids: ['10000000000002'],
  });
  await until(
    () => calls('getOrder'),
    (reads) => reads > before.reads,
  );
  expect(await calls('searchOrders')).toBe(before.polls);
  expect(await until(waiting, (count) => count === 0)).toBe(0);
});

it('a change of status is a knock and no claim', async () => {
  await world.place(amazonOrder('116-2'));
  await world.settle();
  const reads = await calls('getOrder');
  await world.control('POST', '/amazon/orders/116-2/ship', { carrier: 'UPS', trackingNumber: '1Z' });
  await until(
    () => calls('getOrder'),
    (now) => now > reads,
  );
  expect(await claims('116-2')).toEqual([]);
});

it('REQ-6 PRO-2: the same message many times is one claim and one look', async () => {
  const id = '116-3';
  await world.place(amazonOrder(id));
  await world.settle();
  const reads = await calls('getOrder');
  await Promise.all(Array.from({ length: 200 }, () => send(message(id))));
  await until(waiting, (count) => count === 0);
  expect(await claims(id)).toHaveLength(1);
  await world.settle();
  expect((await calls('getOrder')) - reads).toBeLessThan(20);
});

it('PRO-2: a message that Amazon sends twice is one claim', async () => {
  await world.place(amazonOrder('116-4'));
  await world.settle();
  await world.control('POST', '/faults', { service: 'amazon', match: {}, kind: 'duplicate-message' });
  await ask('116-4');
  await world.settle();
  expect(await claims('116-4')).toHaveLength(1);
});

it('REQ-13: what cannot be understood is put aside with its reason, and the rest goes on', async () => {
  await world.place(amazonOrder('116-5'));
  await world.settle();
  await send('not { JSON');
  await send(JSON.stringify({ NotificationType: 'ODD' }));
  await send(message('116-5'));
  await until(
    () => claims('116-5'),
    (found) => found.length === 1,
  );
  await until(waiting, (count) => count === 0);
  const { Messages } = await until(
    () =>
      sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadUrl(),
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 0,
          MessageAttributeNames: ['why'],
        }),
      ),
    (answer) => answer.Messages?.length === 2,
  );
  expect((Messages ?? []).map((one) => one.MessageAttributes?.['why']?.StringValue).sort()).toEqual([
    'The message is not JSON.',
    'The message is of a type that was not subscribed to.',
  ]);
});

it('SEC-1: a message for an account that no shop has is let go', async () => {
  await send(message('116-6', 'A9STRANGER'));
  await until(waiting, (count) => count === 0);
  expect(await claims('116-6')).toEqual([]);
  expect(await world.row('116-6')).toBeUndefined();
  expect(await waiting(deadUrl())).toBe(0);
});

it('SEC-1: each shop gets the messages of its own account only', async () => {
  const { sellerId: other } = await world.control('POST', '/shops', { domain: 'second.myshopify.com' });
  await world.control('POST', '/amazon/orders?shop=second.myshopify.com', [amazonOrder('116-7')]);
  await world.control('POST', '/amazon/orders/116-7/request-cancel?shop=second.myshopify.com', {});
  expect(
    await until(
      () => claims('116-7'),
      (found) => found.length > 0,
    ),
  ).toMatchObject([{ shop: 'second.myshopify.com' }]);
  const rows = await world.database.owner<{ notifications: unknown }>(
    'select notifications from seller where seller_id = $1',
    [other],
  );
  expect(rows[0]?.notifications).toMatchObject({
    queueArn: expect.stringContaining('concord-order-change') as string,
  });
});

it('PRO-2: a delete whose answer is lost, or that never arrives, changes nothing', async () => {
  await world.place(amazonOrder('116-8'), amazonOrder('116-9'));
  await world.settle();
  await fault('DeleteMessageBatch', 'drop-answer');
  await ask('116-8');
  await until(waiting, (count) => count === 0);
  await fault('DeleteMessageBatch', 'drop-request');
  await ask('116-9');
  await until(
    () => claims('116-9'),
    (found) => found.length === 1,
  );
  expect(await waiting()).toBe(1);
  await until(waiting, (count) => count === 0, 40_000);
  expect([...(await claims('116-8')), ...(await claims('116-9'))]).toHaveLength(2);
});

it('PRO-4: a queue that fails for a while costs nothing but time', async () => {
  await world.place(amazonOrder('116-10'));
  await world.settle();
  await fault('ReceiveMessage', 'error', { status: 503, code: 'ServiceUnavailable', times: 3 });
  await fault('ReceiveMessage', 'drop-request', { times: 1 });
  await send(message('116-10'));
  expect(
    await until(
      () => claims('116-10'),
      (found) => found.length === 1,
    ),
  ).toHaveLength(1);
});

it('PRO-3 PRO-8: a worker killed between storing and deleting leaves the message to the next one', async () => {
  await world.place(amazonOrder('116-11'));
  await world.settle();
  await fault('DeleteMessageBatch', 'latency', { ms: 3_600_000 });
  await ask('116-11');
  await until(
    () => claims('116-11'),
    (found) => found.length === 1,
  );
  await world.control('POST', '/workers', { kill: true });
  expect(await waiting()).toBe(1);
  await world.control('POST', '/workers', { count: 1 });
  // Hidden for half a minute of real time from when it was taken.
  await until(waiting, (count) => count === 0, 75_000);
  expect(await claims('116-11')).toHaveLength(1);
}, 120_000);

it('REQ-1: messages that nobody has seen are open, until a worker runs again', async () => {
  await world.place(amazonOrder('116-12'));
  await world.settle();
  await world.control('POST', '/workers', { count: 0 });
  await ask('116-12');
  const response = await fetch(`${world.sandbox.control}/settle`, {
    method: 'POST',
    body: JSON.stringify({ timeoutMs: 500 }),
  });
  expect(response.status).toBe(504);
  expect(((await response.json()) as { open: { what: string }[] }).open).toContainEqual({
    what: 'message in the queue',
  });
  await world.control('POST', '/workers', { count: 1 });
  await world.settle();
  expect(await claims('116-12')).toHaveLength(1);
});

it('a worker that is told to end does so during a long poll', async () => {
  const began = performance.now();
  await world.control('POST', '/workers', { count: 0 });
  expect(performance.now() - began).toBeLessThan(1_900);
  await world.control('POST', '/workers', { count: 1 });
});

it('reset empties the queues and keeps the subscription', async () => {
  await world.control('POST', '/workers', { count: 0 });
  await send('odd');
  await world.control('POST', '/reset', {});
  expect(await waiting()).toBe(0);
  await world.control('POST', '/workers', { count: 1 });
  await world.place(amazonOrder('116-13'));
  await ask('116-13');
  await world.settle();
  expect(await claims('116-13')).toHaveLength(1);
});

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { createAmazonClient } from '../../app/amazon/client.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

// What Amazon itself published, and the files that were gathered: they lead to the right marks.
const shared = '../shared/amazon';
const world = runningWorld();

const query = `query($id: ID!) { order(id: $id) { tags mark: metafield(namespace: "$app", key: "cancel_request") { jsonValue }
  fulfillmentOrders(first: 5) { nodes { fulfillmentHolds { handle } } } } }`;

/** The marks of an order in Shopify: tag, what the metafield says, and handles of holds. */
async function marks(id: string) {
  const found = await world.order(id);
  const { order } = (await world.shopify(query, { id: found?.id })) as {
    order: {
      tags: string[];
      mark: { jsonValue: Record<string, unknown> } | null;
      fulfillmentOrders: { nodes: { fulfillmentHolds: { handle: string }[] }[] };
    };
  };
  const holds = order.fulfillmentOrders.nodes.flatMap(({ fulfillmentHolds }) =>
    fulfillmentHolds.map(({ handle }) => handle),
  );
  return { tagged: order.tags.includes('amazon-cancel-requested'), mark: order.mark?.jsonValue, holds };
}

async function placed(id: string, item: string) {
  const line = amazonLine(item, { item: '25.00', quantity: 10 });
  await world.place(amazonOrder(id, { orderItems: [line] }));
  await world.settle();
}

const notification = `${shared}/samples/notifications/OrderChangeNotification.sample.json`;
it.skipIf(!existsSync(notification))(
  'REQ-1 REQ-13: Amazon’s own ORDER_CHANGE example marks and holds the order at once, as a claim',
  async () => {
    const id = '903-8868176-2219830';
    await placed(id, 'OIID34853450');
    const own = readFileSync(notification, 'utf8').replace('A3TH9S8BH6GOGM', 'A2CONCORDDEMO1');
    const sqs = new SQSClient({
      endpoint: world.sandbox.sqs,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    });
    const QueueUrl = world.sandbox.env['AMAZON_NOTIFICATIONS_QUEUE_URL'] ?? '';
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: own }));
    sqs.destroy();
    await world.settle();
    expect(await marks(id)).toEqual({
      tagged: true,
      mark: expect.objectContaining({
        lines: [{ sku: 'SKU-1', amazonOrderItemId: 'OIID34853450', quantity: 10 }],
        sources: ['notification'],
        state: 'open',
      }) as unknown,
      holds: ['concord-request'],
    });
    expect(await world.row(id)).toMatchObject({ state: 'sources_differ' });
  },
);

const v0case = `${shared}/sandbox-cases/ordersV0.getOrderItems.200.json`;
it.skipIf(!existsSync(v0case))(
  'REQ-1: Amazon’s v0 sandbox case with a buyer request is read as asked',
  async () => {
    const { static: cases } = JSON.parse(readFileSync(v0case, 'utf8')) as { static: { response: unknown }[] };
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      const login = { access_token: 'Atza|x', token_type: 'bearer', expires_in: 3600 };
      response.end(JSON.stringify(request.url?.startsWith('/auth') ? login : cases[0]?.response));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = createAmazonClient({
      region: 'na',
      clientId: 'a',
      clientSecret: 'b',
      refreshToken: 'c',
      origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      userAgent: 'Concord',
      buckets: {
        take: () => Promise.resolve({ ok: true }),
        when: () => Promise.resolve(0),
        learn: () => Promise.resolve(),
        drained: () => Promise.resolve(),
      },
    });
    const read = await client.readRequestsV0(amazonOrderId('TEST_CASE_200'));
    expect(read.ok && [...read.value]).toEqual([
      ['05015851154158', { state: 'asked', reason: expect.any(String) as unknown }],
    ]);
    server.closeAllConnections();
    server.close();
  },
);

it('REQ-1: the same case through Orders v0 leads to the marks, where the new API refuses its data', async () => {
  const id = '902-1845936-5435065';
  await placed(id, '05015851154158');
  await world.control('POST', '/faults', {
    service: 'amazon',
    match: {},
    kind: 'refuse-data',
    value: 'CANCELLATION',
    times: 1000,
  });
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await world.settle();
  const shown = await marks(id);
  expect(shown).toMatchObject({ tagged: true, holds: ['concord-request'] });
  expect(shown.mark).toMatchObject({ reason: 'Ordered by mistake', state: 'open' });
  expect(shown.mark?.['sources']).toContain('order_v0');
});

const report = `${shared}/samples/reports-tsv/unshipped-with-cancel-request.invented.tsv`;
it.skipIf(!existsSync(report))('REQ-1 REQ-13: the sample report marks and holds its order', async () => {
  const id = '902-0000001-0000001';
  await placed(id, '10000000000001');
  const env = { ...process.env, ...world.sandbox.env };
  const { stdout } = await promisify(execFile)(process.execPath, ['app/concord.ts', 'report', report], {
    env,
  });
  expect(stdout).not.toBe('');
  await world.settle();
  expect(await marks(id)).toEqual({
    tagged: true,
    mark: expect.objectContaining({ reason: 'Order created by mistake', sources: ['report'] }) as unknown,
    holds: ['concord-request'],
  });
});

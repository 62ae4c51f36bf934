import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonWorld, plainOrder, sellerId, startAmazon } from './amazon-world.ts';
import { cancel, feedsOf } from './feed-world.ts';

const base = '/notifications/v1';
const arn = 'arn:aws:sqs:us-east-1:000000000000:own';
const other = 'arn:aws:sqs:us-east-1:000000000000:other';
const closed = 'arn:aws:sqs:us-east-1:000000000000:closed';
const orderId = '902-0000001-0000001';
const orderChange = (eventFilter?: unknown) => ({
  payloadVersion: '1.0',
  destinationId: 'set by the test',
  ...(eventFilter === undefined ? {} : { processingDirective: { eventFilter } }),
});
const filter = { eventFilterType: 'ORDER_CHANGE', orderChangeTypes: ['BuyerRequestedChange'] };

interface Told {
  readonly type: string;
  readonly seller: string;
  readonly status: string;
  readonly asked: string[];
}

describe("the pretend Amazon's notifications", () => {
  let world: AmazonWorld;
  let own = '';
  let seller = '';
  const sent: { arn: string; body: string }[] = [];
  beforeAll(async () => {
    const queues = {
      lets: (queue: string, account: string) => queue !== closed && account === '437568002678',
      send: (queue: string, body: string) => void sent.push({ arn: queue, body }),
    };
    world = await startAmazon({ queues, queueArn: arn });
  });
  beforeEach(async () => {
    world.amazon.reset();
    world.now += 60_000;
    world.switches.set('amazon.order-change-for-new-orders', 'no');
    world.switches.set('amazon.order-change-for-withdrawal', 'none');
    sent.length = 0;
    const scope = 'sellingpartnerapi::notifications';
    own = (await world.login({ grant_type: 'client_credentials', scope })).body.access_token ?? '';
    seller = (await world.login()).body.access_token ?? '';
  });
  afterAll(() => world.close());

  const payload = (reply: Awaited<ReturnType<AmazonWorld['send']>>) =>
    (reply.body as { payload?: Record<string, unknown> }).payload ?? {};
  const createDestination = (name: string, queue: string, token = own) =>
    world.send(
      'POST',
      `${base}/destinations`,
      { name, resourceSpecification: { sqs: { arn: queue } } },
      token,
    );
  const subscribe = (body: object, token = seller) =>
    world.send('POST', `${base}/subscriptions/ORDER_CHANGE`, body, token);
  const subscription = async () => payload(await world.get(`${base}/subscriptions/ORDER_CHANGE`, {}, seller));
  const end = (id: unknown, token = own) =>
    world.send('DELETE', `${base}/subscriptions/ORDER_CHANGE/${String(id)}`, undefined, token);
  const told = (): Told[] =>
    sent.map(({ body }) => {
      const message = JSON.parse(body) as {
        Payload: { OrderChangeNotification: Record<string, unknown> };
      };
      const about = message.Payload.OrderChangeNotification as {
        OrderChangeType: string;
        SellerId: string;
        Summary: {
          OrderStatus: string;
          OrderItems: { OrderItemId: string; IsBuyerRequestedCancel: boolean }[];
        };
      };
      return {
        type: about.OrderChangeType,
        seller: about.SellerId,
        status: about.Summary.OrderStatus,
        asked: about.Summary.OrderItems.flatMap((item) =>
          item.IsBuyerRequestedCancel ? [item.OrderItemId] : [],
        ),
      };
    });
  const place = () => world.amazon.placeOrders(sellerId, [plainOrder(orderId)]);

  it('SEC-3: what is the app’s own takes no seller’s token, and the other way round', async () => {
    const id = (await subscription())['subscriptionId'];
    const calls = (token: string) =>
      Promise.all([
        createDestination('x', other, token),
        world.get(`${base}/destinations`, {}, token),
        world.get(`${base}/subscriptions/ORDER_CHANGE/${String(id)}`, {}, token),
      ]);
    expect((await calls(seller)).map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await calls(own)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await end(id, seller)).status).toBe(403);
    expect((await subscribe(orderChange(filter), own)).status).toBe(403);
    expect((await world.get(`${base}/subscriptions/ORDER_CHANGE`, {}, own)).status).toBe(403);
    const scope = 'sellingpartnerapi::client_credential:rotation';
    const rotation = await world.login({ grant_type: 'client_credentials', scope });
    expect((await createDestination('x', other, rotation.body.access_token)).status).toBe(403);
  });

  it.each([
    ['no ARN of a queue', 'arn:aws:events:us-east-1:1:x', 400],
    ['a queue whose policy does not let Amazon in', closed, 400],
    ['a queue that has a destination', arn, 409],
    ['another queue', other, 200],
  ])('a destination: %s', async (_what, queue, status) => {
    expect((await createDestination('x', queue)).status).toBe(status);
  });

  it.each([
    ['no filter', undefined, 200],
    ['its own filter', filter, 200],
    ['an empty filter', {}, 400],
    ['marketplaces in the filter', { ...filter, marketplaceIds: ['ATVPDKIKX0DER'] }, 400],
    ['another type in the filter', { eventFilterType: 'ANY_OFFER_CHANGED' }, 400],
    ['an unknown kind of change', { ...filter, orderChangeTypes: ['Odd'] }, 400],
  ])('a subscription with %s', async (_what, eventFilter, status) => {
    const { subscriptionId, destinationId } = await subscription();
    expect((await end(subscriptionId)).status).toBe(200);
    expect((await subscribe({ ...orderChange(eventFilter), destinationId })).status).toBe(status);
  });

  it('a subscription needs a destination that exists, and there is one of a type', async () => {
    const { subscriptionId, destinationId } = await subscription();
    expect((await subscribe({ ...orderChange(filter), destinationId })).status).toBe(409);
    expect(
      (await world.send('DELETE', `${base}/destinations/${String(destinationId)}`, undefined, own)).status,
    ).toBe(409);
    await end(subscriptionId);
    expect((await end(subscriptionId)).status).toBe(404);
    expect((await subscribe(orderChange(filter))).status).toBe(400);
    expect(
      (await world.send('DELETE', `${base}/destinations/${String(destinationId)}`, undefined, own)).status,
    ).toBe(200);
    expect((await subscribe({ ...orderChange(filter), destinationId })).status).toBe(400);
    expect((await world.get(`${base}/subscriptions/ODD`, {}, seller)).status).toBe(400);
  });

  it('PRO-5: no more than five calls of an operation at once', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await world.get(`${base}/destinations`, {}, own)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('REQ-1: tells of a request with the lines that are asked for, and nothing of a withdrawal', () => {
    place();
    expect(told()).toEqual([]);
    world.amazon.requestCancel(sellerId, orderId, { orderItemIds: ['10000000000002'], reason: 'Mistake' });
    const one = { type: 'BuyerRequestedChange', seller: sellerId, status: 'Unshipped' };
    expect(told()).toEqual([{ ...one, asked: ['10000000000002'] }]);
    expect(sent[0]?.body).not.toContain('Mistake');
    world.amazon.withdrawRequest(sellerId, orderId, {});
    expect(told()).toHaveLength(1);
    world.amazon.requestCancel(sellerId, orderId, { informal: true });
    expect(told()).toHaveLength(1);
    world.amazon.requestCancel(sellerId, orderId, {});
    expect(told()[1]).toEqual({ ...one, asked: ['10000000000001', '10000000000002'] });
    expect(sent.every((message) => message.arn === arn)).toBe(true);
  });

  it('tells of a status when it changes, also of orders that are placed anew', () => {
    const pending = { fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' } };
    world.amazon.placeOrders(sellerId, [plainOrder(orderId, pending)]);
    place();
    place();
    world.amazon.ship(sellerId, orderId, { carrier: 'UPS', trackingNumber: '1Z' });
    expect(told().map(({ type, status }) => [type, status])).toEqual([
      ['OrderStatusChange', 'Unshipped'],
      ['OrderStatusChange', 'Shipped'],
    ]);
  });

  it('switched so, tells of new orders and of withdrawals too', () => {
    world.switches.set('amazon.order-change-for-new-orders', 'yes');
    world.switches.set('amazon.order-change-for-withdrawal', 'status-change');
    place();
    world.amazon.requestCancel(sellerId, orderId, {});
    world.amazon.withdrawRequest(sellerId, orderId, {});
    expect(told().map(({ type }) => type)).toEqual([
      'OrderStatusChange',
      'BuyerRequestedChange',
      'OrderStatusChange',
    ]);
  });

  it('PRO-2: told so, sends a message twice, or loses it', () => {
    place();
    world.faults.push({ service: 'amazon', match: {}, kind: 'duplicate-message' });
    world.amazon.requestCancel(sellerId, orderId, {});
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
    world.faults.push({ service: 'amazon', match: { operation: 'ORDER_CHANGE' }, kind: 'drop-request' });
    world.amazon.cancel(sellerId, orderId, { by: 'BUYER' });
    expect(sent).toHaveLength(2);
  });

  it('SEC-1: tells nothing to who is not subscribed, has another filter, or took the grant back', async () => {
    const { subscriptionId, destinationId } = await subscription();
    await end(subscriptionId);
    place();
    world.amazon.requestCancel(sellerId, orderId, {});
    expect(sent).toEqual([]);
    await subscribe({ ...orderChange(filter), destinationId });
    world.amazon.ship(sellerId, orderId, { carrier: 'UPS', trackingNumber: '1Z' });
    expect(sent).toEqual([]);
    world.amazon.setAuthorisation(sellerId, { state: 'revoked' });
    world.amazon.requestCancel(sellerId, orderId, { reason: 'Again' });
    expect(sent).toEqual([]);
  });

  const shared = '../shared/amazon/models';
  const read = (file: string) =>
    JSON.parse(readFileSync(`${shared}/${file}`, 'utf8')) as Record<string, unknown>;
  it('CAN-13: tells that a feed has ended to who is subscribed to it', async () => {
    const feeds = feedsOf(world);
    const subscribeTo = async (payloadVersion: string) => {
      const { destinationId } = await subscription();
      const path = `${base}/subscriptions/FEED_PROCESSING_FINISHED`;
      return (await world.send('POST', path, { payloadVersion, destinationId }, seller)).status;
    };
    await feeds.run('OrderAcknowledgement', cancel(orderId, ['10000000000001']));
    expect(sent).toEqual([]);
    expect([await subscribeTo('1.0'), await subscribeTo('2020-09-04')]).toEqual([400, 200]);
    const { feedId } = await feeds.run('OrderAcknowledgement', cancel(orderId, ['10000000000001']));
    const messages = sent.map(({ body }) => JSON.parse(body) as unknown);
    expect(messages).toMatchObject([
      {
        notificationType: 'FEED_PROCESSING_FINISHED',
        payload: {
          feedProcessingFinishedNotification: {
            sellerId,
            feedId,
            feedType: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
            processingStatus: 'DONE',
          },
        },
      },
    ]);
    if (!existsSync(shared)) return;
    const file = `${shared}/notification-schemas/FeedProcessingFinishedNotification.json`;
    const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
    const schema = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    schema(messages[0]);
    expect(schema.errors ?? []).toEqual([]);
  });

  it.skipIf(!existsSync(shared))('answers and tells in the shapes of Amazon’s own models', async () => {
    const ajv = new Ajv({ strict: false, allErrors: true, formats: fullFormats });
    const { definitions } = read('notifications.json');
    const expectValid = (definition: string, value: unknown) => {
      const validate = ajv.compile({ $ref: `#/definitions/${definition}`, definitions });
      validate(value);
      expect(validate.errors ?? []).toEqual([]);
    };
    const made = await createDestination('x', other);
    expectValid('CreateDestinationResponse', made.body);
    const { destinationId } = payload(made);
    expectValid('GetDestinationsResponse', (await world.get(`${base}/destinations`, {}, own)).body);
    expectValid(
      'GetDestinationResponse',
      (await world.get(`${base}/destinations/${String(destinationId)}`, {}, own)).body,
    );
    const { subscriptionId } = await subscription();
    await end(subscriptionId);
    expectValid('CreateSubscriptionRequest', { ...orderChange(filter), destinationId });
    const subscribed = await subscribe({ ...orderChange(filter), destinationId });
    expectValid('CreateSubscriptionResponse', subscribed.body);
    expectValid('ErrorList', (await subscribe(orderChange({}))).body.errors);
    const one = `${base}/subscriptions/ORDER_CHANGE`;
    expectValid('GetSubscriptionResponse', (await world.get(one, {}, seller)).body);
    const id = String(payload(subscribed)['subscriptionId']);
    expectValid('GetSubscriptionByIdResponse', (await world.get(`${one}/${id}`, {}, own)).body);
    expectValid('DeleteSubscriptionByIdResponse', (await end(id)).body);
    world.amazon.reset();
    place();
    world.amazon.requestCancel(sellerId, orderId, {});
    const item = { orderItemId: '10000000000001', quantity: 1 };
    world.amazon.ship(sellerId, orderId, { items: [item], carrier: 'UPS', trackingNumber: '1Z' });
    world.amazon.cancel(sellerId, orderId, { by: 'AMAZON' });
    expect(sent.length).toBeGreaterThan(2);
    const schema = ajv.compile(read('notification-schemas/OrderChangeNotification.json'));
    for (const { body } of sent) {
      schema(JSON.parse(body));
      expect(schema.errors ?? []).toEqual([]);
    }
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonWorld, plainOrder, sellerId, startAmazon } from './amazon-world.ts';
import { feedsOf, modelOf } from './feed-world.ts';

const id = '902-0000001-0000001';
const [first, second] = ['10000000000001', '10000000000002'] as const;
const path = (orderId = id) => `/orders/v0/orders/${orderId}/shipmentConfirmation`;
const shared = '../shared/amazon';
type Json = Record<string, unknown>;

describe('confirmShipment of the pretend Amazon', () => {
  let world: AmazonWorld;
  let call: ReturnType<typeof feedsOf>['call'];
  beforeAll(async () => {
    world = await startAmazon();
    call = feedsOf(world).call;
  });
  beforeEach(() => {
    world.amazon.reset();
    world.faults.length = 0;
    world.amazon.placeOrders(sellerId, [plainOrder(id)]);
  });
  afterAll(() => world.close());

  const detail = (more: Json = {}): Json => ({
    packageReferenceId: '1',
    carrierCode: 'UPS',
    shippingMethod: 'Ground',
    trackingNumber: '1Z999',
    shipDate: '2026-11-21T11:00:00Z',
    orderItems: [{ orderItemId: first, quantity: 2 }],
    ...more,
  });
  const confirm = (more: Json = {}, orderId = id) =>
    call('POST', path(orderId), { marketplaceId: 'ATVPDKIKX0DER', packageDetail: detail(more) });
  const shown = () => {
    const found = world.amazon.show(sellerId, id);
    if (!found) throw new Error('The order is gone.');
    return found;
  };
  const status = () => (shown().order['fulfillment'] as { fulfillmentStatus: string }).fulfillmentStatus;

  it('FUL-1: makes a parcel of what is named', async () => {
    expect((await confirm()).status).toBe(204);
    expect(status()).toBe('PARTIALLY_SHIPPED');
    expect(shown().order['packages']).toMatchObject([
      {
        packageReferenceId: '1',
        carrier: 'UPS',
        shippingService: 'Ground',
        trackingNumber: '1Z999',
        shipTime: '2026-11-21T11:00:00Z',
        packageItems: [{ orderItemId: first, quantity: 2 }],
      },
    ]);
    const rest = { packageReferenceId: '2', orderItems: [{ orderItemId: second, quantity: 1 }] };
    expect((await confirm(rest)).status).toBe(204);
    expect([status(), shown().shipments.length]).toEqual(['SHIPPED', 2]);
  });

  it('FUL-2: the same reference changes the parcel', async () => {
    await confirm();
    expect((await confirm({ trackingNumber: '1Z000' })).status).toBe(204);
    expect(shown().shipments).toMatchObject([{ packageReferenceId: '1', trackingNumber: '1Z000' }]);
    expect((await confirm({ orderItems: [{ orderItemId: first, quantity: 1 }] })).status).toBe(204);
    expect(shown().order['orderItems']).toMatchObject([
      { fulfillment: { quantityFulfilled: 1, quantityUnfulfilled: 1 } },
      {},
    ]);
  });

  it('FUL-1: a carrier without a code goes by its name', async () => {
    expect((await confirm({ carrierCode: 'Other', carrierName: 'Bob and Sons' })).status).toBe(204);
    expect(shown().shipments).toMatchObject([{ carrier: 'Bob and Sons' }]);
  });

  it.each([
    ['a reference that is a number', { packageReferenceId: 1 }, 'must be a positive numeric value'],
    ['a reference that is none', { packageReferenceId: 'A1' }, 'must be a positive numeric value'],
    ['a reference of zero', { packageReferenceId: '0' }, 'must be a positive numeric value'],
    ['an unknown carrier', { carrierCode: 'Bob' }, 'CarrierCode'],
    ['Other without a name', { carrierCode: 'Other' }, 'CarrierName'],
    ['no tracking number', { trackingNumber: '' }, ''],
    ['a date that is none', { shipDate: '02/21/2022' }, ''],
    ['items that are no list', { orderItems: { orderItemId: first, quantity: 1 } }, 'getOrderItems'],
    ['an unknown line', { orderItems: [{ orderItemId: '10000000000009', quantity: 1 }] }, 'getOrderItems'],
    ['too many units', { orderItems: [{ orderItemId: first, quantity: 3 }] }, 'larger'],
    ['no units', { orderItems: [{ orderItemId: first, quantity: 0 }] }, 'getOrderItems'],
  ])('FUL-1: refuses %s', async (_what, more, words) => {
    const { status: answered, body } = await confirm(more);
    expect(answered).toBe(400);
    expect(body['errors']).toMatchObject([{ message: expect.stringContaining(words) as string }]);
    expect(status()).toBe('UNSHIPPED');
  });

  it.each([
    [
      'is shipped with other parcels',
      () => void world.amazon.ship(sellerId, id, { carrier: 'UPS', trackingNumber: '1' }),
      '9',
      'PackageToUpdateNotFound',
    ],
    ['is cancelled', () => void world.amazon.cancel(sellerId, id, { by: 'BUYER' }), '1', 'cancelled'],
    [
      'is pending',
      () =>
        void world.amazon.placeOrders(sellerId, [
          plainOrder(id, { fulfillment: { fulfillmentStatus: 'PENDING' } }),
        ]),
      '1',
      'pending',
    ],
  ])('FUL-6: refuses an order that %s', async (_what, prepare, packageReferenceId, words) => {
    prepare();
    const { status: answered, body } = await confirm({ packageReferenceId });
    expect(answered).toBe(400);
    expect(body['errors']).toMatchObject([
      { code: 'InvalidInput', message: expect.stringContaining(words) as string },
    ]);
  });

  it('knows neither another order nor another marketplace', async () => {
    expect((await confirm({}, '902-0000001-0000009')).status).toBe(404);
    const wrong = { marketplaceId: 'A1PA6795UKMFR9', packageDetail: detail() };
    expect((await call('POST', path(), wrong)).status).toBe(400);
  });

  it('PRO-5: keeps to its limit', async () => {
    const answers = await Promise.all(Array.from({ length: 11 }, () => confirm()));
    expect(answers.map(({ status: one }) => one).sort()).toEqual([...Array<number>(10).fill(204), 429]);
  });

  it('ships although the answer was lost, at once or later', async () => {
    for (const [kind, now] of [
      ['drop-request', 'UNSHIPPED'],
      ['late-effect', 'PARTIALLY_SHIPPED'],
      ['drop-answer', 'PARTIALLY_SHIPPED'],
    ] as const) {
      world.amazon.placeOrders(sellerId, [plainOrder(id)]);
      world.faults.push({ service: 'amazon', match: { operation: 'confirmShipment' }, kind, ms: 5000 });
      await expect(confirm()).rejects.toThrow('fetch failed');
      expect([kind, status()]).toEqual([kind, now]);
    }
  });

  it.skipIf(!existsSync(shared))("answers Amazon's own sandbox cases", async () => {
    const body = (code: number) => {
      const file = `${shared}/sandbox-cases/ordersV0.confirmShipment.${code}.json`;
      const { static: cases } = JSON.parse(readFileSync(file, 'utf8')) as {
        static: { request: { parameters: { orderId: { value: string }; body: { value: Json } } } }[];
      };
      const found = cases[0]?.request.parameters;
      if (!found) throw new Error('There is no case.');
      return { orderId: found.orderId.value, value: found.body.value };
    };
    const { orderId, value } = body(204);
    const line = {
      orderItemId: '79039765272157',
      quantityOrdered: 1,
      fulfillment: { quantityUnfulfilled: 1 },
    };
    world.amazon.placeOrders(sellerId, [plainOrder(orderId, { orderItems: [line] })]);
    const errors = modelOf(`${shared}/models/ordersV0.json`);
    expect(errors('ConfirmShipmentRequest', value)).toEqual([]);
    const wrong = await call('POST', path(orderId), body(400).value);
    expect([wrong.status, errors('ConfirmShipmentErrorResponse', wrong.body)]).toEqual([400, []]);
    expect((await call('POST', path(orderId), value)).status).toBe(204);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AmazonWorld, ordersPath, plainOrder, sellerId, startAmazon } from './amazon-world.ts';

const id = '902-0000001-0000001';
const [two, one] = ['10000000000001', '10000000000002'];
const parcel = { carrier: 'UPS', trackingNumber: '1Z1' };

describe('what happens to an order on the pretend Amazon', () => {
  let world: AmazonWorld;
  beforeAll(async () => {
    world = await startAmazon();
  });
  beforeEach(() => {
    world.amazon.reset();
    world.amazon.placeOrders(sellerId, [plainOrder(id)]);
    world.now += 5000;
  });
  afterAll(() => world.close());

  const order = () => world.amazon.show(sellerId, id)?.order ?? {};
  const line = (orderItemId: string) =>
    (order()['orderItems'] as Record<string, unknown>[]).find(
      (item) => item['orderItemId'] === orderItemId,
    ) ?? {};
  const status = () => (order()['fulfillment'] as Record<string, unknown>)['fulfillmentStatus'];
  const updated = () => Date.parse(String(order()['lastUpdatedTime']));
  const quantities = (orderItemId: string) => line(orderItemId)['fulfillment'];

  it('a request for one line, taken back again', () => {
    const before = updated();
    expect(world.amazon.requestCancel(sellerId, id, { orderItemIds: [two], reason: 'Mistake' })).toEqual({
      ok: true,
    });
    expect(line(two)['cancellation']).toEqual({
      cancellationRequest: { requester: 'BUYER', cancelReason: 'Mistake' },
    });
    expect(line(one)).not.toHaveProperty('cancellation');
    expect(updated()).toBe(before + 5000);
    expect(world.amazon.withdrawRequest(sellerId, id, {})).toEqual({ ok: true });
    expect(line(two)).not.toHaveProperty('cancellation');
    expect(world.amazon.withdrawRequest(sellerId, id, {})).toMatchObject({ ok: false, status: 409 });
  });

  it('an informal request is a message only', () => {
    const before = order();
    world.amazon.requestCancel(sellerId, id, { reason: 'Please stop it', informal: true });
    expect(order()).toEqual(before);
    const messages = world.amazon.list(sellerId)[0]?.messages;
    expect(messages?.map(({ text }) => text)).toEqual(['Please stop it']);
  });

  it('a cancel of one line, then of the rest', () => {
    world.amazon.requestCancel(sellerId, id, { reason: 'Mistake' });
    world.amazon.cancel(sellerId, id, { by: 'MERCHANT', orderItemIds: [two] });
    expect(line(two)).toMatchObject({
      quantityOrdered: 2,
      fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 0 },
      cancellation: {
        cancellationRequest: { requester: 'BUYER' },
        cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'Mistake' },
      },
    });
    expect(status()).toBe('UNSHIPPED');
    world.amazon.cancel(sellerId, id, { by: 'AMAZON', reason: 'Not confirmed in time' });
    expect(status()).toBe('CANCELLED');
    expect(world.amazon.show(sellerId, id)?.cancellations).toMatchObject([
      { by: 'MERCHANT', items: [{ orderItemId: two, quantity: 2 }] },
      { by: 'AMAZON', reason: 'Not confirmed in time', items: [{ orderItemId: one, quantity: 1 }] },
    ]);
    expect(world.amazon.cancel(sellerId, id, { by: 'BUYER' })).toMatchObject({ ok: false, status: 409 });
    expect(world.amazon.requestCancel(sellerId, id, {})).toMatchObject({ ok: false, status: 409 });
  });

  it('switched so, a cancelled line has quantity 0 and no request any more', () => {
    world.switches.set('amazon.quantity-after-cancel', 'zero');
    world.switches.set('amazon.request-after-cancel', 'goes');
    world.amazon.requestCancel(sellerId, id, {});
    world.amazon.cancel(sellerId, id, { by: 'MERCHANT' });
    expect(line(two)['quantityOrdered']).toBe(0);
    expect(line(two)['cancellation']).toEqual({ cancellationExecution: { cancelledBy: 'MERCHANT' } });
    world.switches.set('amazon.quantity-after-cancel', 'keeps');
    world.switches.set('amazon.request-after-cancel', 'stays');
  });

  it('a first parcel, then the rest', () => {
    world.amazon.ship(sellerId, id, { ...parcel, items: [{ orderItemId: two, quantity: 1 }] });
    expect(status()).toBe('PARTIALLY_SHIPPED');
    expect(quantities(two)).toEqual({ quantityFulfilled: 1, quantityUnfulfilled: 1 });
    world.amazon.ship(sellerId, id, { ...parcel, trackingNumber: '1Z2' });
    expect(status()).toBe('SHIPPED');
    expect(world.amazon.show(sellerId, id)?.shipments).toMatchObject([
      {
        packageReferenceId: '1',
        carrier: 'UPS',
        trackingNumber: '1Z1',
        items: [{ orderItemId: two, quantity: 1 }],
      },
      {
        packageReferenceId: '2',
        trackingNumber: '1Z2',
        items: [
          { orderItemId: two, quantity: 1 },
          { orderItemId: one, quantity: 1 },
        ],
      },
    ]);
    expect(world.amazon.ship(sellerId, id, parcel)).toMatchObject({ ok: false, status: 409 });
  });

  it('shipping what is left of a part-cancelled order makes it shipped', () => {
    world.amazon.cancel(sellerId, id, { by: 'MERCHANT', orderItemIds: [two] });
    world.amazon.ship(sellerId, id, parcel);
    expect(status()).toBe('SHIPPED');
    expect(quantities(two)).toEqual({ quantityFulfilled: 0, quantityUnfulfilled: 0 });
  });

  it.each(['stays', 'goes'])('a request %s after shipping, as switched', (position) => {
    world.switches.set('amazon.request-after-shipping', position);
    world.amazon.requestCancel(sellerId, id, {});
    world.amazon.ship(sellerId, id, parcel);
    expect('cancellation' in line(one)).toBe(position === 'stays');
    world.switches.set('amazon.request-after-shipping', 'stays');
  });

  it('refuses what cannot be', () => {
    const tooMany = [{ orderItemId: one, quantity: 2 }];
    expect(world.amazon.ship(sellerId, id, { ...parcel, items: tooMany })).toMatchObject({ status: 409 });
    const none = [{ orderItemId: one, quantity: 0 }];
    expect(world.amazon.ship(sellerId, id, { ...parcel, items: none })).toMatchObject({ status: 400 });
    expect(world.amazon.ship(sellerId, id, { ...parcel, items: [] })).toMatchObject({ status: 409 });
    expect(world.amazon.cancel(sellerId, id, { by: 'BUYER', orderItemIds: ['9'] })).toMatchObject({
      status: 404,
    });
    expect(world.amazon.cancel(sellerId, 'none', { by: 'BUYER' })).toMatchObject({ status: 404 });
    expect(world.amazon.ship('nobody', id, parcel)).toMatchObject({ status: 404 });
    world.amazon.placeOrders(sellerId, [plainOrder(id, { fulfillment: { fulfillmentStatus: 'PENDING' } })]);
    expect(world.amazon.ship(sellerId, id, parcel)).toMatchObject({ status: 409 });
  });

  it('ships and cancels orders that lack blocks or have a line id twice', () => {
    const bare = { orderItemId: two, quantityOrdered: 1 };
    world.amazon.placeOrders(sellerId, [{ orderId: id, orderItems: [bare, bare, null] }]);
    world.amazon.ship(sellerId, id, { ...parcel, items: [{ orderItemId: two, quantity: 1 }] });
    expect(status()).toBe('PARTIALLY_SHIPPED');
    world.amazon.cancel(sellerId, id, { by: 'BUYER' });
    expect(status()).toBe('SHIPPED');
  });

  it('placing again replaces the order, and a reset empties the shop', async () => {
    world.amazon.placeOrders(sellerId, [plainOrder(id, { programs: ['PRIME'] })]);
    expect(world.amazon.list(sellerId).map((listed) => listed.order['programs'])).toEqual([['PRIME']]);
    expect((await world.get(`${ordersPath}/${id}`)).body.order?.['programs']).toEqual(['PRIME']);
    world.amazon.reset();
    expect(world.amazon.list(sellerId)).toEqual([]);
    expect(world.amazon.lastChange(sellerId)).toBeNull();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { type AmazonWorld, sellerId, startAmazon } from './amazon-world.ts';
import { cancel, feedsOf, refund } from './feed-world.ts';

const id = '902-0000001-0000001';
const [first, second] = ['10000000000001', '10000000000002'] as const;
const ups = { carrier: 'UPS', trackingNumber: '1Z' };
type Json = Record<string, unknown>;

describe('what feeds do on the pretend Amazon', () => {
  let world: AmazonWorld;
  let feeds: ReturnType<typeof feedsOf>;
  const switchesAtFirst = new Map<string, string>();
  beforeAll(async () => {
    world = await startAmazon();
    feeds = feedsOf(world);
    for (const [name, value] of world.switches) switchesAtFirst.set(name, value);
  });
  beforeEach(() => {
    world.amazon.reset();
    world.faults.length = 0;
    for (const [name, value] of switchesAtFirst) world.switches.set(name, value);
    place();
  });
  afterAll(() => world.close());

  /** Two lines: 2 units for 20.00 and 1.65 tax with 5.00 shipping; 1 unit for 10.00 less 2.00. */
  const place = (more: Json = {}) =>
    world.amazon.placeOrders(sellerId, [
      amazonOrder(id, {
        orderItems: [
          amazonLine(first, { quantity: 2, item: '20.00', tax: '1.65', shipping: '5.00' }),
          amazonLine(second, { sku: 'SKU-2', item: '10.00', discount: '2.00' }),
        ],
        ...more,
      }),
    ]);
  const shown = () => {
    const found = world.amazon.show(sellerId, id);
    if (!found) throw new Error('The order is gone.');
    return found;
  };
  const status = () => (shown().order['fulfillment'] as { fulfillmentStatus: string }).fulfillmentStatus;
  const line = (position: number) => (shown().order['orderItems'] as Json[])[position] ?? {};
  const ship = (...items: { orderItemId: string; quantity: number }[]) =>
    world.amazon.ship(sellerId, id, items.length > 0 ? { items, ...ups } : ups);

  it('CAN-4: a cancel is carried out by the merchant, with its reason', async () => {
    const { results } = await feeds.run('OrderAcknowledgement', cancel(id, [first, second], 'NoInventory'));
    expect([results, status()]).toEqual([[], 'CANCELLED']);
    expect(line(0)['cancellation']).toEqual({
      cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NoInventory' },
    });
    expect(shown().cancellations).toMatchObject([
      {
        by: 'MERCHANT',
        items: [
          { orderItemId: first, quantity: 2 },
          { orderItemId: second, quantity: 1 },
        ],
      },
    ]);
    expect(shown().refunds).toEqual([]);
  });

  it("CAN-4: a cancel that the buyer asked for goes by the buyer's own reason", async () => {
    world.amazon.requestCancel(sellerId, id, { reason: 'Ordered by mistake' });
    await feeds.run('OrderAcknowledgement', cancel(id, [first, second]));
    expect(line(1)['cancellation']).toMatchObject({
      cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'Ordered by mistake' },
    });
  });

  const quantity = (units: number) =>
    cancel(id, [first, second]).replace('</CancelReason>', `</CancelReason><Quantity>${units}</Quantity>`);
  const refusals: readonly (readonly [string, () => void, () => string, readonly string[]])[] = [
    ['an order that is not there', () => undefined, () => cancel('902-0000001-0000009', [first]), ['18028']],
    ['what is shipped', () => void ship(), () => cancel(id, [first, second]), ['18021', '18021']],
    [
      'what is shipped in part',
      () => void ship({ orderItemId: first, quantity: 1 }),
      () => cancel(id, [first, second]),
      ['18021'],
    ],
    [
      'what is cancelled already',
      () => void world.amazon.cancel(sellerId, id, { by: 'BUYER' }),
      () => cancel(id, [first, second]),
      ['18021', '18021'],
    ],
    [
      'a pending order',
      () => void place({ fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' } }),
      () => cancel(id, [first, second]),
      ['18028'],
    ],
    [
      'an order that Amazon fulfils',
      () => void place({ fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'AMAZON' } }),
      () => cancel(id, [first, second]),
      ['18028'],
    ],
    ['a missing line', () => undefined, () => cancel(id, [first]), ['18028']],
    ['no line at all', () => undefined, () => cancel(id, []), ['18028']],
    [
      'a line of another order',
      () => undefined,
      () => cancel(id, [first, second, '10000000000009']),
      ['18028'],
    ],
    ['a line twice', () => undefined, () => cancel(id, [first, second, second]), ['18028']],
    [
      'a missing reason',
      () => undefined,
      () => cancel(id, [first, second]).replace(/<CancelReason>\w+<\/CancelReason>/, ''),
      ['18028'],
    ],
    ['more units than are open', () => undefined, () => quantity(3), ['18021']],
    ['fewer units than are open', () => undefined, () => quantity(1), ['18028']],
  ];
  it.each(refusals)('CAN-13: a cancel is refused for %s', async (_what, prepare, body, codes) => {
    prepare();
    const before = shown();
    const { results } = await feeds.run('OrderAcknowledgement', body());
    expect(results).toEqual(codes.map((code) => ['1', 'Error', code]));
    const after = shown();
    expect([after.order, after.cancellations]).toEqual([before.order, before.cancellations]);
  });

  it.each([
    ['no-effect', 'UNSHIPPED', 2],
    ['whole-order', 'CANCELLED', 0],
    ['listed-lines', 'UNSHIPPED', 1],
  ])('a cancel that does not list everything: %s', async (position, now, open) => {
    world.switches.set('amazon.partial-acknowledgement', position);
    const body = cancel(id, [first]).replace('</CancelReason>', '</CancelReason><Quantity>1</Quantity>');
    expect((await feeds.run('OrderAcknowledgement', body)).results).toEqual([]);
    expect(status()).toBe(now);
    expect(line(0)['fulfillment']).toMatchObject({ quantityUnfulfilled: open });
  });

  it('CAN-4: a cancel after a part is shipped gives everything back, where that is switched on', async () => {
    world.switches.set('amazon.cancel-after-shipping', 'refunds-order');
    ship({ orderItemId: first, quantity: 1 });
    expect((await feeds.run('OrderAcknowledgement', cancel(id, [first, second]))).results).toEqual([]);
    expect(shown().refunds).toMatchObject([{ by: 'feed', total: { amount: '34.65', currencyCode: 'USD' } }]);
    expect(shown().cancellations).toHaveLength(1);
  });

  it("takes the seller's own number of an order, and goes by it", async () => {
    const body = `<AmazonOrderID>${id}</AmazonOrderID><MerchantOrderID>#1001</MerchantOrderID><StatusCode>Success</StatusCode>`;
    await feeds.run('OrderAcknowledgement', body);
    expect(shown().order['orderAliases']).toEqual([{ aliasId: '#1001', aliasType: 'SELLER_ORDER_ID' }]);
    ship();
    const byOwn = refund(id, { [first]: { Principal: '1.00' } }).replace(
      /<AmazonOrderID>.*<\/AmazonOrderID>/,
      '<MerchantOrderID>#1001</MerchantOrderID>',
    );
    expect((await feeds.run('OrderAdjustment', byOwn)).results).toEqual([]);
    expect(shown().refunds).toHaveLength(1);
  });

  it('REF-1: a refund goes back by line and component', async () => {
    ship();
    const body = refund(id, {
      [first]: { Principal: '20.00', Tax: '1.65', Shipping: '4.50' },
      [second]: { Principal: '3.00' },
    }).replace(
      '<AdjustmentReason>',
      '<MerchantAdjustmentItemID>adj-1</MerchantAdjustmentItemID><AdjustmentReason>',
    );
    expect((await feeds.run('OrderAdjustment', body)).results).toEqual([]);
    expect(shown().refunds).toMatchObject([
      {
        by: 'feed',
        reason: 'CustomerCancel',
        items: [
          {
            orderItemId: first,
            merchantAdjustmentItemId: 'adj-1',
            components: { Principal: '20.00', Tax: '1.65', Shipping: '4.50' },
          },
          { orderItemId: second, components: { Principal: '3.00' } },
        ],
        total: { amount: '29.15', currencyCode: 'USD' },
      },
    ]);
    expect(status()).toBe('SHIPPED');
  });

  const promotion =
    '<PromotionAdjustments><Component><Type>Principal</Type><Amount currency="USD">2.00</Amount></Component></PromotionAdjustments>';
  const refundCases: readonly (readonly [string, string, readonly string[]])[] = [
    ['all of a component', refund(id, { [first]: { Principal: '20.00' } }), []],
    ['more than was paid', refund(id, { [first]: { Principal: '20.01' } }), ['18028']],
    ['what was given off', refund(id, { [second]: { Principal: '10.00' } }), ['18028']],
    [
      'the price less its promotion',
      refund(id, { [second]: { Principal: '10.00' } }, { more: promotion }),
      [],
    ],
    ['a component that holds nothing', refund(id, { [second]: { Tax: '0.01' } }), ['18028']],
    ['goodwill on top', refund(id, { [second]: { Principal: '8.00', Goodwill: '2.00' } }), []],
    ['less a restocking fee', refund(id, { [second]: { Principal: '8.00', RestockingFee: '-1.00' } }), []],
    ['a charge to the buyer', refund(id, { [second]: { RestockingFee: '-1.00' } }), ['18028']],
    ['nothing', refund(id, { [second]: { Principal: '0.00' } }), ['18028']],
    ['another currency', refund(id, { [first]: { Principal: '1.00' } }, { currency: 'EUR' }), ['18028']],
    [
      'two wrong lines',
      refund(id, { [first]: { Tax: '9.00' }, [second]: { Tax: '9.00' } }),
      ['18028', '18028'],
    ],
    [
      'the action Cancel',
      refund(id, { [first]: { Principal: '1.00' } }, { action: '<ActionType>Cancel</ActionType>' }),
      ['18028'],
    ],
    ['an unknown line', refund(id, { '10000000000009': { Principal: '1.00' } }), ['18028']],
  ];
  it.each(refundCases)('REF-1: a refund of %s', async (_what, body, codes) => {
    ship();
    const { results } = await feeds.run('OrderAdjustment', body);
    expect(results).toEqual(codes.map((code) => ['1', 'Error', code]));
    expect(shown().refunds).toHaveLength(codes.length === 0 ? 1 : 0);
  });

  it('REF-2: a refund is refused before anything is shipped', async () => {
    const { results } = await feeds.run('OrderAdjustment', refund(id, { [first]: { Principal: '1.00' } }));
    expect(results).toEqual([['1', 'Error', '18028']]);
  });

  it('REF-3: the same refund twice is two refunds, as far as the balance goes', async () => {
    ship();
    const half = refund(id, { [first]: { Principal: '10.00' } });
    expect((await feeds.run('OrderAdjustment', half, half, half)).results).toEqual([['3', 'Error', '18028']]);
    expect(shown().refunds).toHaveLength(2);
  });

  it('REF-1: Japan knows no tax of its own', async () => {
    const jp = { channelName: 'AMAZON', marketplaceId: 'A1VC38T7YXB528', marketplaceName: 'Amazon.co.jp' };
    place({
      salesChannel: jp,
      proceeds: { grandTotal: { amount: '1100', currencyCode: 'JPY' } },
      orderItems: [amazonLine(first, { item: '1000', tax: '100', currency: 'JPY' })],
    });
    ship();
    const currency = 'JPY';
    const split = refund(id, { [first]: { Principal: '1000', Tax: '100' } }, { currency });
    expect((await feeds.run('OrderAdjustment', split)).results).toEqual([['1', 'Error', '18028']]);
    const all = refund(id, { [first]: { Principal: '1100' } }, { currency });
    expect((await feeds.run('OrderAdjustment', all)).results).toEqual([]);
  });

  it('CAN-15: units are cancelled by an adjustment once the rest is shipped', async () => {
    const more = '<QuantityCancelled>1</QuantityCancelled>';
    const body = refund(id, { [first]: { Principal: '10.00' } }, { more });
    const run = async () => (await feeds.run('OrderAdjustment', body)).results.map(([, , code]) => code);
    expect(await run()).toEqual(['18028']);
    ship({ orderItemId: first, quantity: 1 });
    expect(await run()).toEqual(['18028']);
    ship({ orderItemId: second, quantity: 1 });
    expect(await run()).toEqual([]);
    expect(status()).toBe('SHIPPED');
    expect(line(0)['fulfillment']).toMatchObject({ quantityFulfilled: 1, quantityUnfulfilled: 0 });
    expect(shown().cancellations).toMatchObject([
      { by: 'MERCHANT', items: [{ orderItemId: first, quantity: 1 }] },
    ]);
    expect(shown().refunds).toMatchObject([{ total: { amount: '10.00' } }]);
    expect(await run()).toEqual(['18021']);
  });

  const parcel = (items: string, { carrier = '<CarrierCode>DHL</CarrierCode>', reference = '' } = {}) =>
    `<AmazonOrderID>${id}</AmazonOrderID>${reference}<FulfillmentDate>2026-11-21T12:00:00Z</FulfillmentDate><FulfillmentData>${carrier}<ShipperTrackingNumber>0034</ShipperTrackingNumber></FulfillmentData>${items}`;
  const item = (line_: string, units: number) =>
    `<Item><AmazonOrderItemCode>${line_}</AmazonOrderItemCode><Quantity>${units}</Quantity></Item>`;
  it.each([
    ['all without items', parcel(''), [], 'SHIPPED'],
    ['some units', parcel(item(first, 1)), [], 'PARTIALLY_SHIPPED'],
    ['another carrier by name', parcel('', { carrier: '<CarrierName>Bob</CarrierName>' }), [], 'SHIPPED'],
    ['too many units', parcel(item(first, 3)), ['18021'], 'UNSHIPPED'],
    ['an unknown line', parcel(item('10000000000009', 1)), ['18028'], 'UNSHIPPED'],
    [
      'a carrier that is none',
      parcel('', { carrier: '<CarrierCode>Bob</CarrierCode>' }),
      ['18028'],
      'UNSHIPPED',
    ],
  ])('FUL-1: a shipment feed ships %s', async (_what, body, codes, now) => {
    const { results } = await feeds.run('OrderFulfillment', body);
    expect(results.map(([, , code]) => code)).toEqual(codes);
    expect(status()).toBe(now);
    expect(shown().shipments).toHaveLength(codes.length === 0 ? 1 : 0);
  });

  it('FUL-2: a shipment feed with the same reference changes the parcel', async () => {
    const reference = '<MerchantFulfillmentID>7</MerchantFulfillmentID>';
    await feeds.run('OrderFulfillment', parcel(item(first, 2), { reference }));
    await feeds.run('OrderFulfillment', parcel(item(first, 1), { reference }));
    expect(shown().shipments).toMatchObject([
      { packageReferenceId: '7', carrier: 'DHL', items: [{ orderItemId: first, quantity: 1 }] },
    ]);
  });
});

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { type AmazonWorld, sellerId, startAmazon } from './amazon-world.ts';
import { feedsOf, modelOf, refund } from './feed-world.ts';

const id = '902-0000001-0000001';
const [first, second] = ['10000000000001', '10000000000002'] as const;
const path = '/finances/2024-06-19/transactions';
const hour = 3_600_000;
const shared = '../shared/amazon';
interface Transaction {
  readonly transactionType: string;
  readonly totalAmount: { readonly currencyAmount: number };
  readonly items: readonly {
    readonly breakdowns: readonly {
      readonly breakdownType: string;
      readonly breakdownAmount: { readonly currencyAmount: number };
    }[];
  }[];
}

describe('money on the pretend Amazon', () => {
  let world: AmazonWorld;
  const switchesAtFirst = new Map<string, string>();
  beforeAll(async () => {
    world = await startAmazon();
    for (const [name, value] of world.switches) switchesAtFirst.set(name, value);
  });
  beforeEach(() => {
    world.amazon.reset();
    world.amazon.setAuthorisation(sellerId, { state: 'granted' });
    for (const [name, value] of switchesAtFirst) world.switches.set(name, value);
    world.amazon.placeOrders(sellerId, [
      amazonOrder(id, {
        fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
        orderItems: [
          amazonLine(first, { quantity: 3, item: '10.00', tax: '0.80', shipping: '5.00' }),
          amazonLine(second, { sku: 'SKU-2', item: '20.00' }),
        ],
      }),
    ]);
  });
  afterAll(() => world.close());

  const ship = (...items: { orderItemId: string; quantity: number }[]) =>
    world.amazon.ship(sellerId, id, {
      ...(items.length > 0 ? { items } : {}),
      carrier: 'UPS',
      trackingNumber: '1Z',
    });
  const shown = () => world.amazon.show(sellerId, id);
  const list = async (query: Record<string, string> = {}) => {
    const byOrder = { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: id };
    const { status, body } = await world.get(path, Object.keys(query).length === 0 ? byOrder : query);
    const { payload } = body as { payload?: { transactions: Transaction[]; nextToken?: string } };
    return { status, body, found: payload?.transactions ?? [], nextToken: payload?.nextToken };
  };
  const types = async () => (await list()).found.map(({ transactionType }) => transactionType);
  const charges = ({ items }: Transaction) =>
    items
      .flatMap(({ breakdowns }) => breakdowns)
      .filter(({ breakdownType }) => breakdownType !== 'AmazonFees')
      .reduce((sum, { breakdownAmount }) => sum + breakdownAmount.currencyAmount, 0);

  it('REF-3: shows what moved 48 hours later, and not before', async () => {
    ship();
    world.amazon.refund(sellerId, id, { items: [{ orderItemId: first, principal: 4 }] });
    world.now += 48 * hour - 1000;
    expect(await types()).toEqual([]);
    world.now += 1000;
    expect(await types()).toEqual(['Shipment', 'Refund']);
  });

  it.each([
    ['6h', 6],
    ['none', 0],
  ])('shows it after %s where that is switched on', async (lag, hours) => {
    world.switches.set('amazon.finance-lag', lag);
    ship();
    world.now += hours * hour;
    expect(await types()).toEqual(['Shipment']);
  });

  it('charges for each parcel its share, and for all of them all', async () => {
    world.switches.set('amazon.finance-lag', 'none');
    for (let n = 0; n < 3; n += 1) ship({ orderItemId: first, quantity: 1 });
    const parts = (await list()).found.map(charges);
    expect(parts).toHaveLength(3);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(15.8, 9);
  });

  it('has nothing of an order that was cancelled before it was shipped', async () => {
    world.switches.set('amazon.finance-lag', 'none');
    world.amazon.cancel(sellerId, id, { by: 'MERCHANT' });
    expect(await types()).toEqual([]);
  });

  it('REF-4: shows a refund by line, with the fee that comes back', async () => {
    world.switches.set('amazon.finance-lag', 'none');
    ship();
    const items = [
      { orderItemId: first, principal: 4, tax: '0.32', shipping: 5 },
      { orderItemId: second, principal: '20.00' },
    ];
    expect(world.amazon.refund(sellerId, id, { items })).toMatchObject({ ok: true });
    expect(shown()?.refunds).toMatchObject([
      { by: 'seller-central', total: { amount: '29.32' }, items: [{ components: { Tax: '0.32' } }, {}] },
    ]);
    const made = (await list()).found[1];
    expect(made).toMatchObject({
      transactionType: 'Refund',
      description: 'Refund Order',
      totalAmount: { currencyAmount: -25.72, currencyCode: 'USD' },
      items: [
        { contexts: [{ sku: 'SKU-1' }], totalAmount: { currencyAmount: -8.72 } },
        { contexts: [{ sku: 'SKU-2' }], totalAmount: { currencyAmount: -17 } },
      ],
    });
    expect(charges(made as Transaction)).toBeCloseTo(-29.32, 9);
  });

  it.each([
    ['nothing is shipped', false, { orderItemId: first, principal: 1 }],
    ['more than was paid', true, { orderItemId: first, principal: 10.01 }],
    ['finer than the currency', true, { orderItemId: first, principal: '1.001' }],
    ['another line', true, { orderItemId: '10000000000009', principal: 1 }],
    ['nothing', true, { orderItemId: first, principal: 0 }],
  ])('REF-3: Seller Central gives nothing back: %s', (_what, shipped, item) => {
    if (shipped) ship();
    expect(world.amazon.refund(sellerId, id, { items: [item] })).toMatchObject({ ok: false, status: 409 });
    expect(shown()?.refunds).toEqual([]);
  });

  it.each([
    ['A_TO_Z', 'a-to-z', 'GuaranteeClaim'],
    ['a-to-z', 'a-to-z', 'GuaranteeClaim'],
    ['chargeback', 'chargeback', 'Chargeback'],
    ['RETURN_REFUND', 'return', 'Refund'],
  ])('REF-3: a claim %s takes from what is left', async (kind, by, type) => {
    world.switches.set('amazon.finance-lag', 'none');
    expect(world.amazon.claim(sellerId, id, { kind, amount: 1 })).toMatchObject({ status: 409 });
    ship();
    expect(world.amazon.claim(sellerId, id, { kind, amount: '12.00' })).toMatchObject({ ok: true });
    const amount = { amount: '23.80', currencyCode: 'USD' };
    expect(world.amazon.claim(sellerId, id, { kind, amount })).toMatchObject({ ok: true });
    expect(world.amazon.claim(sellerId, id, { kind, amount: 0.01 })).toMatchObject({ status: 409 });
    expect(shown()?.refunds).toMatchObject([{ by, total: { amount: '12.00' } }, { total: amount }]);
    expect(await types()).toEqual(['Shipment', type, type]);
    expect(world.amazon.claim(sellerId, id, { kind: 'wish', amount: 1 })).toMatchObject({ status: 400 });
  });

  it.each(['no', 'yes'])('a refund changes the time of the order: %s', (position) => {
    world.switches.set('amazon.update-on-refund', position);
    ship();
    const before = shown()?.order['lastUpdatedTime'];
    world.now += hour;
    world.amazon.refund(sellerId, id, { items: [{ orderItemId: first, principal: 1 }] });
    expect(shown()?.order['lastUpdatedTime'] === before).toBe(position === 'no');
  });

  it('is asked for by time, page by page, with the same arguments', async () => {
    world.switches.set('amazon.finance-lag', 'none');
    const from = new Date(world.now - hour).toISOString();
    const ids = Array.from({ length: 101 }, (_, i) => `902-0000002-${String(i).padStart(7, '0')}`);
    world.amazon.placeOrders(
      sellerId,
      ids.map((one) => amazonOrder(one)),
    );
    for (const one of ids) world.amazon.ship(sellerId, one, { carrier: 'UPS', trackingNumber: '1Z' });
    world.now += 1;
    expect((await list({ postedAfter: from })).found).toEqual([]);
    world.now += 120_000;
    const page = await list({ postedAfter: from });
    expect(page.found).toHaveLength(100);
    const next = await list({ postedAfter: from, nextToken: page.nextToken ?? '' });
    expect([next.found.length, next.nextToken]).toEqual([1, undefined]);
    expect((await list({ postedAfter: from, marketplaceId: 'ATVPDKIKX0DER' })).found).toEqual([]);
    expect((await list({ postedAfter: from, transactionStatus: 'DEFERRED' })).found).toEqual([]);
    const old = new Date(world.now - 181 * 24 * hour).toISOString();
    expect((await list({ postedAfter: old })).found).toEqual([]);
    const earlier = new Date(world.now - 2 * hour).toISOString();
    expect((await list({ postedAfter: earlier, nextToken: page.nextToken ?? '' })).status).toBe(400);
  });

  it.each([
    ['no date and no order', {}],
    ['a date of now', { postedAfter: '2026-11-21T12:00:00Z' }],
    ['half of an order', { relatedIdentifierName: 'ORDER_ID' }],
    ['another name', { relatedIdentifierName: 'SKU', relatedIdentifierValue: 'x' }],
    ['a token that is none', { postedAfter: '2026-11-01T00:00:00Z', nextToken: 'abc' }],
  ])('refuses %s', async (_what, query) => {
    world.now = Math.max(world.now, Date.parse('2026-11-21T12:00:00Z'));
    const soon = 'postedAfter' in query && query.postedAfter.startsWith('2026-11-21');
    const asked = soon ? { postedAfter: new Date(world.now - 60_000).toISOString() } : query;
    const { status, body } = await list({ ...asked, transactionStatus: 'RELEASED' });
    expect([status, body.errors?.[0]?.code]).toEqual([400, 'InvalidInput']);
  });

  it('PRO-5: needs its role', async () => {
    const missingRoles = ['Finance and Accounting'];
    world.amazon.setAuthorisation(sellerId, { state: 'granted', missingRoles });
    expect((await list()).status).toBe(403);
  });

  it.skipIf(!existsSync(shared)).each(['live', 'model'])(
    "answers as Amazon's model says (%s)",
    async (names) => {
      world.switches.set('amazon.finance-lag', 'none');
      world.switches.set('amazon.breakdown-names', names);
      const errors = modelOf(`${shared}/models/finances_2024-06-19.json`);
      ship();
      await feedsOf(world).run('OrderAdjustment', refund(id, { [first]: { Principal: '1.00' } }));
      world.amazon.claim(sellerId, id, { kind: 'chargeback', amount: 2 });
      const { body, found } = await list();
      expect(found.map(({ transactionType }) => transactionType)).toEqual([
        'Shipment',
        'Refund',
        'Chargeback',
      ]);
      expect(errors('ListTransactionsResponse', body)).toEqual([]);
    },
  );
});

describe('what Amazon does by itself', () => {
  let world: AmazonWorld;
  beforeAll(async () => {
    world = await startAmazon();
  });
  afterAll(() => world.close());

  it('FUL-7: cancels 7 days after the latest ship date what is not shipped, unless that is switched off', () => {
    const dated = (orderId: string, latest: number) =>
      amazonOrder(orderId, {
        fulfillment: {
          fulfillmentStatus: 'UNSHIPPED',
          fulfilledBy: 'MERCHANT',
          shipByWindow: { latestDateTime: new Date(latest).toISOString() },
        },
      });
    const day = 24 * hour;
    const ids = [1, 2, 3].map((n) => `902-0000003-000000${n}`);
    const [open = '', shipped = '', old = ''] = ids;
    const status = (orderId: string) =>
      (world.amazon.show(sellerId, orderId)?.order['fulfillment'] as { fulfillmentStatus: string })
        .fulfillmentStatus;
    world.amazon.placeOrders(sellerId, [
      dated(open, world.now + day),
      dated(shipped, world.now + day),
      dated(old, world.now - 30 * day),
    ]);
    world.amazon.ship(sellerId, shipped, { carrier: 'UPS', trackingNumber: '1Z' });
    world.now += 8 * day - 1000;
    expect(ids.map(status)).toEqual(['UNSHIPPED', 'SHIPPED', 'UNSHIPPED']);
    world.now += 1000;
    expect(ids.map(status)).toEqual(['CANCELLED', 'SHIPPED', 'UNSHIPPED']);
    expect(world.amazon.show(sellerId, open)?.cancellations).toMatchObject([{ by: 'AMAZON' }]);
    world.switches.set('amazon.automatic-cancel', 'off');
    world.amazon.placeOrders(sellerId, [dated(open, world.now)]);
    world.now += 8 * day;
    expect(status(open)).toBe('UNSHIPPED');
  });
});

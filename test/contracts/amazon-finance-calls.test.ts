import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MovePage, MoveWindow } from '../../app/amazon/finances.ts';
import type { Result } from '../../app/domain/failure.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { setClock } from '../../app/lib/clock.ts';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { startAdapter, type AdapterWorld } from './adapter-world.ts';
import { sellerId } from './amazon-world.ts';

const id = amazonOrderId('902-0000001-0000001');
const [first, second] = ['10000000000001', '10000000000002'] as const;
const minute = 60_000;
const hour = 60 * minute;

describe('listTransactions of the adapter', () => {
  let setup: AdapterWorld;
  beforeEach(async () => {
    setup = await startAdapter();
    setup.world.switches.set('amazon.finance-lag', 'none');
    place(id);
  });
  afterEach(() => setup.close());

  const place = (order: string) => {
    const line = { quantity: 3, item: '10.00', tax: '0.80', shipping: '5.00' };
    const items = [amazonLine(first, line), amazonLine(second, { sku: 'SKU-2', item: '20.00' })];
    setup.world.amazon.placeOrders(sellerId, [amazonOrder(order, { orderItems: items })]);
  };
  const ship = (order: string = id) =>
    setup.world.amazon.ship(sellerId, order, { carrier: 'UPS', trackingNumber: '1Z' });
  const refund = (...items: { orderItemId: string; principal: string; tax?: string; shipping?: string }[]) =>
    setup.world.amazon.refund(sellerId, id, { items });
  const pass = (ms: number) => {
    setup.world.now += ms;
    setClock(setup.world.now);
  };
  const value = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(result.failure.sentence);
    return result.value;
  };
  const list = async (window: Partial<MoveWindow> = {}): Promise<MovePage> => {
    const whole = { after: setup.world.now - 24 * hour, before: null, pageToken: null, ...window };
    return value(await setup.client.listMoves(whole));
  };

  it.each(['live', 'model'])('REF-4: reads a refund by line and component (%s names)', async (names) => {
    setup.world.switches.set('amazon.breakdown-names', names);
    ship();
    pass(hour);
    const postedAt = setup.world.now;
    refund(
      { orderItemId: first, principal: '4.00', tax: '0.32', shipping: '5.00' },
      { orderItemId: second, principal: '20.00' },
    );
    pass(3 * minute);
    const { moves, postings, next, skipped, until } = await list();
    expect(moves).toMatchObject([
      { amazonOrderId: id, kind: 'refund', postedAt, currency: 'USD', amount: 2932 },
    ]);
    expect(moves[0]?.items).toEqual([
      { sku: 'SKU-1', components: { principal: 400, tax: 32, shipping: 500 } },
      { sku: 'SKU-2', components: { principal: 2000 } },
    ]);
    expect([next, skipped]).toEqual([null, 0]);
    expect(setup.world.now - until).toBeGreaterThan(2 * minute);
    expect(setup.world.now - until).toBeLessThan(3 * minute);
    // What Amazon took for the sale, and gave back of it with the refund.
    expect(postings.map(({ fees }) => fees)).toEqual([-450, 360]);
    expect(value(await setup.client.listMovesOfOrder(id))).toEqual({ moves, postings, skipped: 0 });
  });

  it('REF-3: counts claims and chargebacks', async () => {
    ship();
    setup.world.amazon.claim(sellerId, id, { kind: 'a-to-z', amount: '3.00' });
    setup.world.amazon.claim(sellerId, id, { kind: 'chargeback', amount: '2.00' });
    pass(3 * minute);
    const { moves } = await list();
    expect(moves.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['claim', 300],
      ['chargeback', 200],
    ]);
  });

  it('REF-4: yen have no decimals, and no tax of their own', async () => {
    const yen = (amount: string) => ({ amount, currencyCode: 'JPY' });
    const orderItems = [
      {
        orderItemId: first,
        quantityOrdered: 1,
        product: { title: 'Invented', sellerSku: 'SKU-1', price: { unitPrice: yen('3490') } },
        proceeds: {
          proceedsTotal: yen('3490'),
          breakdowns: [{ type: 'ITEM', subtotal: yen('3490') }],
        },
        fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 1 },
      },
    ];
    const salesChannel = { marketplaceId: 'A1VC38T7YXB528', marketplaceName: 'Amazon.co.jp' };
    const proceeds = { grandTotal: yen('3490') };
    setup.world.amazon.placeOrders(sellerId, [amazonOrder(id, { salesChannel, proceeds, orderItems })]);
    ship();
    refund({ orderItemId: first, principal: '1200' });
    pass(3 * minute);
    expect((await list()).moves).toMatchObject([
      { currency: 'JPY', amount: 1200, items: [{ sku: 'SKU-1', components: { principal: 1200 } }] },
    ]);
  });

  it('REF-3: goes through all pages with the same arguments, however late', async () => {
    const ids = Array.from({ length: 130 }, (_, i) => `902-0000002-${String(i).padStart(7, '0')}`);
    for (const one of ids) {
      place(one);
      ship(one);
      setup.world.amazon.refund(sellerId, one, { items: [{ orderItemId: first, principal: 1 }] });
    }
    pass(3 * minute);
    const after = setup.world.now - hour;
    const pages = [await list({ after })];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
      pass(hour);
      pages.push(await list({ after, before: pages[0]?.until ?? null, pageToken: next }));
    }
    expect(pages).toHaveLength(3);
    const found = pages.flatMap(({ moves }) => moves);
    expect(new Set(found.map(({ amazonOrderId: one }) => one as string))).toEqual(new Set(ids));
    expect(new Set(found.map(({ transactionId }) => transactionId)).size).toBe(130);
    const asked = setup.requests.filter(({ pathname }) => pathname.includes('/finances/'));
    expect(asked.some(({ searchParams }) => searchParams.has('marketplaceId'))).toBe(false);
  });

  it('REF-3: a window that is too young is empty, and Amazon is not asked', async () => {
    const young = await list({ after: setup.world.now - minute });
    expect(young).toMatchObject({ moves: [], skipped: 0, next: null });
    expect(young.until).toBeLessThan(setup.world.now - 2 * minute);
    expect(setup.requests).toHaveLength(0);
  });

  it('PRO-4: tells a token that does not hold, and a role that is missing', async () => {
    pass(hour);
    const after = setup.world.now - hour;
    const wrong = { after, before: after + minute, pageToken: 'abc' };
    expect(await setup.client.listMoves(wrong)).toMatchObject({
      failure: { kind: 'final', code: 'page_token' },
    });
    const missingRoles = ['Finance and Accounting'];
    setup.world.amazon.setAuthorisation(sellerId, { state: 'granted', missingRoles });
    expect(await setup.client.listMoves({ ...wrong, pageToken: null })).toMatchObject({
      failure: { kind: 'final', code: 'data_refused' },
    });
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wantedData } from '../../app/amazon/included-data.ts';
import type { OrderPage, OrderSearch } from '../../app/amazon/orders.ts';
import type { Result } from '../../app/domain/failure.ts';
import { amazonOrderId } from '../../app/domain/ids.ts';
import { setClock } from '../../app/lib/clock.ts';
import { startAdapter, type AdapterWorld } from './adapter-world.ts';
import { plainOrder, sellerId } from './amazon-world.ts';

const idOf = (n: number) => amazonOrderId(`902-0000000-${String(n).padStart(7, '0')}`);
const first = idOf(1);

describe('the Amazon adapter before the pretend Amazon', () => {
  let setup: AdapterWorld;
  beforeEach(async () => {
    setup = await startAdapter();
  });
  afterEach(() => setup.close());

  const search = (changes: Partial<OrderSearch> = {}): OrderSearch => ({
    by: 'updated',
    after: setup.world.now - 86_400_000,
    before: null,
    marketplaceIds: [],
    pageToken: null,
    ...changes,
  });
  const place = (count: number) => {
    setup.world.amazon.placeOrders(
      sellerId,
      Array.from({ length: count }, (_, i) => plainOrder(idOf(i + 1))),
    );
    pass(600_000);
  };
  const pass = (ms: number) => {
    setup.world.now += ms;
    setClock(setup.world.now);
  };
  const value = (page: Result<OrderPage>): OrderPage => {
    if (!page.ok) throw new Error(page.failure.sentence);
    return page.value;
  };

  it('IMP-1: finds every order once, page by page, however much time passes between pages', async () => {
    place(250);
    const pages = [value(await setup.client.searchOrders(search({ before: setup.world.now })))];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
      pass(3_600_000);
      pages.push(value(await setup.client.searchOrders(next)));
    }
    expect(pages.map((page) => page.orders.length)).toEqual([100, 100, 50]);
    const ids = pages.flatMap((page) => page.orders.map((order) => order.id));
    expect(new Set(ids).size).toBe(250);
    expect(new Set(pages.map((page) => page.until)).size).toBe(1);
  });

  it('a page token that is a day old has a code of its own', async () => {
    place(101);
    const { next } = value(await setup.client.searchOrders(search()));
    pass(86_400_000);
    const page = next && (await setup.client.searchOrders(next));
    expect(page).toMatchObject({ failure: { kind: 'final', code: 'page_token' } });
  });

  it('is never refused for young bounds', async () => {
    place(1);
    const now = setup.world.now;
    for (const bounds of [{ before: now }, { after: now, before: now }, { after: now }]) {
      expect(await setup.client.searchOrders(search(bounds))).toMatchObject({ ok: true });
    }
  });

  it('REQ-1: sees a request, and knows nothing where the data was refused', async () => {
    place(1);
    setup.world.amazon.requestCancel(sellerId, first, { reason: 'By mistake' });
    const states = async () => {
      const reading = await setup.client.getOrder(first);
      if (!reading.ok || !reading.value.order.ok) throw new Error('It should be read.');
      return reading.value.order.order.lines.map((line) => line.request);
    };
    const asked = { state: 'asked', reason: 'By mistake' };
    expect(await states()).toEqual([asked, asked]);
    setup.world.faults.push({ service: 'amazon', match: {}, kind: 'refuse-data', value: 'CANCELLATION' });
    expect(await states()).toEqual([{ state: 'unknown' }, { state: 'unknown' }]);
    expect(await states()).toEqual([{ state: 'unknown' }, { state: 'unknown' }]);
    pass(3_660_000);
    expect(await states()).toEqual([asked, asked]);
  });

  it('renews a token that Amazon ended, by its own clock', async () => {
    place(1);
    expect(await setup.client.getOrder(first)).toMatchObject({ ok: true });
    setup.world.now += 3_600_000;
    expect(await setup.client.getOrder(first)).toMatchObject({ ok: true });
    expect(setup.requests.filter((url) => url.pathname === '/auth/o2/token')).toHaveLength(2);
  });

  it.each(['revoked', 'expired'] as const)(
    'PRO-4: a grant that is %s asks for the merchant',
    async (state) => {
      place(1);
      await setup.client.getOrder(first);
      setup.world.amazon.setAuthorisation(sellerId, { state });
      expect(await setup.client.getOrder(first)).toMatchObject({ failure: { kind: 'reconnect' } });
      setup.world.amazon.setAuthorisation(sellerId, { state: 'granted' });
      expect(await setup.client.getOrder(first)).toMatchObject({ ok: true });
    },
  );

  it('PRO-4: an order that is not there is final', async () => {
    expect(await setup.client.getOrder(first)).toMatchObject({
      failure: { kind: 'final', code: 'not_found' },
    });
  });

  it('PRO-5: a throttled call drains the bucket', async () => {
    place(1);
    setup.world.faults.push({ service: 'amazon', match: { operation: 'getOrder' }, kind: 'throttle' });
    expect(await setup.client.getOrder(first)).toMatchObject({
      failure: { kind: 'retry', code: 'throttled' },
    });
    expect(setup.drained).toEqual(['orders.getOrder']);
  });

  it.each([
    ['drop-request', {}, 'network'],
    ['drop-answer', {}, 'network'],
    ['error', { status: 503, code: 'html' }, 'service_error'],
    ['error', { status: 500 }, 'service_error'],
  ] as const)('PRO-4: %s %j is retry, and is not repeated here', async (kind, more, code) => {
    place(1);
    await setup.client.getOrder(first);
    const before = setup.requests.length;
    setup.world.faults.push({ service: 'amazon', match: { operation: 'getOrder' }, kind, ...more });
    expect(await setup.client.getOrder(first)).toMatchObject({ failure: { kind: 'retry', code } });
    expect(setup.requests.length).toBe(before + 1);
  });

  const model = '../shared/amazon/models/orders_2026-01-01.json';
  it.skipIf(!existsSync(model))("asks only what Amazon's model knows", async () => {
    place(101);
    const wish = search({
      by: 'created',
      before: setup.world.now,
      marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'],
    });
    const { next } = value(await setup.client.searchOrders(wish));
    if (next) await setup.client.searchOrders(next);
    await setup.client.searchOrders(search());
    await setup.client.getOrder(first);
    const { paths } = JSON.parse(readFileSync(model, 'utf8')) as {
      paths: Record<
        string,
        { get: { parameters: { name: string; in: string; items?: { enum?: string[] } }[] } }
      >;
    };
    const calls = setup.requests.filter((url) => url.pathname !== '/auth/o2/token');
    expect(calls).toHaveLength(4);
    for (const url of calls) {
      const path = url.pathname.endsWith(first) ? '/orders/2026-01-01/orders/{orderId}' : url.pathname;
      const known = new Map((paths[path]?.get.parameters ?? []).map((one) => [one.name, one]));
      for (const [name, text] of url.searchParams) {
        expect(known.get(name)?.in).toBe('query');
        const allowed = known.get(name)?.items?.enum;
        if (allowed) expect(allowed).toEqual(expect.arrayContaining(text.split(',')));
      }
      expect(url.searchParams.get('includedData')?.split(',')).toEqual(wantedData);
    }
  });
});

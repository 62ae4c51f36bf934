import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toDecimal } from '../domain/money.ts';
import { wantedData } from './included-data.ts';
import { getCall, readOrder, readPage, searchCall, settleSearch } from './orders.ts';
import type { OrderSearch } from './orders.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const search: OrderSearch = {
  by: 'updated',
  after: noon - 86_400_000,
  before: null,
  marketplaceIds: [],
  pageToken: null,
};
const good = {
  orderId: '1',
  createdTime: '2026-11-19T10:11:12Z',
  lastUpdatedTime: '2026-11-20T09:00:00Z',
  orderItems: [],
};

describe('searchCall', () => {
  it('asks by update time, up to where Amazon is complete', () => {
    expect(searchCall(search, ['FULFILLMENT']).query).toEqual({
      lastUpdatedAfter: '2026-11-20T12:00:00.000Z',
      maxResultsPerPage: 100,
      includedData: ['FULFILLMENT'],
    });
  });

  it('IMP-2: asks by creation time within bounds and marketplaces, without mixing the families', () => {
    const wish: OrderSearch = {
      ...search,
      by: 'created',
      before: noon - 3_600_000,
      marketplaceIds: ['ATVPDKIKX0DER'],
    };
    expect(searchCall(settleSearch(wish, noon), []).query).toMatchObject({
      createdAfter: '2026-11-20T12:00:00.000Z',
      createdBefore: '2026-11-21T11:00:00.000Z',
      marketplaceIds: ['ATVPDKIKX0DER'],
    });
  });

  it('never asks up to a time younger than two and a half minutes, nor before its start', () => {
    expect(settleSearch({ ...search, before: noon }, noon).before).toBe(noon - 150_000);
    expect(settleSearch({ ...search, after: noon - 60_000, before: noon }, noon)).toMatchObject({
      after: noon - 150_000,
      before: noon - 150_000,
    });
    expect(settleSearch({ ...search, before: 0 }, noon).before).toBe(search.after);
  });

  it('asks for a further page with the very same parameters, however late', () => {
    const first = settleSearch({ ...search, before: noon }, noon);
    const page = readPage({ orders: [], pagination: { nextToken: 't' } }, first, [], noon);
    const next = page.ok ? page.value.next : null;
    if (!next) throw new Error('There should be a next page.');
    const later = settleSearch(JSON.parse(JSON.stringify(next)) as OrderSearch, noon + 3_600_000);
    expect(searchCall(later, []).query).toEqual({ ...searchCall(first, []).query, paginationToken: 't' });
  });
});

describe('readPage', () => {
  const read = (body: unknown, wish = search) => readPage(body, wish, wantedData, 7);

  it('IMP-1: a broken order costs none of the others', () => {
    const bad = { ...good, orderId: '2', orderItems: [{ quantityOrdered: 1 }] };
    const page = read({
      orders: [good, bad, null, { ...good, orderId: '3' }],
      lastUpdatedBefore: '2026-11-21T11:58:00Z',
    });
    expect(page).toMatchObject({
      ok: true,
      value: {
        orders: [{ id: '1' }, { id: '3' }],
        rejected: [
          { orderId: '2', field: 'orderItems[0].orderItemId' },
          { orderId: null, field: 'order' },
        ],
        nextToken: null,
        next: null,
        startedAt: 7,
      },
    });
  });

  it.each([
    [{ orders: [], lastUpdatedBefore: '2026-11-21T11:58:00Z' }, search, noon - 120_000],
    [
      { orders: [], createdBefore: '2026-11-21T11:58:00Z' },
      { ...search, by: 'created' as const },
      noon - 120_000,
    ],
    [{ orders: [] }, { ...search, before: noon - 5 }, noon - 5],
    [{ orders: [], lastUpdatedBefore: 'soon' }, search, search.after],
  ])('is complete up to where Amazon says, never up to the own clock: %j', (body, wish, until) => {
    expect(read(body, wish)).toMatchObject({ ok: true, value: { until } });
  });

  it.each([[{}], [{ orders: 'none' }], [[]], [{ orders: [], pagination: { nextToken: 7 } }]])(
    'PRO-4: an answer of another shape is tried again: %j',
    (body) => {
      expect(read(body)).toMatchObject({ ok: false, failure: { kind: 'retry', code: 'bad_answer' } });
    },
  );

  it('an empty token is none', () => {
    expect(read({ orders: [], pagination: { nextToken: '' } })).toMatchObject({ value: { next: null } });
  });
});

describe('one order', () => {
  it('is asked for by its id', () => {
    expect(getCall('902-1', ['TAX'])).toMatchObject({
      path: { orderId: '902-1' },
      query: { includedData: ['TAX'] },
    });
  });

  it('is read or rejected, and an answer without one is tried again', () => {
    expect(readOrder({ order: good }, [], 7)).toMatchObject({ value: { startedAt: 7, order: { ok: true } } });
    expect(readOrder({ order: {} }, [], 7)).toMatchObject({
      value: { order: { ok: false, field: 'orderId' } },
    });
    expect(readOrder({}, [], 7)).toMatchObject({ failure: { kind: 'retry', code: 'bad_answer' } });
  });
});

const cases = '../shared/amazon/sandbox-cases';
const samples = '../shared/amazon/samples/orders-api';

describe.skipIf(!existsSync(cases) || !existsSync(samples))("IMP-1, IMP-3: Amazon's published cases", () => {
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as unknown;
  const answers = (operation: string) =>
    (
      json(`${cases}/orders_2026-01-01.${operation}.200.json`) as { static: { response: unknown }[] }
    ).static.map((one) => one.response);
  const pages = () => [...answers('searchOrders'), json(`${samples}/searchOrders-2026.invented.json`)];
  const singles = () => [
    ...answers('getOrder'),
    json(`${samples}/getOrder-2026-cancel-requested.invented.json`),
  ];
  const orders = () => [
    ...pages().flatMap((body) => {
      const page = readPage(body, search, wantedData, 0);
      if (!page.ok || page.value.rejected.length > 0) throw new Error(JSON.stringify(page));
      return page.value.orders;
    }),
    ...singles().map((body) => {
      const reading = readOrder(body, wantedData, 0);
      if (!reading.ok || !reading.value.order.ok) throw new Error(JSON.stringify(reading));
      return reading.value.order.order;
    }),
  ];

  it('are all taken in, and nothing is odd but that the invented ones have no address', () => {
    expect(orders()).toHaveLength(10);
    const odd = orders().filter((order) => order.oddities.length > 0);
    expect(odd.map((order) => [order.id, order.oddities])).toEqual([
      ['902-0000001-0000001', [{ field: 'recipient', what: 'absent' }]],
      ['902-0000001-0000001', [{ field: 'recipient', what: 'absent' }]],
    ]);
  });

  it("have lines whose parts add up to Amazon's own totals", () => {
    for (const order of orders()) {
      const parts = order.lines.flatMap(({ proceeds }) =>
        proceeds ? [proceeds.item, proceeds.shipping, ...Object.values(proceeds.tax)] : [],
      );
      const added = parts.reduce((sum, money) => sum + money.amount, 0);
      expect([order.id, added]).toEqual([order.id, order.total?.amount]);
      expect(order.total && toDecimal(order.total)).toMatch(
        order.total?.currency === 'JPY' ? /^\d+$/ : /^\d+\.\d\d$/,
      );
    }
  });
});

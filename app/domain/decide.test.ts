import { describe, expect, it } from 'vitest';
import { answered } from '../../test/samples/shipments.ts';
import { foundOrder, lineOf, money, orderId, orderOf } from '../../test/samples/orders.ts';
import {
  amazonShows,
  createCommand,
  sampleNow,
  shopifyShows,
  situationOf,
  toOwn,
} from '../../test/samples/situations.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { createOrderKey, type CommandState } from './command.ts';
import { backOff } from './back-off.ts';
import { decide, type Situation } from './decide.ts';

const of = (changes: Partial<Situation> = {}) => decide(situationOf(changes));
const forOrder = (order: Partial<AmazonOrder>, changes: Partial<Situation> = {}) =>
  of({ amazon: amazonShows(order), ...changes });
const inState = (state: CommandState, changes: Parameters<typeof createCommand>[0] = {}) =>
  createCommand({ state, sentAt: sampleNow - 1000, ...changes });
const send = {
  kind: 'create_order',
  key: createOrderKey(orderId),
  args: { without: [], takeStock: true },
} as const;
const still = { send: [], events: [], link: null, dueAgain: null };

describe('IMP-1, IMP-2: what comes in', () => {
  it('an order that left Pending is created, once and under its key', () => {
    expect(of()).toMatchObject({
      ...still,
      send: [{ ...send, from: null }],
      problems: [],
      description: { key: 'importing', tone: 'info' },
    });
  });

  it.each(['partially_shipped', 'shipped', 'unfulfillable', 'unknown'] as const)(
    'also one that is %s',
    (status) => {
      expect(forOrder({ status }).send).toHaveLength(1);
    },
  );

  it('IMP-1: an odd order is created and flagged', () => {
    const odd = {
      total: money(2100),
      oddities: [{ field: 'x', what: 'absent' as const }],
      programmes: ['NEW'],
    };
    const { send: sends, problems } = forOrder(odd, { skus: new Map() });
    expect(sends).toHaveLength(1);
    expect(problems.map((p) => p.kind)).toEqual([
      'sku_unlinked',
      'totals_differ',
      'programme_unknown',
      'amazon_data_odd',
    ]);
  });

  it.each([
    ['pending', 'pending_amazon'],
    ['pending_availability', 'pending_amazon'],
    ['cancelled', 'never_created'],
  ] as const)('IMP-2: an order that is %s stays out', (status, key) => {
    expect(forOrder({ status })).toMatchObject({ ...still, problems: [], description: { key } });
    expect(forOrder({ status }, { wantedAt: sampleNow }).send).toEqual([]);
  });

  it('IMP-2: what was made before the start stays out, unless a person wants it', () => {
    const early = { importFrom: sampleNow };
    expect(of(early)).toMatchObject({ ...still, description: { key: 'before_import' } });
    expect(of({ ...early, wantedAt: sampleNow }).send).toHaveLength(1);
    expect(of({ importFrom: orderOf().createdAt }).send).toHaveLength(1);
  });

  it('IMP-2: what is of a marketplace that was not chosen stays out whoever wants it, and once in stays as it is', () => {
    const out = { importFrom: null, wantedAt: sampleNow };
    expect(of(out)).toMatchObject({ ...still, problems: [], description: { key: 'other_marketplace' } });
    const both = { link: toOwn, shopify: shopifyShows(foundOrder()) };
    expect(of({ ...both, ...out })).toEqual(of({ ...both, wantedAt: sampleNow }));
  });

  it('IMP-6: what Amazon fulfils is off by default, and shown when switched on', () => {
    const settings = { ...situationOf().settings, fba: 'show' as const };
    const fba = { fulfilledBy: 'amazon' as const };
    expect(forOrder(fba)).toMatchObject({ ...still, problems: [], description: { key: 'fba_view' } });
    expect(forOrder(fba, { settings }).send).toHaveLength(1);
    const shown = forOrder(fba, { settings, link: toOwn, shopify: shopifyShows(foundOrder()) });
    expect(shown).toMatchObject({ ...still, description: { key: 'fba_view', also: [] } });
  });

  it.each([
    [{ lines: [] }, 'orderItems'],
    [{ lines: [lineOf({ quantityOrdered: 0 })] }, 'orderItems.quantityOrdered'],
    [
      { marketplaceId: null, total: null, lines: [lineOf({ proceeds: null, unitPrice: null })] },
      'proceeds.grandTotal.currencyCode',
    ],
  ])('PRO-4: an order that cannot be made is a problem that names order and field: %#', (changes, field) => {
    expect(forOrder(changes)).toMatchObject({
      ...still,
      problems: [{ kind: 'import_failed', subject: field, params: { id: orderId, field } }],
      description: { key: 'import_failed', tone: 'critical' },
    });
  });
});

describe('PRO-4: refused', () => {
  const refusal = { field: 'order.shippingAddress.phone', text: 'Phone is invalid' };
  const refused = (changes: Parameters<typeof createCommand>[0] = {}) =>
    inState('refused', { endedAt: sampleNow - 500, refusal, ...changes });

  it('a field that can be left out is left out, and the order flagged', () => {
    expect(of({ commands: [refused()] })).toMatchObject({
      send: [{ ...send, from: 'refused', args: { without: ['phone'] } }],
      problems: [{ kind: 'field_left_out', subject: 'phone' }],
    });
  });

  it('the flag stays once the order is there', () => {
    const commands = [inState('confirmed', { args: { without: ['phone'] } })];
    const { problems } = of({ commands, link: toOwn, shopify: shopifyShows(foundOrder(), null) });
    expect(problems.map((p) => p.kind)).toEqual(['field_left_out']);
  });

  const title = { field: 'order.lineItems.0.title', text: "Title can't be blank" };

  it('where nothing can be left out it is parked with Shopify’s words', () => {
    expect(of({ commands: [refused({ refusal: title })] })).toMatchObject({
      ...still,
      problems: [{ kind: 'import_failed', subject: title.field, params: { id: orderId, ...title } }],
      description: { key: 'import_failed', params: title, next: 'look_again' },
    });
    expect(of({ commands: [refused({ refusal: null })] }).problems).toMatchObject([
      { params: { field: 'order' } },
    ]);
  });

  it('a person may name a part to come in without, once for each refusal', () => {
    const chosen = answered('import_failed', title.field, 'without', 'properties');
    const commands = [refused({ refusal: title, args: { without: ['phone'] }, endedAt: chosen.at - 1 })];
    expect(of({ commands, choices: [chosen], wantedAt: sampleNow })).toMatchObject({
      send: [{ args: { without: ['phone', 'properties'] } }],
      problems: [{ kind: 'field_left_out' }, { kind: 'field_left_out', subject: 'properties' }],
    });
    const again = [refused({ refusal: title, args: { without: ['phone', 'properties'] } })];
    expect(of({ commands: again, choices: [chosen] })).toMatchObject({
      ...still,
      problems: [{ kind: 'import_failed' }],
    });
  });

  it('a person who asks later gets one more try, with what was left out', () => {
    const commands = [refused({ refusal: title, args: { without: ['phone'] } })];
    expect(of({ commands, wantedAt: sampleNow }).send).toMatchObject([
      { from: 'refused', args: { without: ['phone'] } },
    ]);
    expect(of({ commands, wantedAt: sampleNow - 501 }).send).toEqual([]);
  });
});

describe('IMP-3: the totals of both sides are compared', () => {
  const shown = (total: number, order: Partial<AmazonOrder> = {}) =>
    forOrder(order, { link: toOwn, shopify: shopifyShows(foundOrder({ total: money(total) }), null) });

  it('a difference is a state and a problem', () => {
    expect(shown(1990)).toMatchObject({
      problems: [{ kind: 'totals_differ', params: { a: '20.00', b: '19.90', diff: '0.10' } }],
      description: { key: 'totals_differ', also: [{ key: 'in_step' }] },
    });
    expect(shown(2000).problems).toEqual([]);
  });

  it('of a cancelled order nothing is compared', () => {
    expect(shown(2000, { status: 'cancelled', total: null })).toMatchObject({
      problems: [{ kind: 'sides_differ', params: { amazon: 'cancelled', shopify: 'UNFULFILLED' } }],
      description: { key: 'differs' },
    });
  });

  it('unlinked lines are counted', () => {
    const link = {
      link: toOwn,
      shopify: shopifyShows(foundOrder({ total: money(4000) }), null),
      skus: new Map(),
    };
    expect(
      forOrder({ total: money(4000), lines: [lineOf(), lineOf({ sku: 'B' })] }, link).description,
    ).toMatchObject({
      key: 'unlinked_lines',
      params: { n: 2, sku: 'LAMP' },
    });
  });
});

describe('PRO-1: both sides are compared', () => {
  it.each([
    ['unshipped', 'UNFULFILLED', false, 'in_step'],
    ['unshipped', 'ON_HOLD', false, 'in_step'],
    ['unshipped', 'FULFILLED', false, 'differs'],
    ['unshipped', 'PARTIALLY_FULFILLED', false, 'differs'],
    ['unshipped', 'UNFULFILLED', true, 'differs'],
    ['pending', 'UNFULFILLED', false, 'in_step'],
    ['unknown', 'UNFULFILLED', false, 'in_step'],
    ['partially_shipped', 'PARTIALLY_FULFILLED', false, 'in_step'],
    ['partially_shipped', 'UNFULFILLED', false, 'differs'],
    ['partially_shipped', 'PARTIALLY_FULFILLED', true, 'differs'],
    ['shipped', 'FULFILLED', false, 'shipped_in_step'],
    ['shipped', 'FULFILLED', true, 'differs'],
    ['shipped', 'UNFULFILLED', false, 'differs'],
    ['cancelled', 'UNFULFILLED', true, 'cancelled_in_step'],
    ['cancelled', 'UNFULFILLED', false, 'differs'],
  ] as const)(
    '%s on Amazon, %s in Shopify (cancelled: %s): %s',
    (status, fulfillmentStatus, cancelled, key) => {
      const found = foundOrder({ fulfillmentStatus, cancelledAt: cancelled ? sampleNow : null });
      const { description, send: sends } = forOrder(
        { status },
        { link: toOwn, shopify: shopifyShows(found, null) },
      );
      expect([description.key, sends]).toEqual([key, []]);
      const params = { amazon: status, shopify: cancelled ? 'CANCELLED' : fulfillmentStatus };
      expect(description.params).toMatchObject(params);
    },
  );
});

describe('PRO-1: where a side cannot be read nothing is sent', () => {
  const away = { kind: 'unreadable', why: 'No answer.', at: null, final: false } as const;

  it('new orders wait, known ones say which side is not known', () => {
    expect(of({ amazon: away })).toMatchObject({
      send: [],
      events: [],
      problems: [],
      description: { key: 'importing' },
    });
    expect(of({ shopify: away, commands: [inState('planned')] })).toMatchObject({
      send: [],
      description: { key: 'importing' },
    });
    expect(of({ amazon: away, link: toOwn }).description.key).toBe('amazon_unreadable');
    expect(of({ shopify: away, link: toOwn }).description.key).toBe('shopify_unreadable');
    expect(of({ amazon: away, shopify: away, link: toOwn }).description.key).toBe('amazon_unreadable');
  });

  it('it is looked at again when there is room, else after a back-off', () => {
    expect(of({ amazon: { ...away, at: sampleNow + 7 } }).dueAgain).toEqual({
      at: sampleNow + 7,
      reason: 'slot',
    });
    expect(of({ amazon: away, failures: 3 }).dueAgain).toEqual({ at: sampleNow + 40_000, reason: 'backoff' });
  });

  it('PRO-4: the back-off doubles and is capped', () => {
    const waits = [0, 1, 2, 3, 7, 8, 11, 1_000_000].map((failures) => backOff(failures, 5) - 5);
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 640_000, 900_000, 900_000, 900_000]);
  });

  it('PRO-4: what cannot succeed is parked as a problem; what goes on failing becomes one', () => {
    const problem = {
      kind: 'order_unreadable',
      subject: 'amazon',
      params: { id: orderId, why: 'No answer.' },
    };
    expect(of({ amazon: { ...away, final: true } })).toMatchObject({
      ...still,
      problems: [problem],
      description: { key: 'amazon_unreadable' },
    });
    expect(of({ amazon: away, failures: 4 }).problems).toEqual([]);
    expect(of({ amazon: away, failures: 5 })).toMatchObject({
      problems: [problem],
      dueAgain: { reason: 'backoff' },
    });
    expect(of({ shopify: away, failures: 5 }).problems).toMatchObject([{ subject: 'shopify' }]);
  });

  it('an order in a form nobody can read is a problem, and never a reason to touch one that is there', () => {
    const amazon = { kind: 'odd', field: 'createdTime', sentence: 'It has no time.' } as const;
    expect(of({ amazon })).toMatchObject({
      ...still,
      problems: [{ kind: 'import_failed', subject: 'createdTime', params: { id: orderId } }],
    });
    expect(of({ amazon, link: toOwn })).toMatchObject({
      ...still,
      problems: [
        { kind: 'order_unreadable', subject: 'amazon', params: { id: orderId, why: 'It has no time.' } },
      ],
    });
  });
});

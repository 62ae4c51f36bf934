import { describe, expect, it } from 'vitest';
import { foundOrder, money, orderId, orderOf } from '../../test/samples/orders.ts';
import { booksOf } from '../../test/samples/refunds.ts';
import {
  amazonShows,
  amazonShowsAnyTime,
  createCommand,
  sampleNow,
  shopifyShows,
  situationOf,
  toOwn,
} from '../../test/samples/situations.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { createOrderKey, type CommandState } from './command.ts';
import { decide, type Situation } from './decide.ts';
import { shopifyOrderId } from './ids.ts';
import type { ShopifyOrder } from './shopify-order.ts';

const day = 24 * 3_600_000;
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

describe('IMP-5: exactly once', () => {
  it('what was written down and not sent is sent', () => {
    expect(of({ commands: [inState('planned', { sentAt: null })] }).send).toEqual([
      { ...send, from: 'planned' },
    ]);
  });

  const lost = (state: 'sending' | 'unsure', ago: number, changes: Partial<Situation> = {}) =>
    of({ commands: [inState(state, { sentAt: sampleNow - ago })], ...changes });

  it.each([
    [0, 5_000, 'search_lag'],
    [3_000, 5_000, 'search_lag'],
    [20_000, 20_000, 'search_lag'],
    [119_999, 119_999, 'search_lag'],
    [120_000, 120_000, 'looking'],
    [400_000, 120_000, 'looking'],
    [590_000, 10_000, 'looking'],
    [599_999, 1, 'looking'],
  ])('after a lost answer it looks again: %i ms after sending in %i ms, %s', (ago, wait, reason) => {
    for (const state of ['sending', 'unsure'] as const) {
      expect(lost(state, ago)).toMatchObject({
        send: [],
        events: state === 'sending' ? [{ key: send.key, event: 'answer_lost' }] : [],
        description: { key: 'importing' },
        dueAgain: { at: sampleNow + wait, reason },
      });
    }
  });

  it('what was sent twice is looked for once more when search has caught up', () => {
    const shows = {
      link: toOwn,
      amazon: amazonShowsAnyTime(),
      shopify: shopifyShows(foundOrder(), [foundOrder()]),
    };
    const twice = (ago: number) =>
      of({ ...shows, commands: [inState('accepted', { attempt: 2, endedAt: sampleNow - ago })] });
    expect(twice(1_000)).toMatchObject({
      events: [],
      dueAgain: { at: sampleNow + 119_000, reason: 'search_lag' },
    });
    expect(twice(120_000)).toMatchObject({ events: [{ key: send.key, event: 'seen' }], dueAgain: null });
    const once = of({ ...shows, commands: [inState('accepted', { endedAt: sampleNow - 1_000 })] });
    expect(once).toMatchObject({ events: [{ event: 'seen' }], dueAgain: null });
  });

  it('it is sent again only after its effect can come no more', () => {
    for (const state of ['sending', 'unsure'] as const)
      expect(lost(state, 600_000)).toMatchObject({ send: [{ ...send, from: state }], dueAgain: null });
  });

  it.each([{ status: 'cancelled' as const }, { status: 'pending' as const }, { lines: [] }])(
    'it is looked for though the order changed meanwhile: %j',
    (order) => {
      const shown = { amazon: amazonShows(order) };
      expect(lost('unsure', 20_000, shown)).toMatchObject({ send: [], dueAgain: { reason: 'search_lag' } });
      expect(lost('unsure', 600_000, shown)).toMatchObject({ send: [], dueAgain: null });
    },
  );

  it.each(['planned', 'sending', 'unsure', 'refused'] as const)(
    'a create that is %s and no longer wanted is withdrawn',
    (state) => {
      const commands = [inState(state, { sentAt: sampleNow - 600_000 })];
      const { send: sends, events } = forOrder({ status: 'cancelled' }, { commands });
      expect([sends, events]).toEqual([[], [{ key: send.key, event: 'recalled' }]]);
      expect(of({ commands: [inState('withdrawn')] }).send).toEqual([{ ...send, from: 'withdrawn' }]);
    },
  );

  it.each(['planned', 'sending', 'unsure', 'refused', 'accepted', 'withdrawn', 'superseded'] as const)(
    'an order that is found confirms a create that is %s, and is linked',
    (state) => {
      const decision = of({ commands: [inState(state)], shopify: shopifyShows(null, [foundOrder()]) });
      expect(decision).toMatchObject({
        send: [],
        events: [{ key: send.key, event: 'seen' }],
        link: { shopifyOrderId: foundOrder().id, name: '#1001', adopted: false },
        problems: [],
        description: { key: 'in_step' },
        dueAgain: null,
      });
    },
  );

  it('both sides agree: nothing is said (PRO-1)', () => {
    const commands = [inState('confirmed')];
    const amazon = amazonShowsAnyTime();
    const linked = { commands, amazon, link: toOwn, shopify: shopifyShows(foundOrder(), null) };
    expect(of(linked)).toMatchObject({ ...still, problems: [], description: { key: 'in_step', also: [] } });
  });

  it('two orders for one are a problem, and nothing is sent or linked', () => {
    const other = foundOrder({ id: shopifyOrderId('gid://shopify/Order/2'), name: '#1002', ownMark: null });
    for (const shopify of [
      shopifyShows(null, [foundOrder(), other]),
      shopifyShows(foundOrder(), [foundOrder(), other]),
    ])
      expect(of({ amazon: amazonShowsAnyTime(), shopify, link: toOwn })).toMatchObject({
        ...still,
        problems: [{ kind: 'duplicate_suspected', params: { id: orderId, a: '#1001', b: '#1002' } }],
        description: { key: 'duplicate_suspected', tone: 'critical' },
      });
  });

  it('IMP-5 CAN-4: nothing is cancelled or entered for either, whatever Amazon shows', () => {
    const other = foundOrder({ id: shopifyOrderId('gid://shopify/Order/2'), name: '#1002' });
    const amazon = amazonShows({ status: 'cancelled' });
    const shown = (found: readonly ShopifyOrder[]) => ({
      ...shopifyShows(foundOrder(), found),
      books: booksOf(orderOf()),
    });
    const twice = of({ amazon, shopify: shown([foundOrder(), other]), link: toOwn });
    expect(twice).toMatchObject({ send: [], plan: [], problems: [{ kind: 'duplicate_suspected' }] });
    expect(of({ amazon, shopify: shown([foundOrder()]), link: toOwn }).send).toMatchObject([
      { kind: 'cancel_shopify' },
    ]);
  });

  it('one order that both look-ups found is one', () => {
    expect(of({ shopify: shopifyShows(null, [foundOrder(), foundOrder()]) }).description.key).toBe('in_step');
  });

  const goneFor = (changes: Partial<Situation> = {}) =>
    of({ link: toOwn, commands: [inState('confirmed')], ...changes });

  it('an order deleted in Shopify is never created again', () => {
    expect(goneFor()).toMatchObject({
      ...still,
      problems: [{ kind: 'order_deleted', params: { id: orderId, shipBy: '2026-11-23T07:59:59Z' } }],
      description: { key: 'deleted_shopify', tone: 'neutral' },
    });
    for (const state of ['planned', 'unsure', 'refused', 'accepted', 'withdrawn'] as const)
      expect(goneFor({ commands: [inState(state, { endedAt: 0 })], wantedAt: sampleNow }).send).toEqual([]);
    for (const state of ['accepted', 'confirmed', 'superseded'] as const)
      expect(of({ commands: [inState(state)], wantedAt: sampleNow }).send).toEqual([]);
  });

  it('an order made just now may stay invisible for a while', () => {
    const since = (ago: number) => goneFor({ commands: [inState('accepted', { endedAt: sampleNow - ago })] });
    expect(since(500)).toMatchObject({ ...still, dueAgain: { at: sampleNow + 2_000, reason: 'search_lag' } });
    expect(since(200_000)).toMatchObject({
      dueAgain: { at: sampleNow + 200_000, reason: 'looking' },
      problems: [],
    });
    expect(since(600_000)).toMatchObject({ description: { key: 'deleted_shopify' } });
  });

  it('without the scope an order older than 60 days is not known to be deleted', () => {
    const old = { amazon: amazonShows({ createdAt: sampleNow - 60 * day }) };
    const shop = { currencies: ['USD'], readsAllOrders: false };
    expect(goneFor({ ...old, shop })).toMatchObject({
      ...still,
      problems: [{ kind: 'shop_scope_missing', subject: 'read_all_orders' }],
      description: { key: 'shopify_unreadable' },
    });
    expect(goneFor(old).description.key).toBe('deleted_shopify');
    expect(goneFor({ shop }).description.key).toBe('deleted_shopify');
  });
});

describe('IMP-9: what another app brought in', () => {
  const foreign = foundOrder({ ownMark: null, total: money(1) });

  it('is adopted instead of created, and a person is asked', () => {
    expect(of({ shopify: shopifyShows(null, [foreign]) })).toMatchObject({
      ...still,
      link: { shopifyOrderId: foreign.id, adopted: true },
      problems: [{ kind: 'adopted_confirm', params: { id: orderId, name: '#1001' } }],
      description: { key: 'adopted', also: [{ key: 'in_step' }] },
    });
  });

  it('what names it among other numbers is shown, and nothing is created or linked', () => {
    const shopify = { ...shopifyShows(), unclear: ['#1001', '#1002'] };
    const problem = { kind: 'adoption_unclear', params: { id: orderId, name: '#1001' } };
    expect(of({ shopify })).toMatchObject({
      ...still,
      problems: [problem],
      description: { key: 'adoption_unclear' },
    });
    expect(of({ shopify, commands: [inState('planned')] })).toMatchObject({
      send: [],
      events: [{ key: send.key, event: 'recalled' }],
      problems: [problem],
    });
    expect(forOrder({ status: 'cancelled' }, { shopify })).toMatchObject({
      problems: [],
      description: { key: 'never_created' },
    });
  });

  it('stays adopted', () => {
    const link = { ...toOwn, adopted: true };
    expect(of({ link, shopify: shopifyShows(foreign, null) })).toMatchObject({
      ...still,
      description: { key: 'adopted' },
    });
  });

  it('IMP-5: is no sign of an own create that was lost: that one is looked for on', () => {
    const adopt = (ago: number) =>
      of({
        shopify: shopifyShows(null, [foreign]),
        commands: [inState('unsure', { sentAt: sampleNow - ago })],
      });
    expect(adopt(20_000)).toMatchObject({ send: [], events: [], dueAgain: { at: sampleNow + 20_000 } });
    expect(adopt(600_000)).toMatchObject({ send: [], events: [{ event: 'recalled' }], dueAgain: null });
  });
});

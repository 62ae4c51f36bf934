import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { foundOrder, orderId } from '../../test/samples/orders.ts';
import {
  createCommand,
  sampleNow,
  shopifyShows,
  situationOf,
  toOwn,
  unlinked,
} from '../../test/samples/situations.ts';
import { commandStates, createEffectMs, createOrderKey } from './command.ts';
import { nextState } from './command-state.ts';
import { decide, type AmazonReading, type Situation } from './decide.ts';
import { shopifyOrderId } from './ids.ts';

const unreadable = fc.record({
  kind: fc.constant('unreadable' as const),
  why: fc.constant('No answer.'),
  at: fc.option(fc.constant(sampleNow + 1000)),
  final: fc.boolean(),
});
const amazon: fc.Arbitrary<AmazonReading> = fc.oneof(
  { weight: 1, arbitrary: unreadable },
  {
    weight: 1,
    arbitrary: fc.constant({ kind: 'odd' as const, field: 'createdTime', sentence: 'It has no time.' }),
  },
  {
    weight: 8,
    arbitrary: fc
      .record({
        made: generatedOrder,
        status: fc.constantFrom(
          'pending',
          'pending_availability',
          'unshipped',
          'partially_shipped',
          'shipped',
          'cancelled',
          'unfulfillable',
          'unknown',
        ),
        fulfilledBy: fc.constantFrom('merchant', 'merchant', 'amazon', 'unknown'),
        empty: fc.boolean(),
      })
      .map(({ made: { order }, status, fulfilledBy, empty }) => ({
        kind: 'read' as const,
        startedAt: sampleNow,
        order: { ...order, status, fulfilledBy, lines: empty ? [] : order.lines },
      })),
  },
);
const found = fc
  .record({
    n: fc.integer({ min: 1, max: 2 }),
    ownMark: fc.constantFrom(orderId, null),
    fulfillmentStatus: fc.constantFrom('UNFULFILLED', 'FULFILLED', 'PARTIALLY_FULFILLED', 'ON_HOLD'),
    cancelledAt: fc.constantFrom(null, sampleNow),
  })
  .map(({ n, ...rest }) =>
    foundOrder({ ...rest, id: shopifyOrderId(`gid://shopify/Order/${n}`), name: `#100${n}` }),
  );
const shopify = fc.oneof(
  { weight: 1, arbitrary: unreadable },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.option(found), fc.option(fc.array(found, { maxLength: 2 })))
      .map(([one, all]) => shopifyShows(one, all)),
  },
);
const command = fc
  .record({
    state: fc.constantFrom(...commandStates),
    attempt: fc.integer({ min: 1, max: 3 }),
    sentAt: fc.option(fc.integer({ min: sampleNow - 2 * createEffectMs, max: sampleNow })),
    endedAt: fc.option(fc.integer({ min: sampleNow - 2 * createEffectMs, max: sampleNow })),
    refusal: fc.constantFrom(
      null,
      { field: 'order.poNumber', text: 'Too long' },
      { field: 'order', text: 'No.' },
    ),
    args: fc.constantFrom({ without: [] }, { without: ['poNumber'] }),
  })
  .map(createCommand);

const situation: fc.Arbitrary<Situation> = fc
  .record({
    link: fc.constantFrom(unlinked, toOwn, { ...toOwn, adopted: true }),
    amazon,
    shopify,
    commands: fc.array(command, { maxLength: 1 }),
    fba: fc.constantFrom('off', 'show'),
    readsAllOrders: fc.boolean(),
    importFrom: fc.constantFrom(0, sampleNow, null),
    wantedAt: fc.constantFrom(null, sampleNow - 1, sampleNow + 1),
    failures: fc.nat({ max: 20 }),
  })
  .map(({ fba, readsAllOrders, ...rest }) =>
    situationOf({
      ...rest,
      settings: { ...situationOf().settings, fba },
      shop: { currencies: ['USD'], readsAllOrders },
    }),
  );

const runs = { numRuns: 2000 };

describe('decide, whatever the situation', () => {
  it('PRO-1: the same situation gives the same decision, and is left as it was', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const before = structuredClone(given);
        expect(decide(given)).toEqual(decide(before));
        expect(given).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('IMP-5: at most one create, under the order’s key, and never while an order is linked, found, or a side is dark', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { send } = decide(given);
        expect(send.length).toBeLessThanOrEqual(1);
        if (send.length === 0) return;
        expect(send[0]?.key).toBe(createOrderKey(orderId));
        expect(given.link.shopifyOrderId).toBeNull();
        expect(given.amazon.kind).toBe('read');
        expect(given.shopify).toMatchObject({ kind: 'read', linked: null });
        if (given.shopify.kind === 'read') expect(given.shopify.found ?? []).toEqual([]);
      }),
      runs,
    );
  });

  it('IMP-5: what may still take effect, or did, is not sent again', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const [sent] = decide(given).send;
        if (!sent) return;
        const [row] = given.commands;
        expect(sent.from).toBe(row?.state ?? null);
        expect(['accepted', 'confirmed', 'superseded']).not.toContain(row?.state);
        if (row?.state === 'sending' || row?.state === 'unsure')
          expect(given.now - (row.sentAt ?? given.now)).toBeGreaterThanOrEqual(createEffectMs);
      }),
      runs,
    );
  });

  it('IMP-2, IMP-6: nothing pending, cancelled, unwanted or hidden is created', () => {
    fc.assert(
      fc.property(situation, (given) => {
        if (decide(given).send.length === 0 || given.amazon.kind !== 'read') return;
        const { order } = given.amazon;
        expect(['pending', 'pending_availability', 'cancelled']).not.toContain(order.status);
        expect(order.lines.length).toBeGreaterThan(0);
        if (order.fulfilledBy === 'amazon') expect(given.settings.fba).toBe('show');
        expect(given.importFrom).not.toBeNull();
        if (order.createdAt < (given.importFrom ?? 0)) expect(given.wantedAt).not.toBeNull();
      }),
      runs,
    );
  });

  it('PRO-4: nothing is dropped: what is not in Shopify and should be is sent, due again, or a problem', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { send, dueAgain, problems, link, description } = decide(given);
        const settled = [
          'never_created',
          'pending_amazon',
          'before_import',
          'other_marketplace',
          'fba_view',
          'deleted_shopify',
        ];
        const there = given.link.shopifyOrderId !== null || link !== null;
        if (!there && !settled.includes(description.key))
          expect(send.length + problems.length + (dueAgain ? 1 : 0)).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('PRO-3: every news it gives of a command can happen, and every time it names is to come', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const { events, dueAgain, send } = decide(given);
        for (const { key, event } of events) {
          const row = given.commands.find((c) => c.key === key);
          expect(row && nextState(row.state, event)).toBeDefined();
        }
        for (const { from } of send) if (from) expect(nextState(from, 'claimed')).toBe('sending');
        if (dueAgain) expect(dueAgain.at).toBeGreaterThan(given.now);
      }),
      runs,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { foundOrder, lineOf, orderId, orderOf } from '../../test/samples/orders.ts';
import { createCommand, sampleNow, shopifyShows, situationOf, toOwn } from '../../test/samples/situations.ts';
import type { AmazonOrder } from './amazon-order.ts';
import type { Prints } from './carried.ts';
import { decide, type Situation } from './decide.ts';
import { amazonOrderId } from './ids.ts';
import type { Handling } from './shopify-order.ts';

const asked = lineOf({ request: { state: 'asked', reason: 'By mistake' } });
const open: Handling = {
  mark: null,
  tagged: false,
  fulfillmentOrders: [
    {
      id: 'gid://shopify/FulfillmentOrder/1',
      status: 'OPEN',
      requestStatus: 'UNSUBMITTED',
      actions: ['HOLD', 'SPLIT'],
      location: 'Reno',
      holds: [],
      lines: [
        {
          id: 'gid://shopify/FulfillmentOrderLineItem/1',
          lineItemId: 'gid://shopify/LineItem/1',
          orderItemId: asked.orderItemId,
          sku: asked.sku,
          remaining: 1,
        },
      ],
    },
  ],
};

function decided(
  order: Partial<AmazonOrder>,
  changes: Partial<Situation> = {},
  handling: Handling | null = open,
) {
  return decide(
    situationOf({
      link: toOwn,
      amazon: { kind: 'read', startedAt: sampleNow - 1_000, order: orderOf({ lines: [asked], ...order }) },
      shopify: {
        ...shopifyShows(foundOrder(), null),
        handling,
      } as Situation['shopify'],
      commands: [createCommand({ state: 'confirmed' })],
      ...changes,
    }),
  );
}
const sent = (decision: ReturnType<typeof decided>) => decision.send.map(({ kind }) => kind);
const unknown = (decision: ReturnType<typeof decided>) =>
  decision.problems.filter(({ kind }) => kind === 'programme_unknown').map(({ subject }) => subject);

const table: [string[], string[]][] = [
  [[], []],
  [['AMAZON_BUSINESS'], []],
  [['PREMIUM'], []],
  [['SUBSCRIBE_AND_SAVE'], []],
  [['PRIME'], []],
  [['TRANSPARENCY'], []],
  [['AMAZON_EASY_SHIP'], []],
  [['DELIVERY_BY_AMAZON'], []],
  [['FBM_SHIP_PLUS'], []],
  [['IN_STORE_PICK_UP'], []],
  [['AMAZON_HAUL'], ['AMAZON_HAUL']],
  [['PRIME', 'NOT_YET_INVENTED'], ['NOT_YET_INVENTED']],
  [['toString'], ['toString']],
];

describe('IMP-13: a request is marked and held under every programme', () => {
  it.each(table)('%j', (programmes, notKnown) => {
    for (const order of [{ programmes }, { lines: [{ ...asked, programmes }] }]) {
      const decision = decided(order);
      expect(sent(decision)).toEqual(['hold_order', 'mark_order']);
      expect(decision.request).toMatchObject({ state: 'open' });
      expect(unknown(decision)).toEqual(notKnown);
    }
  });

  it('for a replacement, and where nobody knows who fulfils', () => {
    expect(sent(decided({ replacementFor: amazonOrderId('1') }))).toEqual(['hold_order', 'mark_order']);
    expect(sent(decided({ fulfilledBy: 'unknown' }))).toEqual(['hold_order', 'mark_order']);
  });

  it('IMP-9: for an order of another app', () => {
    const decision = decided({}, { link: { ...toOwn, adopted: true } });
    expect(sent(decision)).toEqual(['hold_order', 'mark_order']);
    expect(decision.problems.map(({ kind }) => kind)).toEqual(['adopted_confirm']);
  });

  it.each(table)('IMP-6: never for what Amazon fulfils: %j', (programmes) => {
    for (const handling of [open, null]) {
      const decision = decided({ fulfilledBy: 'amazon', programmes }, {}, handling);
      expect(sent(decision)).toEqual([]);
      expect(decision.description.key).toBe('fba_view');
    }
  });

  it('IMP-12: the hold goes before a change that is carried over', () => {
    const carried: Prints = { address: 'a', dates: 'd', quantities: 'q' };
    const commands = [createCommand({ state: 'confirmed', args: { without: [], carried } })];
    const decision = decided({}, { commands, prints: { ...carried, address: 'b' } });
    expect(sent(decision)).toEqual(['hold_order', 'mark_order', 'update_order']);
    expect(decision.send.at(-1)?.key).toBe(`update_order:${orderId}:0`);
  });
});

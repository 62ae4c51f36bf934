import { describe, expect, it } from 'vitest';
import { orderId, orderOf } from '../../test/samples/orders.ts';
import { askedLine, claimOf, lampLine, requestOf, sentCommand, workId } from '../../test/samples/requests.ts';
import type { Command } from './command.ts';
import { needsHandling } from './needs-handling.ts';
import { holdKey, markKey, releaseKey } from './request-keys.ts';

const order = orderOf();
const askedFor = orderOf({ lines: [lampLine({ request: { state: 'asked', reason: null } })] });
const over = requestOf({ state: 'withdrawn', closedAt: 1, lines: [askedLine({ ended: 'withdrawn' })] });
const shipped = requestOf({ state: 'too_late', closedAt: 1, lines: [askedLine({ ended: 'shipped' })] });
const mark = (state: Command['state'] = 'accepted') =>
  sentCommand('mark_order', markKey(orderId, 1, 1), { n: 1, version: 1 }, { state });
const hold = (state: Command['state'] = 'accepted') =>
  sentCommand(
    'hold_order',
    holdKey(orderId, 1, workId(1), 0),
    { fulfillmentOrder: workId(1), parts: null, units: [] },
    { state },
  );
const release = sentCommand('release_hold', releaseKey(orderId, 'h'), {
  fulfillmentOrder: workId(1),
  hold: 'h',
  lineItems: [],
});

describe('REQ-3: whose work in Shopify is looked at', () => {
  it.each([
    ['an order nobody asked to cancel', order, [], [], [], false],
    ['Amazon shows a request', askedFor, [], [], [], true],
    ['somebody claims one', order, [], [claimOf()], [], true],
    ['somebody claims one, and Amazon was never read', null, [], [claimOf()], [], true],
    ['a request is open', order, [requestOf()], [], [mark(), hold()], true],
    ['a request is open, and Amazon was never read', null, [requestOf()], [], [], true],
    ['it is over, marked and released', order, [over], [], [mark(), hold(), release], false],
    ['it is over, and not marked so', order, [over], [], [hold(), release], true],
    ['it is over, and its mark was refused', order, [over], [], [mark('refused'), hold(), release], true],
    ['it is over, and a hold may stand', order, [over], [], [mark(), hold()], true],
    ['it is over, and the hold was never done', order, [over], [], [mark(), hold('refused')], false],
    ['Amazon shows a new one after a withdrawal', askedFor, [over], [], [mark()], true],
    ['Amazon goes on showing one that ended by shipping', askedFor, [shipped], [], [mark()], false],
  ] as const)('%s', (_, amazon, records, claims, commands, needed) => {
    expect(needsHandling(amazon, records, claims, commands)).toBe(needed);
  });

  it('CAN-9: what Amazon cancelled stays held, and need not be looked at for it', () => {
    const cancelled = requestOf({
      state: 'cancelled',
      closedAt: 1,
      lines: [askedLine({ ended: 'cancelled' })],
    });
    expect(needsHandling(order, [cancelled], [], [mark(), hold()])).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { orderId, orderOf } from '../../test/samples/orders.ts';
import {
  askedLine,
  handlingOf,
  lampItem,
  requestOf,
  sentCommand,
  workId,
} from '../../test/samples/requests.ts';
import { amazonShows, sampleNow, shopifyShows, situationOf, toOwn } from '../../test/samples/situations.ts';
import { foundOrder } from '../../test/samples/orders.ts';
import { decideRequest } from './decide-request.ts';
import { needsHandling } from './needs-handling.ts';
import { holdKey } from './request-keys.ts';

const request = requestOf({
  state: 'too_late',
  closedAt: sampleNow - 1,
  lines: [askedLine({ ended: 'shipped' })],
});

/** A hold whose answer was lost, sent so long ago (ms), on work that is over, for a request that is over. */
const hold = (ago: number) =>
  sentCommand(
    'hold_order',
    holdKey(orderId, 1, workId(1), 0),
    { fulfillmentOrder: workId(1), parts: null, units: [{ lineItem: lampItem, quantity: 1 }] },
    { state: 'sending', sentAt: sampleNow - ago, endedAt: null },
  );

const decide = (ago: number) => {
  const order = orderOf({ status: 'shipped' });
  const shopify = { ...shopifyShows(foundOrder({ fulfillmentStatus: 'FULFILLED' })), handling: handlingOf() };
  return decideRequest(
    situationOf({
      link: toOwn,
      amazon: amazonShows({ status: 'shipped' }),
      shopify,
      requests: [request],
      commands: [hold(ago)],
    }),
    order,
    sampleNow,
  );
};

it('PRO-3 REQ-4: a hold in the dark is looked for once more after its request is over, and is over then too', () => {
  expect(needsHandling(orderOf({ status: 'shipped' }), [request], [], [hold(0)])).toBe(true);
  const soon = decide(60_000);
  expect(soon.dueAgain).toContainEqual({ at: sampleNow + 540_000, reason: 'looking', side: 'shopify' });
  expect(soon.events).not.toContainEqual(expect.objectContaining({ event: 'recalled' }));
  expect(decide(600_000).events).toContainEqual({ key: hold(0).key, event: 'recalled' });
});

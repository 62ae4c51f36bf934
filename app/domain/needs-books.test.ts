import { expect, it } from 'vitest';
import { foundOrder, orderId, orderOf } from '../../test/samples/orders.ts';
import { sentCommand, workId } from '../../test/samples/requests.ts';
import { answered } from '../../test/samples/shipments.ts';
import type { Choice } from './choice.ts';
import type { HoldHandle } from './command.ts';
import { cancelHoldKey } from './money-keys.ts';
import { needsBooks, needsWork } from './needs-books.ts';
import { releaseKey } from './request-keys.ts';

const open: Choice<'cancel_lines'> = {
  ...answered('partial_cancel_asked', '', 'x'),
  kind: 'cancel_lines',
  args: { lines: [], reason: 'NoInventory' },
};

it('CAN-15 PRO-5: the work is looked at while something decided is to be done, and not for an answer that was given', () => {
  const needed = (choice: Choice) => needsWork(orderOf(), { commands: [], choices: [choice] });
  expect(needed(open)).toBe(true);
  expect(needed({ ...open, state: 'done' })).toBe(false);
  expect(needed(answered('tracking_missing', '', 'without'))).toBe(false);
});

type Sent = Parameters<typeof sentCommand>[3];
const fulfillmentOrder = workId(1);
const hold = (changes: Sent = {}, handle: HoldHandle = 'concord-cancelling') =>
  sentCommand(
    'hold_order',
    cancelHoldKey(orderId, 'c1', fulfillmentOrder, 0),
    { handle, fulfillmentOrder, parts: null, units: [] },
    changes,
  );
const release = (state: 'accepted' | 'unsure' | 'refused', handle: HoldHandle = 'concord-cancelling') =>
  sentCommand(
    'release_hold',
    releaseKey(orderId, 'h'),
    { handle, fulfillmentOrder, hold: 'h', lineItems: [] },
    { state },
  );

it.each([
  ['stands', [hold()], true],
  ['is in the dark', [hold({ state: 'sending' })], true],
  ['was released', [hold(), release('accepted')], false],
  [
    'was released, and was sent twice: the first may come late',
    [hold({ attempt: 2 }), release('accepted')],
    true,
  ],
  ['may be released', [hold(), release('unsure')], true],
  ['Shopify did not release', [hold(), release('refused')], true],
  ['Shopify refused', [hold({ state: 'refused' })], false],
  ['stands, and one of a request was released', [hold(), release('accepted', 'concord-request')], true],
  ['is one of a request', [hold({}, 'concord-request')], false],
] as const)('CAN-18: the work is looked at where a hold of a cancel %s', (_, commands, needed) => {
  for (const status of ['unshipped', 'partially_shipped', 'shipped'] as const)
    expect(needsWork(orderOf({ status }), { commands, choices: [] })).toBe(needed);
  expect(needsWork(orderOf({ status: 'cancelled' }), { commands, choices: [] })).toBe(false);
});

it.each([
  ['UNFULFILLED', false],
  ['OPEN', false],
  // Said of what is not fulfilled yet, also where a part has left before.
  ['ON_HOLD', true],
  ['SCHEDULED', true],
  ['IN_PROGRESS', true],
  ['PARTIALLY_FULFILLED', true],
  ['SOMETHING_NEW', true],
])('FUL-1 FUL-3: the books of an order that Shopify shows as %s are read: %s', (fulfillmentStatus, read) => {
  const linked = foundOrder({ fulfillmentStatus, financialStatus: 'PAID' });
  expect(needsBooks(orderOf(), linked, { commands: [], choices: [], moves: [] })).toBe(read);
});

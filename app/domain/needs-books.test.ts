import { expect, it } from 'vitest';
import { foundOrder, orderOf } from '../../test/samples/orders.ts';
import { answered } from '../../test/samples/shipments.ts';
import type { Choice } from './choice.ts';
import { needsBooks, needsWork } from './needs-books.ts';

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

import { expect, it } from 'vitest';
import { foundOrder } from '../../test/samples/orders.ts';
import { answered, booksOf, fulfilled, ofFour, shipCase, workOf } from '../../test/samples/shipments.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import { shownOf, shownParts } from './shown-version.ts';

type Changes = Parameters<typeof shipCase>[0];
const moved = (changes: Changes) => {
  const [before, after] = [shownOf(shipCase()), shownOf(shipCase(changes))];
  return shownParts.filter((part) => before[part] !== after[part]);
};

it.each([
  ['amazon', { order: ofFour({ status: 'shipped' }) }],
  ['shopify', { linked: foundOrder({ cancelledAt: sampleNow }) }],
  ['shopify', { books: booksOf([fulfilled(71, { L1: 1 })]) }],
  ['decision', { situation: { choices: [answered('ship_ask', '71', 'send')] } }],
] as const)('CAN-1: what moves on one side is told by that side: %s', (part, changes) => {
  expect(moved(changes)).toEqual([part]);
});

it('CAN-1: the buyer’s request is a part of its own', () => {
  const request = {
    n: 1,
    state: 'open',
    version: 1,
    requestedAt: 0,
    confirmedAt: 0,
    closedAt: null,
    lines: [],
    sources: [],
    reasonCategory: 'not_given',
    wordsErased: false,
    held: 'no',
  } as const;
  expect(moved({ request })).toEqual(['request']);
  // How it is marked and held is this app's own doing.
  const held = { ...request, held: 'whole', version: 2 } as const;
  expect(shownOf(shipCase({ request: held }))).toEqual(shownOf(shipCase({ request })));
});

it('CAN-1: what only time or this app’s own hand changed is no other order', () => {
  expect(moved({ order: ofFour({ updatedAt: sampleNow }), readAt: sampleNow + 1 })).toEqual([]);
  expect(
    moved({ linked: foundOrder({ updatedAt: '2026-11-22T00:00:00Z', fulfillmentStatus: 'ON_HOLD' }) }),
  ).toEqual([]);
  expect(moved({ work: [workOf('FO1', { L1: 1 })] })).toEqual([]);
  expect(moved({ situation: { now: sampleNow + 1, financesUntil: sampleNow } })).toEqual([]);
});

import { expect, it } from 'vitest';
import { foundOrder, lineOf } from '../../test/samples/orders.ts';
import { answered, booksOf, fulfilled, lampItem, ofFour, shipCase } from '../../test/samples/shipments.ts';
import { decideShipment } from './decide-shipment.ts';

const shipBy = Date.parse('2026-11-23T07:59:59Z');
const hour = 3_600_000;
const at = (now: number, changes: Parameters<typeof shipCase>[0] = {}) =>
  decideShipment(shipCase({ books: null, ...changes, situation: { now, ...changes.situation } }));

it('FUL-7: an order is said to be close to its ship-by time a day before, and late after it', () => {
  expect(at(shipBy - 25 * hour)).toMatchObject({
    fitting: [],
    dueAgain: [{ at: shipBy - 24 * hour, reason: 'ship_by', side: 'shopify' }],
  });
  expect(at(shipBy - 24 * hour)).toMatchObject({
    fitting: [{ key: 'ship_soon' }],
    problems: [],
    dueAgain: [{ at: shipBy, reason: 'ship_by' }],
  });
  expect(at(shipBy)).toMatchObject({
    fitting: [{ key: 'ship_late', params: { date: '2026-11-23T07:59:59.000Z', time: null } }],
    problems: [{ kind: 'ship_late', params: { time: '2026-11-23T07:59:59.000Z', date: null } }],
    dueAgain: [],
  });
});

const done = lineOf({ quantityFulfilled: 1, quantityUnfulfilled: 0 });

it.each([
  ['shipped', { order: ofFour({ status: 'shipped', lines: [done] }) }],
  ['cancelled', { order: ofFour({ status: 'cancelled' }) }],
  ['pending', { order: ofFour({ status: 'pending' }) }],
  ['without a time', { order: ofFour({ shipBy: { earliest: null, latest: null } }) }],
  ['shipped elsewhere', { order: ofFour({ programmes: ['IN_STORE_PICK_UP'] }) }],
  ['cancelled in Shopify', { linked: foundOrder({ cancelledAt: 1 }) }],
] as const)('FUL-7: not one that is %s', (_, changes) => {
  expect(at(shipBy, changes)).toMatchObject({ fitting: [], problems: [], dueAgain: [] });
});

it('FUL-7: not one whose goods all left and are being told, but one of which some did not', () => {
  const of = (units: Readonly<Record<string, number>>) =>
    at(shipBy, { books: booksOf([fulfilled(71, units, ['A'], { at: shipBy - hour })]) });
  expect(of({ L1: 2, L2: 1, L3: 1 }).problems).toEqual([]);
  expect(of({ L1: 2 }).problems).toMatchObject([{ kind: 'ship_late' }]);
});

it('FUL-7 FUL-1: one whose goods left is late where a person promised its number and Amazon still waits for it', () => {
  const books = booksOf([fulfilled(71, { L1: 2, L2: 1, L3: 1 }, [], { at: shipBy - hour })]);
  const choices = [answered('tracking_missing', '71', 'add')];
  const { problems } = at(shipBy, { books, situation: { choices } });
  expect(problems).toMatchObject([{ kind: 'ship_late' }]);
});

it('FUL-7 CAN-15: not because of lines that a person cancels', () => {
  const of = (quantity: number) => {
    const lines = [{ orderItemId: lampItem, quantity }];
    const choice = {
      ...answered('', '', ''),
      kind: 'cancel_lines' as const,
      args: { lines, reason: 'NoInventory' as const },
    };
    return at(shipBy, { situation: { choices: [choice] } }).problems.length;
  };
  expect([of(3), of(4)]).toEqual([1, 0]);
});

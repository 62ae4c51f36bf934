import { expect, it } from 'vitest';
import { foundOrder, orderOf } from '../../test/samples/orders.ts';
import { askedLine, lampLine, requestOf, vaseLine } from '../../test/samples/requests.ts';
import { situationOf, toOwn } from '../../test/samples/situations.ts';
import { askSomeLines } from './ask-some-lines.ts';
import type { Choice } from './choice.ts';
import type { Case } from './dealing.ts';

const order = orderOf({ lines: [lampLine(), vaseLine()] });
const one: Case = {
  situation: situationOf({ link: toOwn }),
  order,
  readAt: 0,
  askedAt: 0,
  linked: foundOrder(),
  books: null,
  handling: null,
  request: requestOf(),
};
const kinds = (changes: Partial<Case>) =>
  askSomeLines({ ...one, ...changes }).problems.map(({ kind }) => kind);
const chosen = (kind: Choice['kind'], state: Choice['state']) =>
  situationOf({
    link: toOwn,
    choices: [{ id: '1', kind, subject: '', args: {}, state } as unknown as Choice],
  });

it('CAN-15: a request for some lines is a question to a person, with how many lines of how many', () => {
  expect(askSomeLines(one).problems).toEqual([
    { kind: 'partial_cancel_asked', subject: '', params: { id: order.id, n: 1, m: 2 } },
  ]);
  expect(kinds({ order: { ...order, status: 'partially_shipped' } })).toEqual(['partial_cancel_asked']);
});

it.each<[string, Partial<Case>]>([
  ['there is no request', { request: null }],
  ['it is for all lines', { order: orderOf({ lines: [lampLine()] }) }],
  ['it was taken back', { request: requestOf({ lines: [askedLine({ ended: 'withdrawn' })] }) }],
  ['only another source says so', { request: requestOf({ lines: [askedLine({ confirmed: false })] }) }],
  ['the order is shipped', { order: { ...order, status: 'shipped' } }],
  ['the order is cancelled', { order: { ...order, status: 'cancelled' } }],
  ['it is cancelled in Shopify', { linked: foundOrder({ cancelledAt: 1 }) }],
  ['its units left already', { order: orderOf({ lines: [lampLine({ quantityFulfilled: 1 }), vaseLine()] }) }],
  ['a person chose the lines', { situation: chosen('cancel_lines', 'open') }],
  ['a person declined', { situation: chosen('decline', 'open') }],
])('CAN-15: nobody is asked where %s', (_, changes) => {
  expect(kinds(changes)).toEqual([]);
});

it('CAN-15: a person is asked again once a choice is over and the lines are still open', () => {
  expect(kinds({ situation: chosen('cancel_lines', 'withdrawn') })).toEqual(['partial_cancel_asked']);
});

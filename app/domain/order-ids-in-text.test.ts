import { expect, it } from 'vitest';
import { orderIdsIn } from './order-ids-in-text.ts';

const id = '111-2222222-3333333';

it.each([
  ['in a sentence', `Please cancel order ${id}, thanks`, [id]],
  ['in brackets and links', `https://www.amazon.com/x?orderID=${id}&y=1 (#${id})`, [id]],
  ['after a word with a hyphen', `order-${id}.`, [id]],
  ['with non-breaking hyphens', '111\u20112222222\u20113333333', [id]],
  ['with full-width digits', '１１１－２２２２２２２－３３３３３３３', [id]],
  ['several, each once', `${id}\n> 902-0000000-0000001 and ${id}`, [id, '902-0000000-0000001']],
  ['a longer number', `1${id} ${id}4`, []],
  ['a phone number', '+1 111-222-3333', []],
  ['nothing', '', []],
])('REQ-10: finds Amazon’s order ids %s', (_, text, ids) => {
  expect(orderIdsIn(text)).toEqual(ids);
});

it('REQ-10: reads only so much of a text', () => {
  expect(orderIdsIn(`${' '.repeat(300_000)}${id}`)).toEqual([]);
});

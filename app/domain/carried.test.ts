import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../test/samples/orders.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { carriedTexts } from './carried.ts';
import { amazonOrderItemId } from './ids.ts';

const to = orderOf().recipient;
const recipient = (changes: Partial<NonNullable<AmazonOrder['recipient']>>) =>
  orderOf({ recipient: to && { ...to, ...changes } });
const base = carriedTexts(orderOf());
const differing = (order: AmazonOrder) => {
  const texts = carriedTexts(order);
  return (['address', 'dates', 'quantities'] as const).filter((part) => texts[part] !== base[part]);
};

describe('IMP-12: what may change on Amazon later', () => {
  it.each<[string, AmazonOrder, string[]]>([
    ['nothing', orderOf(), []],
    ['its time of change', orderOf({ updatedAt: 1 }), []],
    ['the name', recipient({ name: 'B' }), ['address']],
    ['a line of the address', recipient({ addressLines: ['1 Road', 'Floor 2'] }), ['address']],
    ['where one line ends', recipient({ addressLines: ['1', 'Road'] }), ['address']],
    ['the postal code', recipient({ postalCode: '89502' }), ['address']],
    ['the telephone number', recipient({ phone: null }), ['address']],
    ['the instructions', recipient({ deliveryInstructions: 'Ring twice' }), ['address']],
    ['ship-by', orderOf({ shipBy: { earliest: null, latest: '2026-11-24T07:59:59Z' } }), ['dates']],
    ['deliver-by', orderOf({ deliverBy: { earliest: null, latest: null } }), ['dates']],
    [
      'how the same time is written',
      orderOf({ deliverBy: { earliest: null, latest: '2026-11-29T07:59:59.000Z' } }),
      [],
    ],
    ['a quantity', orderOf({ lines: [lineOf({ quantityOrdered: 2 })] }), ['quantities']],
    [
      'a line that was cancelled',
      orderOf({ lines: [lineOf({ cancelled: { by: 'BUYER', reason: null } })] }),
      ['quantities'],
    ],
    ['what was shipped of it', orderOf({ lines: [lineOf({ quantityFulfilled: 1 })] }), []],
  ])('%s', (_, order, parts) => {
    expect(differing(order)).toEqual(parts);
  });

  it('what Amazon did not give is not known, and never a change', () => {
    const none = { earliest: null, latest: null };
    expect(carriedTexts(orderOf({ recipient: null, shipBy: none, deliverBy: none, lines: [] }))).toEqual({
      address: null,
      dates: null,
      quantities: null,
    });
    expect(carriedTexts(recipient({ addressLines: [] })).address).toBeNull();
  });

  it('the order of the lines says nothing', () => {
    const other = lineOf({ orderItemId: amazonOrderItemId('2') });
    const one = carriedTexts(orderOf({ lines: [lineOf(), other] }));
    expect(carriedTexts(orderOf({ lines: [other, lineOf()] }))).toEqual(one);
  });
});

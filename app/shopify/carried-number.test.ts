import { describe, expect, it } from 'vitest';
import { carries } from './carried-number.ts';
import type { OrderWords } from './order-fields.ts';

const id = '111-1234567-7654321';
const other = '222-2222222-2222222';
const words = (changes: Partial<OrderWords>): OrderWords => ({
  name: '#1001',
  sourceIdentifier: null,
  tags: [],
  note: null,
  customAttributes: [],
  ...changes,
});
const attribute = (value: string | null) => ({ customAttributes: [{ value }] });

describe('IMP-9: how an order of another app carries an Amazon number', () => {
  it.each<[Partial<OrderWords>, string]>([
    [{}, 'no'],
    [{ sourceIdentifier: id }, 'number'],
    [{ sourceIdentifier: `amazon:${id}` }, 'number'],
    [{ name: id }, 'number'],
    [{ name: `#${id}` }, 'number'],
    [{ name: `AMZ-${id}` }, 'number'],
    [{ name: `AMZ${id}` }, 'number'],
    [{ tags: ['Amazon', id] }, 'number'],
    [{ tags: [`amazon-order:${id}`] }, 'mention'],
    [attribute(id), 'number'],
    [attribute(` ${id}\n`), 'number'],
    [attribute(`order ${id}`), 'mention'],
    [attribute(null), 'no'],
    [{ note: `Amazon Order ID: ${id}` }, 'mention'],
    [{ note: `amazon_order_id=${id}` }, 'mention'],
    [{ note: `(${id})` }, 'mention'],
    [{ note: `Ship ${id}. Then ${id}!` }, 'mention'],
    [{ note: `x${id}y` }, 'mention'],
  ])('%j: %s', (changes, expected) => {
    expect(carries(words(changes), id)).toBe(expected);
  });

  it.each([
    `1${id}`,
    `${id}0`,
    `9-${id}`,
    `${id}-2`,
    `${id}-2345678`,
    '111-1234567',
    '1111234567-7654321',
    '',
  ])('a longer or other number is not it: %s', (text) => {
    for (const changes of [{ note: text }, { name: text }, { tags: [text] }, attribute(text)])
      expect(carries(words(changes), id)).toBe('no');
  });

  it('what names several numbers is unclear for each of them, and none of them for a third', () => {
    const note = `Order ${id} replaces ${other}`;
    expect(carries(words({ note }), id)).toBe('unclear');
    expect(carries(words({ note }), other)).toBe('unclear');
    expect(carries(words({ note }), '333-3333333-3333333')).toBe('no');
    expect(carries(words({ tags: [id, other] }), id)).toBe('unclear');
    expect(carries(words({ note: id, tags: [`was ${other}`] }), id)).toBe('unclear');
  });

  it('a place made for the number outdoes the texts, the source identifier all others', () => {
    const note = `Order ${id} replaces ${other}`;
    expect(carries(words({ note, tags: [id] }), id)).toBe('number');
    expect(carries(words({ note, tags: [id] }), other)).toBe('no');
    expect(carries(words({ note: `see ${id}`, sourceIdentifier: other }), id)).toBe('no');
    expect(carries(words({ name: other, tags: [id] }), id)).toBe('no');
    expect(carries(words({ note: id, sourceIdentifier: 'POS-17' }), id)).toBe('mention');
  });

  it('a number of another form is taken as a source identifier alone', () => {
    expect(carries(words({ sourceIdentifier: '250-0000-12' }), '250-0000-12')).toBe('number');
    expect(carries(words({ note: '250-0000-12' }), '250-0000-12')).toBe('no');
    expect(carries(words({ note: 'S02-1234567-1234567' }), 'S02-1234567-1234567')).toBe('mention');
  });
});

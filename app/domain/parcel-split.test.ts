import { expect, it } from 'vitest';
import { amazonOrderItemId } from './ids.ts';
import { keptSplit, partsOf, readParcelSplit, splitFrom, type ParcelSplit } from './parcel-split.ts';

const lines = [
  { orderItemId: amazonOrderItemId('101'), sku: 'MUG' },
  { orderItemId: amazonOrderItemId('102'), sku: 'A,B;C=D:E' },
  { orderItemId: amazonOrderItemId('103'), sku: 'TWICE' },
  { orderItemId: amazonOrderItemId('104'), sku: 'TWICE' },
];
const units = new Map([
  ['101', 2],
  ['102', 1],
]);
const read = (text: string, given = units) =>
  readParcelSplit(text, { numbers: ['1Z1', '1Z2', '1Z3'], units: given }, lines);
const plain = (split: ParcelSplit | null) =>
  split?.map(({ number, units: own }) => [number, Object.fromEntries(own)]);
const guard = (text: string, given = units) => {
  const one = read(text, given);
  return one.ok ? null : one.guard;
};

it('FUL-3: each number with its lines, by SKU or the line’s own id, as words or as JSON', () => {
  const expected = [
    ['1Z1', { '101': 1, '102': 1 }],
    ['1Z2', { '101': 1 }],
  ];
  for (const text of ['1Z1=MUG:1,102:1;1Z2=MUG:1', ' 1Z1 = MUG:1 , 102 : 1 ; 1Z2=101:1 '])
    expect(plain(read(text).ok ? (read(text) as { split: ParcelSplit }).split : null), text).toEqual(
      expected,
    );
  const json = read('{"1Z1": {"MUG": 1, "A,B;C=D:E": 1}, "1Z2": {"MUG": 1}}');
  expect(json.ok && plain(json.split)).toEqual(expected);
});

it('FUL-3: a split that does not hold every unit once is not taken', () => {
  expect(guard('1Z1=MUG:2')).toBe('split_sum');
  expect(guard('1Z1=MUG:2,102:1;1Z2=MUG:1')).toBe('split_sum');
  expect(guard('1Z1=MUG:1,102:2')).toBe('split_sum');
  expect(guard('1Z1=MUG:1;1Z1=MUG:1')).toBe('split_number_unknown');
  expect(guard('1Z9=MUG:2,102:1')).toBe('split_number_unknown');
  expect(guard('1Z1=CUP:1;1Z2=MUG:2')).toBe('line_unknown');
  expect(guard('1Z1=MUG:1,MUG:1,102:1')).toBe('line_unknown');
  expect(guard('1Z1=TWICE:2', new Map([...units, ['103', 1], ['104', 1]]))).toBe('line_unknown');
  // A line that is not in this fulfilment is none of its packages'.
  expect(guard('1Z1=MUG:2,102:1;1Z2=103:1')).toBe('line_unknown');
  for (const text of [
    '',
    ';',
    '1Z1',
    '1Z1=',
    '1Z1=MUG',
    '1Z1=MUG:0',
    '1Z1=MUG:-1',
    '1Z1=MUG:1.5',
    '1Z1=MUG:1e1',
    '=MUG:1',
    '{',
    '{"1Z1": {"MUG": 1.5}}',
    '{"1Z1": {}}',
    '{}',
    '[]',
  ])
    expect(guard(text), text).toMatch(/split_unreadable|split_number_unknown/);
});

it('FUL-3: it is kept as text, and is no split of other units any more', () => {
  const made = read('1Z1=MUG:2;1Z2=102:1');
  const text = made.ok ? keptSplit(made.split) : '';
  expect(plain(splitFrom(text, units))).toEqual([
    ['1Z1', { '101': 2 }],
    ['1Z2', { '102': 1 }],
  ]);
  expect(splitFrom(text, new Map([['101', 2]]))).toBeNull();
});

it('FUL-2: a number that takes another’s place is the same parcel’s; where that is not clear each keeps its own', () => {
  const split: ParcelSplit = [
    { number: 'A', units: new Map([['101', 1]]) },
    { number: 'B', units: new Map([['102', 1]]) },
  ];
  const numbers = (...now: string[]) => partsOf(split, now).map(({ number }) => number);
  expect(numbers('B', 'A2')).toEqual(['A2', 'B']);
  expect(numbers('A')).toEqual(['A', 'B']);
  expect(numbers('C', 'D')).toEqual(['A', 'B']);
  expect(numbers('A', 'B', 'C')).toEqual(['A', 'B']);
});

import { expect, it } from 'vitest';
import { orderId } from '../../test/samples/orders.ts';
import { createCommand, sampleNow } from '../../test/samples/situations.ts';
import type { Prints } from './carried.ts';
import { createOrderKey, updateOrderKey, type Command } from './command.ts';
import { renewPrints } from './renew-prints.ts';

const before: Prints = { address: '1:a', dates: '1:d', quantities: '1:q' };
const rotated: Prints = { address: '2:A 1:a', dates: '2:D 1:d', quantities: '2:Q 1:q' };
const after: Prints = { address: '2:A', dates: '2:D', quantities: '2:Q' };
const created = (carried: Prints) => createCommand({ state: 'confirmed', args: { without: [], carried } });
const update = (state: Command['state'], carried: Prints): Command<'update_order'> => ({
  id: 'u',
  key: updateOrderKey(orderId, 0),
  kind: 'update_order',
  state,
  attempt: 1,
  args: { parts: ['address'], without: [], carried },
  sentAt: sampleNow,
  endedAt: sampleNow,
  refusal: null,
  notBefore: null,
  provedAt: null,
  job: null,
});
const ofCreate = (carried: Prints) => [{ key: createOrderKey(orderId), carried }];

it('IMP-12: what is the same, or has no key left, gets the prints of today; what is new already is left alone', () => {
  expect(renewPrints([created(before)], orderId, rotated)).toEqual(ofCreate(rotated));
  expect(renewPrints([created(before)], orderId, after)).toEqual(ofCreate(after));
  expect(renewPrints([created(rotated)], orderId, rotated)).toEqual([]);
  expect(renewPrints([created({ ...before, dates: null })], orderId, { ...after, address: null })).toEqual(
    ofCreate({ address: '1:a', dates: null, quantities: '2:Q' }),
  );
  expect(renewPrints([createCommand({ state: 'confirmed' })], orderId, after)).toEqual([]);
});

it('IMP-12: what differs keeps its print, for it is to be told or written still', () => {
  const moved = { ...rotated, address: '2:B 1:b' };
  expect(renewPrints([created(before)], orderId, moved)).toEqual(ofCreate({ ...rotated, address: '1:a' }));
});

it('IMP-12: the print in force is renewed, and none that an unfinished update is about', () => {
  const moved = { ...before, address: '1:b' };
  expect(renewPrints([created(before), update('accepted', moved)], orderId, after)).toEqual([
    { key: updateOrderKey(orderId, 0), carried: { ...moved, address: '2:A' } },
    ...ofCreate({ ...after, address: '1:a' }),
  ]);
  expect(renewPrints([created(before), update('refused', moved)], orderId, after)).toEqual(
    ofCreate({ ...after, address: '1:a' }),
  );
});

import { expect, it } from 'vitest';
import { foundOrder, orderOf } from '../../test/samples/orders.ts';
import { booksOf } from '../../test/samples/refunds.ts';
import { answered } from '../../test/samples/shipments.ts';
import {
  amazonShows,
  amazonShowsAnyTime,
  shopifyShows,
  situationOf,
  toOwn,
  unlinked,
} from '../../test/samples/situations.ts';
import { decide, type Situation } from './decide.ts';
import { keptNames, namesOf, rightOne } from './doubled.ts';
import { shopifyOrderId } from './ids.ts';

const own = foundOrder();
const other = foundOrder({ id: shopifyOrderId('gid://shopify/Order/2'), name: '#1002', ownMark: null });
const third = foundOrder({ id: shopifyOrderId('gid://shopify/Order/3'), name: '#1003', ownMark: null });
const both = keptNames([own, other]);
const right = (id: string) => answered('duplicate_suspected', '', 'right', rightOne(both, id) ?? '');
const of = (changes: Partial<Situation>) => decide(situationOf({ amazon: amazonShowsAnyTime(), ...changes }));

it('IMP-9: the right one is named by its name, number or id', () => {
  expect(namesOf(both)).toBe('#1001, #1002');
  for (const named of ['#1002', '2', 'gid://shopify/Order/2'])
    expect(JSON.parse(rightOne(both, named) ?? '')).toEqual({ right: other.id, among: [own.id, other.id] });
  for (const named of ['', '1002', '#1003', '3']) expect(rightOne(both, named), named).toBeNull();
  expect(rightOne(keptNames([own, { ...other, name: own.name }]), '#1001')).toBeNull();
});

it('IMP-9: the one that a person calls right is linked, as another app’s where it is that', () => {
  const shopify = shopifyShows(null, [own, other]);
  expect(of({ link: unlinked, shopify, choices: [right('#1002')] })).toMatchObject({
    link: { shopifyOrderId: other.id, name: '#1002', adopted: true },
    problems: [{ kind: 'adopted_confirm' }],
  });
  expect(of({ link: unlinked, shopify, choices: [right('#1001')] })).toMatchObject({
    link: { shopifyOrderId: own.id, adopted: false },
    problems: [],
  });
});

it('IMP-9: where the other one was linked nothing is done to it, and the link is made anew', () => {
  const amazon = amazonShows({ status: 'cancelled' });
  const shopify = { ...shopifyShows(own, [own, other]), books: booksOf(orderOf()) };
  const linked = { amazon, link: toOwn, shopify };
  expect(of(linked)).toMatchObject({ send: [], plan: [], problems: [{ kind: 'duplicate_suspected' }] });
  expect(of({ ...linked, choices: [right('#1002')] })).toMatchObject({
    send: [],
    plan: [],
    link: { shopifyOrderId: other.id, adopted: true },
    dueAgain: { reason: 'slot', side: 'shopify' },
  });
  expect(of({ ...linked, choices: [right('#1001')] })).toMatchObject({
    send: [{ kind: 'cancel_shopify' }],
    link: null,
    problems: [],
  });
});

it('IMP-9: a third one that comes later is asked about anew', () => {
  const shopify = shopifyShows(null, [own, other, third]);
  const asked = of({ link: unlinked, shopify, choices: [right('#1001')] });
  expect(asked).toMatchObject({ link: null, problems: [{ kind: 'duplicate_suspected' }] });
  expect(namesOf(String(asked.problems[0]?.params['orders']))).toBe('#1001, #1002, #1003');
});

import { expect, it } from 'vitest';
import { shipCommand, lampItem } from '../../test/samples/shipments.ts';
import { createCommand, sampleNow } from '../../test/samples/situations.ts';
import { evidenceOf, type AuditLine } from './evidence.ts';

const line = (action: string, more: Partial<AuditLine> = {}): AuditLine => ({
  at: sampleNow,
  actor: 'concord',
  action,
  after: null,
  ...more,
});

it('PRO-6: a command is told with its answer, and where it went', () => {
  const after = { state: 'refused', feedId: '5001', outcome: { field: '', text: 'Already shipped' } };
  const [told] = evidenceOf([line('create_order:refused', { after })], [createCommand()], 'USD');
  expect(told).toMatchObject({
    ...{ key: 'create_order', params: { state: 'refused' }, by: 'concord', staff: null },
    ...{ words: 'Already shipped', reference: '5001' },
  });
});

it('PRO-6: what was answered and then seen is told as two things', () => {
  const lines = ['accepted', 'confirmed', 'confirmed'].map((state) => line(`create_order:${state}`));
  expect(evidenceOf(lines, [createCommand()], null).map(({ seen }) => seen)).toEqual([false, true, false]);
});

it('PRO-6: of two parcels none is told as if it were known which of them a line means', () => {
  const one = shipCommand(1, { [lampItem]: 1 });
  const other = { ...one, args: { ...one.args, tracking: 'OTHER' } };
  expect(evidenceOf([line('ship_amazon:accepted')], [one], null)[0]).toMatchObject({
    params: { state: 'accepted', name: '1Z999AA10123456784' },
  });
  expect(evidenceOf([line('ship_amazon:accepted')], [one, other], null)[0]).toMatchObject({
    ...{ key: null, params: {}, action: 'ship_amazon:accepted' },
  });
});

it('PRO-6: a decision is told with who took it, and a refund with its amount', () => {
  const items = [{ components: { principal: 400, tax: 50 } }, { components: { principal: 100 } }];
  const lines = [
    line('refund:chosen', { actor: 'staff 42', after: { args: { items } } }),
    line('refund:taken_back', { actor: 'operator' }),
    line('cancel:taken_back', { actor: 'staff 42' }),
    line('cancel:done'),
    line('answer:chosen', { actor: 'rule', after: { subject: 'refused_other|', args: { choice: 'again' } } }),
  ];
  expect(evidenceOf(lines, [], 'USD').map(({ key, params, by, staff }) => [key, params, by, staff])).toEqual([
    ['choice_refund', { state: 'chosen', amount: '5.50', currency: 'USD' }, 'staff', '42'],
    [null, {}, 'operator', null],
    ['choice_cancel', { state: 'withdrawn' }, 'staff', '42'],
    ['choice_done', {}, 'concord', null],
    ['choice_answer', { state: 'chosen', what: 'refused_other.again' }, 'rule', null],
  ]);
});

it('PRO-6: what this version does not know stays in the log', () => {
  expect(evidenceOf([line('shop_erased', { after: 'x' })], [], null)).toMatchObject([
    { key: null, action: 'shop_erased', words: null },
  ]);
});

import { expect, it } from 'vitest';
import { createCommand, sampleNow } from '../../test/samples/situations.ts';
import { shipCommand, lampItem } from '../../test/samples/shipments.ts';
import { orderId } from '../../test/samples/orders.ts';
import { timelineOf, type Past } from './timeline.ts';

const past = (more: Partial<Past>): Past => ({
  placedAt: sampleNow - 3_600_000,
  commands: [],
  choices: [],
  requests: [],
  moves: [],
  currency: 'USD',
  ...more,
});

it('PRO-6: what happened stands newest first, before it what is still to come', () => {
  const created = createCommand({
    state: 'confirmed',
    sentAt: sampleNow - 60_000,
    endedAt: sampleNow - 59_000,
  });
  const cancel = {
    ...createCommand(),
    id: 'c',
    key: `cancel_amazon:${orderId}:1`,
    kind: 'cancel_amazon',
    state: 'planned',
    args: { reason: 'BuyerCanceled', orderItemIds: [lampItem] },
    notBefore: sampleNow + 60_000,
    sentAt: null,
    endedAt: null,
  } as const;
  const timeline = timelineOf(past({ commands: [created, shipCommand(1, { [lampItem]: 1 }), cancel] }));
  expect(timeline.map(({ key, by }) => [key, by])).toEqual([
    ['cancel_amazon', 'concord'],
    ['ship_amazon', 'concord'],
    ['create_order', 'concord'],
    ['placed', 'buyer'],
  ]);
  expect(timeline[0]).toMatchObject({ at: null, params: { state: 'planned', time: sampleNow + 60_000 } });
  expect(timeline[1]?.params).toMatchObject({ state: 'accepted', name: '1Z999AA10123456784' });
});

it('PRO-6: what was taken back before it was sent is told by its decision, what was sent by itself, too', () => {
  const back = { state: 'withdrawn', endedAt: sampleNow } as const;
  const never = shipCommand(1, {}, { ...back, sentAt: null });
  const sent = shipCommand(2, {}, { ...back, sentAt: sampleNow - 1_000 });
  expect(timelineOf(past({ placedAt: null, commands: [never] }))).toEqual([]);
  expect(timelineOf(past({ placedAt: null, commands: [sent] }))).toHaveLength(1);
});

it('PRO-6: who decided is said by their kind and never by a name; an answer names its problem and choice', () => {
  const rest = { id: 'x', state: 'open', undoUntil: sampleNow, endedAt: null, outcome: null } as const;
  const choices = [
    {
      ...rest,
      kind: 'answer',
      subject: 'refused_other|',
      args: { choice: 'again', value: null },
      by: 'staff 7',
      at: 2,
    },
    { ...rest, kind: 'decline', subject: '', args: { n: 1 }, by: 'operator', at: 1 },
    {
      ...rest,
      kind: 'refund',
      subject: '',
      args: { items: [{ orderItemId: lampItem, components: { principal: 450, tax: 50 } }], restock: false },
      by: 'rule',
      at: 0,
    },
  ] as const;
  expect(timelineOf(past({ placedAt: null, choices }))).toMatchObject([
    { key: 'choice_answer', by: 'staff', params: { what: 'refused_other.again' } },
    { key: 'choice_decline', by: 'operator' },
    { key: 'choice_refund', by: 'rule', params: { amount: '5.00', currency: 'USD' } },
  ]);
});

it('REQ-6 REF-4: a buyer’s wish, its end, and money that Amazon paid back are told', () => {
  const request = {
    n: 1,
    state: 'withdrawn',
    version: 2,
    requestedAt: 10,
    confirmedAt: 20,
    closedAt: 30,
    held: 'no',
    reasonCategory: 'not_given',
    wordsErased: false,
    lines: [],
    sources: [
      { source: 'notification', at: 10 },
      { source: 'order', at: 20 },
    ],
  } as const;
  const move = { transactionId: 'T', amazonOrderId: orderId, currency: 'JPY', items: [] } as const;
  const moves = [{ ...move, kind: 'claim', postedAt: 40, amount: 500 } as const];
  expect(timelineOf(past({ placedAt: null, requests: [request], moves }))).toMatchObject([
    { at: 40, key: 'paid_back', by: 'amazon', params: { what: 'claim', amount: '500', currency: 'JPY' } },
    { at: 30, key: 'request_over', by: 'buyer', params: { state: 'withdrawn' } },
    { at: 10, key: 'asked', by: 'buyer', params: { n: 0, source: 'notification' } },
  ]);
});

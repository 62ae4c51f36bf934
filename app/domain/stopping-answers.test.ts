import { expect, it } from 'vitest';
import { foundOrder, lineOf, orderId, orderOf } from '../../test/samples/orders.ts';
import { handlingOf, requestOf, sentCommand, workId, workOf } from '../../test/samples/requests.ts';
import { answered } from '../../test/samples/shipments.ts';
import { amazonShows, sampleNow, shopifyShows, situationOf, toOwn } from '../../test/samples/situations.ts';
import type { Choice } from './choice.ts';
import type { Situation } from './decide.ts';
import { decideRequest } from './decide-request.ts';
import { markKey } from './request-keys.ts';
import type { FulfillmentOrder } from './shopify-order.ts';

const lines = [lineOf({ request: { state: 'asked', reason: 'By mistake' } })];
const kept = workOf({
  status: 'IN_PROGRESS',
  requestStatus: 'CANCELLATION_REJECTED',
  actions: ['CREATE_FULFILLMENT', 'REQUEST_CANCELLATION'],
});
const of = (
  choices: readonly Choice[],
  works: readonly FulfillmentOrder[] = [kept],
  changes = {},
  situation: Partial<Situation> = {},
) => {
  const shopify = { ...shopifyShows(foundOrder()), handling: handlingOf(...works) };
  return decideRequest(
    situationOf({
      link: toOwn,
      amazon: amazonShows({ lines }),
      shopify,
      requests: [requestOf(changes)],
      choices,
      ...situation,
    }),
    orderOf({ lines }),
    sampleNow,
  );
};
const kinds = ({ problems }: ReturnType<typeof of>) => problems.map(({ kind }) => kind);

it('REQ-8: work that could not be stopped and has left makes the request too late', () => {
  const asked = of([]);
  expect([asked.request?.state, asked.send.map(({ kind }) => kind)]).toEqual([
    'open',
    ['call_back', 'mark_order'],
  ]);
  const gone = of([answered('not_stopped', workId(1), 'gone')]);
  expect([gone.request?.state, kinds(gone), gone.send.map(({ kind }) => kind)]).toEqual([
    'too_late',
    [],
    ['mark_order'],
  ]);
  expect(gone.fitting).toMatchObject([{ key: 'asked_too_late' }]);
});

it('REQ-8: other work of the same line is held all the same, and what is given back after all is open again', () => {
  const gone = answered('not_stopped', workId(1), 'gone');
  const here = workOf({ id: workId(2) });
  const both = of([gone], [kept, here]);
  expect([both.request?.state, kinds(both)]).toEqual(['open', []]);
  expect(both.send).toMatchObject([{ kind: 'hold_order', args: { fulfillmentOrder: workId(2) } }, {}]);
  const back = of([gone], [{ ...kept, status: 'CLOSED' }, here], { state: 'too_late' });
  expect(back.request?.state).toBe('open');
});

it('REQ-8: where Shopify shows no work it is said of the whole order, as long as that is so', () => {
  const long = { requestedAt: sampleNow - 3_600_000 };
  expect(kinds(of([], [], long))).toEqual(['not_stopped']);
  const gone = answered('not_stopped', '', 'gone');
  expect(of([gone], [], long).request?.state).toBe('too_late');
  expect(of([gone], [workOf()], long).request?.state).toBe('open');
});

it('PRO-4: a mark that Shopify refused is tried again at once when a person asks', () => {
  const refusal = { field: 'tags', text: 'No.' };
  const changes = { state: 'refused', refusal, endedAt: sampleNow - 1 } as const;
  const commands = [sentCommand('mark_order', markKey(orderId, 1, 1), { n: 1, version: 1 }, changes)];
  const marks = (wantedAt: number | null) =>
    of([], [], {}, { commands, wantedAt }).send.filter(({ kind }) => kind === 'mark_order').length;
  expect([marks(null), marks(sampleNow - 1), marks(sampleNow)]).toEqual([0, 0, 1]);
});

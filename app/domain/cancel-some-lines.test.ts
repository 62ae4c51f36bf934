import { expect, it } from 'vitest';
import { orderId } from '../../test/samples/orders.ts';
import { sentCommand } from '../../test/samples/requests.ts';
import { answered, bulbItem, lampItem, ofFour, shipCase } from '../../test/samples/shipments.ts';
import { lineOf } from '../../test/samples/orders.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import { cancelSomeLines } from './cancel-some-lines.ts';
import type { Choice } from './choice.ts';
import type { Command, CommandState } from './command.ts';
import { amazonOrderItemId } from './ids.ts';
import { refundAmazonKey } from './money-keys.ts';

const id = 'choice-1';
const key = refundAmazonKey(orderId, `choice:${id}`);
/** The lamps have shipped, the bulb is to be cancelled, and Amazon said no. */
const order = ofFour({
  status: 'partially_shipped',
  lines: [
    lineOf({ quantityOrdered: 3, quantityFulfilled: 3, quantityUnfulfilled: 0 }),
    lineOf({ orderItemId: amazonOrderItemId(bulbItem), sku: 'BULB' }),
  ],
});
const refusedChoice: Choice<'cancel_lines'> = {
  id,
  kind: 'cancel_lines',
  subject: '',
  args: { lines: [{ orderItemId: bulbItem, quantity: 1 }], reason: 'BuyerCanceled' },
  state: 'refused',
  by: 'staff',
  at: sampleNow - 60_000,
  undoUntil: sampleNow - 60_000,
  endedAt: sampleNow - 30_000,
  outcome: 'amazon:No.',
};
const told = (state: CommandState, endedAt: number): Command<'refund_amazon'> =>
  sentCommand(
    'refund_amazon',
    key,
    {
      reason: 'CustomerCancel',
      currency: 'USD',
      items: [{ orderItemId: bulbItem, adjustmentId: 'a', components: {} }],
    },
    { state, endedAt, refusal: { field: '', text: 'No.' } },
  ) as Command<'refund_amazon'>;
const again = answered('refused_other', id, 'again');
const of = (state: CommandState, endedAt: number, answers: readonly Choice[] = [again], now = sampleNow) =>
  cancelSomeLines(
    shipCase({
      order,
      situation: { now, commands: [told(state, endedAt)], choices: [refusedChoice, ...answers] },
    }),
  );

it('CAN-15: what Amazon refused is told once more when a person wants it, and said again where it is refused again', () => {
  expect(order.lines.map(({ orderItemId }) => orderItemId)).toEqual([lampItem, bulbItem]);
  const before = of('refused', sampleNow - 30_000, []);
  expect([before.plan, before.problems.map(({ kind, subject }) => [kind, subject])]).toEqual([
    [],
    [['refused_other', id]],
  ]);
  expect(of('refused', sampleNow - 30_000)).toMatchObject({ plan: [{ key, from: 'refused' }], problems: [] });
  expect(of('refused', sampleNow)).toMatchObject({ plan: [], problems: [{ kind: 'refused_other' }] });
  // Taken the second time, it is awaited.
  expect(of('accepted', sampleNow)).toMatchObject({
    plan: [],
    problems: [],
    dueAgain: [{ reason: 'looking' }],
  });
});

it('CAN-8: it rests until the answer can be undone no more', () => {
  const resting = { ...again, undoUntil: sampleNow + 1 };
  expect(of('refused', sampleNow - 30_000, [resting])).toMatchObject({
    plan: [],
    problems: [],
    dueAgain: [{ at: sampleNow + 1, reason: 'undo' }],
  });
});

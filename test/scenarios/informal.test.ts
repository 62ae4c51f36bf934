import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { heldWork } from '../held-work.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ workers: 1 });
const { concord, variants, amazonSide, shopifyOrder } = dealings(world);
const { shown, held } = heldWork(world);

/** An order of two lines of today, to be shipped within `days`, stands on both sides. */
async function placed(id: string, days = 5): Promise<void> {
  await variants();
  const { fulfillment, ...order } = amazonOrder(id) as { fulfillment: object };
  const at = (n: number) => new Date(world.sandbox.world.clock.now() + n * 24 * 3_600_000).toISOString();
  const shipByWindow = { earliestDateTime: at(0), latestDateTime: at(days) };
  await world.place({
    ...order,
    createdTime: at(-1),
    lastUpdatedTime: at(-1),
    fulfillment: { ...fulfillment, shipByWindow },
    proceeds: { grandTotal: { amount: '37.00', currencyCode: 'USD' } },
    orderItems: [
      amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00' }),
      amazonLine('10000000000002', { sku: 'SKU-2', item: '12.00' }),
    ],
  });
  await world.settle();
}

const data = async (...words: string[]) => (await concord(...words, '--json')).data;
const state = async (id: string) => (await world.row(id))?.state;
const kinds = async (id: string) => (await world.problems(id)).map(({ kind }) => kind);
const tagged = async (id: string) => (await shown(id)).tags.includes('amazon-cancel-requested');
const records = (id: string) =>
  world.database.owner<{ n: number; state: string; sources: { source: string }[]; confirmed: boolean }>(
    'select n, state, sources, confirmed_at is not null as confirmed from request where amazon_order_id = $1 order by n',
    [id],
  );
const reasonSent = async (id: string) =>
  (
    await world.database.owner<{ reason: string }>(
      `select args->>'reason' as reason from command where amazon_order_id = $1 and kind = 'cancel_amazon'`,
      [id],
    )
  )[0]?.reason;
const cancelRequests = (id: string) => world.control('POST', `/amazon/orders/${id}/request-cancel`, {});

it('REQ-10 REQ-6: a message is marked and held, and becomes the same record once the buyer asks in the account', async () => {
  const id = '125-0000000-0000001';
  await placed(id);
  expect((await concord('informal', 'record', id, '--why', 'changed_mind')).said).toContain(
    'its lines are held until the buyer has asked in the account',
  );
  await world.settle();
  expect(await tagged(id)).toBe(true);
  expect(await held(id)).toEqual(['SKU-1×1', 'SKU-2×1']);
  expect(await state(id)).toBe('informal_waiting');
  expect(await data('requests', '--state', 'message')).toMatchObject([
    { order: id, sources: ['message'], category: 'changed_mind', held: 'lines' },
  ]);
  expect(await data('informal', 'record', id, '--why', 'wrong')).toMatchObject({ outcome: 'already_chosen' });
  expect(await data('approve', id, '--reason', 'BuyerCanceled')).toMatchObject({
    guard: 'reason_needs_request',
  });
  const texts = (await data('informal', 'text', id, '--language', 'de')) as unknown as { text: string }[];
  expect(texts[0]?.text).toContain('Mein Konto > Meine Bestellungen > Stornierung anfordern');
  // Nobody looks at Amazon the whole time for it: its own news bring the request.
  await cancelRequests(id);
  await world.settle();
  expect(await records(id)).toMatchObject([
    {
      n: 1,
      state: 'open',
      confirmed: true,
      sources: [{ source: 'message' }, { source: 'notification' }, { source: 'order' }],
    },
  ]);
  expect(await state(id)).toBe('asked_held');
  expect((await data('requests', '--state', 'message')) as unknown).toEqual([]);
  expect(await data('informal', 'drop', id)).toMatchObject({ guard: 'already_asked' });
  expect(await data('informal', 'record', id, '--why', 'wrong')).toMatchObject({ guard: 'already_asked' });
  await concord('approve', id);
  await world.settle(true);
  expect(await reasonSent(id)).toBe('BuyerCanceled');
  expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all' });
});

it('REQ-10: mark and hold can be removed, one line be asked for without a hold, and out of stock is refused', async () => {
  const id = '125-0000000-0000002';
  await placed(id);
  expect(await concord('informal', 'record', id, '--why', 'out_of_stock')).toMatchObject({
    status: 1,
    said: expect.stringContaining('A seller must not ask the buyer to cancel') as string,
  });
  await concord('informal', 'record', id, '--why', 'wrong', '--line', 'SKU-2');
  await world.settle();
  expect(await held(id)).toEqual(['SKU-2×1']);
  expect(await data('undo', id)).toMatchObject({ guard: 'nothing_to_undo' });
  expect(await data('informal', 'drop', id)).toMatchObject({ outcome: 'chosen' });
  await world.settle();
  expect([await held(id), await tagged(id), await state(id)]).toEqual([[], false, 'in_step']);
  await concord('informal', 'record', id, '--why', 'wrong', '--no-hold');
  await world.settle();
  expect([await held(id), await tagged(id), await state(id)]).toEqual([[], true, 'informal_waiting']);
  expect(await records(id)).toMatchObject([
    { n: 1, state: 'withdrawn' },
    { n: 2, state: 'open' },
  ]);
  await cancelRequests(id);
  await world.settle();
  expect(await held(id)).toEqual(['SKU-1×1', 'SKU-2×1']);
});

it('REQ-10 CAN-17: without an answer a person is asked a day before the ship-by, and ships', async () => {
  const id = '125-0000000-0000003';
  await placed(id, 2);
  await concord('informal', 'record', id, '--why', 'changed_mind');
  await world.settle();
  expect(await kinds(id)).toEqual([]);
  await world.control('POST', '/clock', { advance: 'PT25H' });
  await world.settle();
  expect(await kinds(id)).toEqual(['informal_no_answer']);
  expect(await data('solve', 'informal_no_answer', id, '--with', 'ship')).toMatchObject({
    outcome: 'chosen',
  });
  await world.settle();
  expect([await held(id), await kinds(id)]).toEqual([[], []]);
  await world.control('POST', `/amazon/orders/${id}/ship`, { carrier: 'UPS', trackingNumber: '1Z1' });
  await world.settle(true);
  expect(await tagged(id)).toBe(false);
  expect(await records(id)).toMatchObject([{ n: 1, state: 'too_late' }]);
  expect(await data('informal', 'record', id, '--why', 'wrong')).toMatchObject({ guard: 'already_shipped' });
});

it('REQ-10 CAN-6: an order that is not here yet is held once it comes in, and cancelled it counts', async () => {
  const id = '125-0000000-0000004';
  expect(await data('informal', 'record', 'no-order', '--why', 'wrong')).toMatchObject({
    guard: 'not_found',
  });
  await concord('informal', 'record', id, '--why', 'changed_mind');
  await placed(id);
  await world.settle(true);
  expect(await held(id)).toEqual(['SKU-1×1', 'SKU-2×1']);
  expect(await records(id)).toMatchObject([{ n: 1, state: 'open', confirmed: false }]);
  expect(await data('approve', id, '--reason', 'NoInventory')).toMatchObject({ outcome: 'chosen' });
  await world.settle(true);
  expect(await reasonSent(id)).toBe('NoInventory');
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await records(id)).toMatchObject([{ state: 'cancelled' }]);
});

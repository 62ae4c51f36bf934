import { afterEach, beforeEach, expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { concord, variants, shopifyOrder, amazonSide } = dealings(world);
const id = '123-0000000-0000001';

async function asked(): Promise<void> {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Mistake' });
  await world.settle();
}
const data = async (...words: string[]) => (await concord(...words, '--json')).data;
const rules = (one: object) => concord('settings', 'set', 'autoAccept', JSON.stringify(one));

// Longer than Amazon's list takes to show the request: the world does not jump over an undo time by itself.
beforeEach(() => concord('settings', 'set', 'undoMinutes', '10'));
afterEach(() => concord('settings', 'set', 'autoAccept', 'off'));

it('CAN-16: rules show what they would have done, then approve by themselves, once and with the same undo', async () => {
  await asked();
  expect(await data('rules', 'preview')).toMatchObject({
    requests: 1,
    approved: 1,
    sums: [{ currency: 'USD', amount: '25.00' }],
    shipped: 0,
    withdrawn: 0,
  });
  expect(await data('rules', 'preview', '--with', '{"underAmount":{"USD":"25.00"}}')).toMatchObject({
    approved: 0,
    left: { amount: 1 },
  });
  expect((await world.row(id))?.state).toBe('asked_held');
  expect(await rules({ on: true, underAmount: { USD: '30.00' } })).toMatchObject({ status: 0 });
  await concord('sync', '--order', id);
  await world.settle();
  expect((await world.row(id))?.state).toBe('undo_running');
  expect(await concord('undo', id)).toMatchObject({ status: 0 });
  await world.settle(true);
  expect((await world.row(id))?.state).toBe('asked_held');
  expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
  expect(await world.database.owner('select by, state from choice')).toEqual([
    { by: 'rule', state: 'withdrawn' },
  ]);
});

it('CAN-16: both sides end cancelled', async () => {
  await rules({ on: true });
  await asked();
  await world.settle(true);
  expect([await amazonSide(id), await shopifyOrder(id)]).toMatchObject([
    { status: 'CANCELLED', cancels: 1 },
    { cancelled: true, refunded: 'all' },
  ]);
});

it('CAN-16: a condition that fails at the second look stops it, and a person hears of it', async () => {
  await rules({ on: true });
  await asked();
  expect((await world.row(id))?.state).toBe('undo_running');
  await rules({ on: true, notSkus: ['SKU-1'] });
  await world.settle(true);
  expect(await world.problems(id)).toMatchObject([
    { kind: 'auto_accept_paused', params: { condition: 'sku' } },
  ]);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  expect(await data('solve', 'auto_accept_paused', id, '--with', 'approve')).toMatchObject({
    outcome: 'chosen',
  });
  await world.settle(true);
  expect([await amazonSide(id), await world.problems(id)]).toMatchObject([{ status: 'CANCELLED' }, []]);
});

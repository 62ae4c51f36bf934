import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const { concord, variants, inShopify, shopifyOrder, amazonSide } = dealings(world);
const id = '122-0000000-0000001';

async function placed(change = {}): Promise<void> {
  await variants();
  await world.place(amazonOrder(id, change));
  await world.settle();
}

/** Somebody cancels in Shopify's own admin, with all of the payment given back. */
async function cancelInShopify(): Promise<void> {
  await world.shopify(
    `mutation($id: ID!) { orderCancel(orderId: $id, notifyCustomer: false, reason: INVENTORY, restock: true,
      refundMethod: { originalPaymentMethodsRefund: true }) { orderCancelUserErrors { message } } }`,
    { id: (await inShopify(id)).id },
  );
}
const data = async (...words: string[]) => (await concord(...words, '--json')).data;
const kinds = async () => (await world.problems(id)).map(({ kind }) => kind);
const quiet = () => world.database.owner('select why, until is null as lasts from quiet_time order by since');
const commands = () =>
  world.database.owner<{ kind: string }>(`select kind from command where kind <> 'create_order'`);
const pass = async (minutes: number) => {
  for (let passed = 0; passed < minutes; passed += 4) {
    await world.control('POST', '/clock', { advance: 'PT4M' });
    await world.settle();
  }
};

it('PRO-7 CAN-12: in dry run everything is told and nothing is sent; what was done meanwhile waits in quarantine', async () => {
  await placed();
  await concord('settings', 'set', 'dryRun', 'on');
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Mistake' });
  await world.settle();
  expect((await world.row(id))?.state).toBe('asked_held');
  expect((await world.row(id)) as unknown).toMatchObject({ state_params: { also: ['dry_run', 'in_step'] } });
  expect(await data('approve', id)).toMatchObject({ guard: 'sending_off' });
  expect(await data('approve', id, '--preview')).toMatchObject({ outcome: 'preview' });
  await cancelInShopify();
  await world.settle(true);
  expect(await commands()).toEqual([]);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  await concord('settings', 'set', 'dryRun', 'off');
  await concord('sync', '--order', id);
  await world.settle(true);
  expect([await kinds(), await quiet()]).toEqual([['quarantined'], [{ why: 'dry_run', lasts: false }]]);
  expect(await data('quarantine', 'list')).toMatchObject([{ order: id, fact: 'cancel', ifSent: 'void' }]);
  expect(await data('quarantine', 'approve', id)).toMatchObject([{ guard: 'not_checked' }]);
  await concord('quarantine', 'drop', id);
  await world.settle(true);
  expect([await kinds(), await data('quarantine', 'list')]).toEqual([[], []]);
  await concord('quarantine', 'back', id);
  await world.settle();
  expect(await kinds()).toEqual(['quarantined']);
  await concord('quarantine', 'approve', id, '--checked');
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect([await kinds(), await shopifyOrder(id)]).toMatchObject([[], { cancelled: true, refunds: 1 }]);
});

it('CAN-12: what is done while the account is disconnected waits', async () => {
  await placed();
  await world.control('POST', '/amazon/authorisation', { state: 'revoked' });
  await pass(8);
  // A look that finds nothing is nothing that settle waits for.
  const told = async () => (await world.problems()).map(({ kind }) => kind);
  await expect.poll(told).toEqual(['disconnected']);
  expect(await quiet()).toEqual([{ why: 'disconnected', lasts: true }]);
});

it('CAN-12: what is done in an outage of Amazon waits', async () => {
  await placed();
  const down = { service: 'amazon', match: {}, kind: 'error', status: 503, times: 100_000 };
  await world.control('POST', '/faults', down);
  await pass(40);
  await expect.poll(quiet).toEqual([{ why: 'outage', lasts: true }]);
  await cancelInShopify();
  await pass(4);
  await world.control('DELETE', '/faults');
  await pass(12);
  await world.settle(true);
  await expect.poll(quiet).toEqual([{ why: 'outage', lasts: false }]);
  expect([await kinds(), (await amazonSide(id)).cancels]).toEqual([['quarantined'], 0]);
});

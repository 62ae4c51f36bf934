import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { concord, variants, inShopify, amazonSide, fulfilInShopify } = dealings(world);
const cancelled = '144-0000000-0000001';
const shipped = '144-0000000-0000002';

/** Two orders: one cancelled and one fulfilled in Shopify while nothing was sent. */
async function keptBack() {
  await variants();
  for (const id of [cancelled, shipped]) await world.place(amazonOrder(id));
  await world.settle();
  await concord('settings', 'set', 'dryRun', 'on');
  await world.shopify(
    `mutation($id: ID!) { orderCancel(orderId: $id, notifyCustomer: false, reason: INVENTORY, restock: true,
      refundMethod: { originalPaymentMethodsRefund: true }) { orderCancelUserErrors { message } } }`,
    { id: (await inShopify(cancelled)).id },
  );
  await fulfilInShopify(shipped);
  await world.settle(true);
  await concord('settings', 'set', 'dryRun', 'off');
  for (const id of [cancelled, shipped]) await concord('sync', '--order', id);
  await world.settle(true);
}

const problemOf = async (order: string) =>
  (
    await world.database.owner<{ id: string }>(
      `select id::text from problem where amazon_order_id = $1 and kind = 'quarantined' and closed_at is null`,
      [order],
    )
  )[0]?.id ?? '';

it('CAN-12 SEC-3: what would be sent is said to staff only, and a stranger cannot bring anything back', async () => {
  await keptBack();
  const id = await problemOf(cancelled);
  const ask = (problem: string, token?: string) =>
    askRoute(world.sandbox, 'app.quarantine.$problem.if-sent', `/app/quarantine/${problem}/if-sent`, {
      token,
    });
  expect(await (await ask(id)).json()).toMatchObject({ ifSent: { key: 'void' } });
  expect(await (await ask(await problemOf(shipped))).json()).toMatchObject({ ifSent: { key: 'shipment' } });
  expect(await (await ask('00000000-0000-4000-8000-000000000000')).json()).toEqual({ ifSent: null });
  expect((await ask(id, 'a.b.c')).status).toBe(401);
  expect((await ask('everything')).status).toBe(404);
  const back = (body: string, token?: string) =>
    askRoute(world.sandbox, 'app.quarantine._index', '/app/quarantine?index', { body, token });
  const wish = JSON.stringify({ order: cancelled, choice: '00000000-0000-4000-8000-000000000000' });
  expect((await back(wish, 'a.b.c')).status).toBe(401);
  expect((await back('[]')).status).toBe(400);
  expect(await (await back(wish)).json()).toMatchObject({ ok: false, guard: 'nothing_to_undo' });
});

it.skipIf(!hasBrowser)(
  'CAN-12: in the browser a kept back cancel is dropped, brought back, sent with a word of its own, undone and sent',
  async () => {
    await keptBack();
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Problems');
      await app.getByRole('link', { name: 'Review in quarantine' }).click();
      await app.getByText('1 shipment and 1 cancel made in Shopify').waitFor();
      const row = app.getByRole('row', { name: new RegExp(cancelled) });
      await app
        .getByRole('row', { name: new RegExp(shipped) })
        .getByText('Confirms the shipment')
        .waitFor();
      await app.getByRole('tab', { name: /Cancels/ }).click();
      await row.getByText('Voids the order').waitFor();

      await app.getByRole('button', { name: `Leave Amazon as it is for ${cancelled}` }).click();
      await app.getByRole('button', { name: 'Leave 1 as it is' }).click();
      await app.getByText('1 action left as it is. Amazon is not told.').waitFor();
      await world.settle(true);
      await look();
      await app.getByText('Nothing in quarantine').waitFor();
      await app.getByRole('tab', { name: 'Left as it is' }).click();
      await app.getByRole('button', { name: `Bring back what was left of ${cancelled}` }).click();
      await page.getByText('It waits in quarantine again').waitFor();
      await world.settle(true);
      expect(await amazonSide(cancelled)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });

      await app.getByRole('tab', { name: /Cancels/ }).click();
      const send = async () => {
        await row.getByText('Voids the order').waitFor();
        await app.getByRole('button', { name: `Send what was kept back of ${cancelled}` }).click();
        const dialog = app.getByRole('dialog', { name: 'Send 1 cancel to Amazon?' });
        await dialog.getByText(`${cancelled}: Voids the order`).waitFor();
        expect(await dialog.getByRole('button', { name: 'Send 1' }).isDisabled()).toBe(true);
        await dialog.getByRole('checkbox').check();
        await dialog.getByRole('button', { name: 'Send 1' }).click();
        await app.getByText('1 action goes to Amazon').waitFor();
      };
      await send();
      await app.getByRole('button', { name: /^Undo it \(\d:\d\d\)/ }).click();
      await page.getByText('Recalled. Nothing was sent.').waitFor();
      await world.settle(true);
      expect(await amazonSide(cancelled)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
      // Back in quarantine it is another problem.
      await app.getByRole('tab', { name: /Shipments/ }).click();
      await app.getByRole('row', { name: new RegExp(shipped) }).waitFor();
      await app.getByRole('tab', { name: /Cancels/ }).click();
      await look();
      await send();
      await world.settle(true);
      expect(await amazonSide(cancelled)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
      expect(await amazonSide(shipped)).toMatchObject({ status: 'UNSHIPPED' });
      expect(troubles).toEqual([]);
    });
  },
);

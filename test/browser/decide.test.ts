import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, heldDecisions, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, shopifyOrder, amazonSide } = dealings(world);
const state = async (id: string) => (await world.row(id))?.state;

async function askedFor(id: string) {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await world.settle();
}

/** Sends a decision as the app's own script does. */
const decide = (id: string, body: string, token?: string) =>
  askRoute(world.sandbox, 'app.orders.$order.decide', `/app/orders/${id}/decide`, { body, token });
const cancel = (more: object = {}) =>
  JSON.stringify({
    intent: 'cancel',
    preview: false,
    amount: 'full',
    reason: null,
    restock: true,
    free: false,
    version: null,
    ...more,
  });

it('SEC-3 CAN-1: the server refuses a stranger, what it does not know, and a refund of nothing', async () => {
  await askedFor('140-0000000-0000001');
  expect((await decide('140-0000000-0000001', cancel(), 'a.b.c')).status).toBe(401);
  for (const body of ['', '[]', '{"intent":"approve"}', cancel({ reason: 'Because' }), cancel({ amount: 5 })])
    expect((await decide('140-0000000-0000001', body)).status, body).toBe(400);
  const refused = async (body: string) =>
    (await (await decide('140-0000000-0000001', body)).json()) as unknown;
  for (const amount of ['0', '-1', '0.00'])
    expect(await refused(cancel({ amount })), amount).toMatchObject({
      ok: false,
      guard: 'amount_not_positive',
    });
  expect(await refused(cancel({ version: 'another' }))).toMatchObject({ ok: false, guard: 'order_changed' });
  await world.settle(true);
  expect(await state('140-0000000-0000001')).toBe('asked_held');
  expect((await decide('140-0000000-0000009', cancel())).status).toBe(200);
  expect(await (await decide('140-0000000-0000009', cancel())).json()).toMatchObject({
    ok: false,
    guard: 'not_found',
  });
});

it('CAN-7 CAN-8: pressed twice it is one decision, which a version of now lets through', async () => {
  await askedFor('140-0000000-0000002');
  const shown = (await (await decide('140-0000000-0000002', cancel({ preview: true }))).json()) as {
    version: string;
  };
  const both = await Promise.all(
    [1, 2].map(() => decide('140-0000000-0000002', cancel({ version: shown.version }))),
  );
  const answers = (await Promise.all(both.map((one) => one.json()))) as {
    outcome?: string;
    guard?: string;
  }[];
  const taken = answers.filter(({ outcome }) => outcome === 'chosen');
  expect(taken).toHaveLength(1);
  await world.settle(true);
  expect(await amazonSide('140-0000000-0000002')).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder('140-0000000-0000002')).toMatchObject({ cancelled: true, refunds: 1 });
});

it.skipIf(!hasBrowser)(
  'CAN-1 CAN-8: in the browser a refund of 0 is refused, an approval undone, and another carried out',
  async () => {
    await askedFor('140-0000000-0000003');
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Requests');
      const approve = app.getByRole('button', { name: 'Approve the cancellation of 140-0000000-0000003' });
      await approve.click();
      const dialog = app.getByRole('dialog', { name: 'Cancel order 140-0000000-0000003?' });
      await dialog.getByText('On Amazon: the whole order is voided.').waitFor();
      await dialog.getByText('Reason for Amazon: Buyer cancelled.').waitFor();
      const amount = dialog.getByLabel('Refund amount');
      const confirm = dialog.getByRole('button', { name: 'Cancel order' });
      await expect.poll(() => confirm.isDisabled()).toBe(false);
      // What is typed cannot be sent under what was shown before, and is looked at without leaving the field.
      const release = await heldDecisions(page);
      await amount.fill('25');
      expect(await confirm.isDisabled()).toBe(true);
      await release();
      await expect.poll(() => confirm.isDisabled()).toBe(false);
      await amount.fill('0');
      await amount.press('Enter');
      await amount.blur();
      await dialog.getByText('The refund must be greater than 0.').waitFor();
      expect(await confirm.isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await approve.click();
      await dialog.getByRole('button', { name: 'Cancel order' }).click();
      await dialog.waitFor({ state: 'detached' });
      await app.getByText(/^Cancelling in \d:\d\d/).waitFor();
      await app.getByRole('button', { name: 'Undo the last decision on 140-0000000-0000003' }).click();
      await page.getByText('Recalled. Nothing was sent.').waitFor();
      await world.settle(true);
      expect(await amazonSide('140-0000000-0000003')).toMatchObject({ cancels: 0 });
      await look();
      await approve.click();
      await dialog.getByRole('button', { name: 'Cancel order' }).click();
      await dialog.waitFor({ state: 'detached' });
      await world.settle(true);
      expect(await amazonSide('140-0000000-0000003')).toMatchObject({ status: 'CANCELLED', cancels: 1 });
      expect(await shopifyOrder('140-0000000-0000003')).toMatchObject({
        cancelled: true,
        refunded: 'all',
        refunds: 1,
      });
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)(
  'CAN-17: in the browser declining says that it is shipping, and releases the hold',
  async () => {
    await askedFor('140-0000000-0000004');
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      await goTo('Requests');
      await app.getByRole('button', { name: 'Decline the cancellation of 140-0000000-0000004' }).click();
      const dialog = app.getByRole('dialog', { name: 'Ship this order anyway?' });
      await dialog.getByText('Amazon has no “decline”').waitFor();
      await dialog.getByRole('button', { name: 'Release hold' }).click();
      await page.getByText('Hold released').waitFor();
      await world.settle();
      expect(await state('140-0000000-0000004')).toBe('declined_waiting_ship');
      expect(await amazonSide('140-0000000-0000004')).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)(
  'REQ-11 CAN-6 CAN-8: many are approved at once, what needs a reason of its own is left out, and all are undone together',
  async () => {
    const [first, second, partly] = [5, 6, 7].map((n) => `140-0000000-000000${n}`) as [
      string,
      string,
      string,
    ];
    await askedFor(first);
    await askedFor(second);
    const lines = ['10000000000001', '10000000000002'].map((line, at) =>
      amazonLine(line, { sku: `SKU-${at + 1}`, item: '10.00' }),
    );
    await world.place(
      amazonOrder(partly, {
        orderItems: lines,
        proceeds: { grandTotal: { amount: '20.00', currencyCode: 'USD' } },
      }),
    );
    await world.settle();
    await world.control('POST', `/amazon/orders/${partly}/request-cancel`, {
      orderItemIds: ['10000000000002'],
    });
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Requests');
      const approveAll = async () => {
        for (const id of [first, second, partly])
          await app
            .getByRole('row', { name: new RegExp(id) })
            .getByRole('checkbox')
            .check({ force: true });
        await app.getByRole('button', { name: 'Approve…', exact: true }).click();
        const dialog = app.getByRole('dialog', { name: 'Cancel 3 orders?' });
        await dialog.getByText('all 2 orders are voided whole').waitFor();
        await dialog.getByText('50.00\u00a0USD recorded as refunded').waitFor();
        await dialog.getByText('None counts in your cancellation rate.').waitFor();
        await dialog.getByText(`${partly} Choose a reason`).waitFor();
        await dialog.getByRole('button', { name: 'Cancel 2 orders' }).click();
        await dialog.waitFor({ state: 'detached' });
        await app.getByText('2 approved, 1 left out').waitFor();
      };
      await approveAll();
      await app.getByRole('button', { name: /^Undo all 2 \(\d:\d\d\)/ }).click();
      await page.getByText('Recalled. Nothing was sent.').waitFor();
      await world.settle(true);
      expect(await amazonSide(first)).toMatchObject({ cancels: 0 });
      expect(await amazonSide(second)).toMatchObject({ cancels: 0 });
      await look();
      await approveAll();
      await world.settle(true);
      for (const id of [first, second])
        expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
      expect(await amazonSide(partly)).toMatchObject({ cancels: 0 });
      expect(troubles).toEqual([]);
    });
  },
);

import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, heldDecisions, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { concord, variants, fulfilInShopify, amazonSide, shopifyOrder } = dealings(world);

const ofTwo = {
  proceeds: { grandTotal: { amount: '37.00', currencyCode: 'USD' } },
  orderItems: [
    amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00', title: 'Blue mug' }),
    amazonLine('10000000000002', { sku: 'SKU-2', item: '12.00', title: 'Red mug' }),
  ],
};

async function placed(id: string) {
  await variants();
  await world.place(amazonOrder(id, ofTwo));
  await world.settle();
}

it.skipIf(!hasBrowser)(
  'PRO-4 PRO-6: in the browser an order’s page shows both sides, its lines, and all that happened with who did it',
  async () => {
    const id = '142-0000000-0000001';
    await placed(id);
    const item = { orderItemIds: ['10000000000002'], reason: 'Zu spät <b>bestellt</b>' };
    await world.control('POST', `/amazon/orders/${id}/request-cancel`, item);
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, goTo, look, troubles }) => {
      await goTo('Orders');
      await app.getByRole('link', { name: id }).click();
      await app.getByRole('heading', { name: 'What happened' }).waitFor();
      await app.getByText('Held 1', { exact: true }).waitFor();
      expect(await app.getByText('Buyer asked', { exact: true }).count()).toBe(1);
      await app.getByText('“Zu spät <b>bestellt</b>”').first().waitFor();
      await app.getByText('The buyer asked to cancel 1 line.').waitFor();
      await app.getByText('Created in Shopify.').waitFor();
      await concord('approve', id, '--reason', 'NoInventory');
      await world.settle();
      await look();
      await app.getByText('Approved the cancellation.').waitFor();
      await app.getByRole('button', { name: `Undo the last decision on ${id}` }).click();
      await app.getByText('Approved the cancellation, and took it back.').waitFor();
      expect(troubles).toEqual([]);
    });
    expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  },
);

it.skipIf(!hasBrowser)(
  'FUL-1 REF-3: in the browser packages and refunds of both sides stand beside each other',
  async () => {
    const id = '142-0000000-0000002';
    await placed(id);
    await fulfilInShopify(id);
    await world.settle(true);
    await concord('refund', id, '--amount', '5', '--checked');
    await world.settle(true);
    await withAdmin(world.sandbox.admin, async ({ app, goTo, troubles }) => {
      await goTo('Orders');
      await app.getByRole('link', { name: id }).click();
      await app.getByText('UPS 1Z999AA10123456784 · 2 units').nth(1).waitFor();
      await app.getByText('5.00 USD refunded on Amazon.').waitFor();
      await app.getByText('Amazon shows the shipment 1Z999AA10123456784.').waitFor();
      expect(await app.getByText('Differs from Amazon').count()).toBe(0);
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)(
  'CAN-1 REF-1 REF-3: in the browser a refund of 0 is refused, one that nobody checked is asked about, and one goes to both sides',
  async () => {
    const id = '142-0000000-0000003';
    await placed(id);
    await fulfilInShopify(id);
    await world.settle(true);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      await goTo('Orders');
      await app.getByRole('link', { name: id }).click();
      await app.getByRole('button', { name: `Refund ${id}` }).click();
      const dialog = app.getByRole('dialog', { name: `Refund on Amazon: ${id}` });
      const confirm = dialog.getByRole('button', { name: 'Refund', exact: true });
      expect(await confirm.isDisabled()).toBe(true);
      const amount = dialog.getByLabel('Refund amount');
      await amount.fill('0');
      await amount.blur();
      await dialog.getByText('The refund must be greater than 0.').waitFor();
      await amount.fill('99');
      await amount.blur();
      await dialog.getByText('37.00').first().waitFor();
      expect(await confirm.isDisabled()).toBe(true);
      await amount.fill('10');
      await amount.blur();
      const effect = (money: string) => dialog.getByText(`${money}\u00a0USD`).first();
      await effect('10.00').waitFor();
      await expect.poll(() => confirm.isDisabled()).toBe(false);
      // What is typed then cannot be sent under what was shown, and is looked at without leaving the field.
      const release = await heldDecisions(page);
      await amount.fill('30');
      expect(await confirm.isDisabled()).toBe(true);
      await effect('10.00').waitFor();
      await release();
      await effect('30.00').waitFor();
      await expect.poll(() => confirm.isDisabled()).toBe(false);
      await dialog.getByRole('button', { name: 'All that is left' }).click();
      await expect.poll(() => amount.inputValue()).toBe('37.00');
      await effect('37.00').waitFor();
      await amount.fill('4.50');
      await effect('4.50').waitFor();
      await confirm.click();
      await dialog.locator('label', { hasText: 'I checked in Seller Central' }).click();
      await confirm.click();
      await dialog.waitFor({ state: 'detached' });
      await app.getByText('Approved a refund of 4.50 USD.').waitFor();
      await world.settle(true);
      expect(troubles).toEqual([]);
    });
    expect(await amazonSide(id)).toMatchObject({ status: 'SHIPPED', refunds: 1 });
    expect(await shopifyOrder(id)).toMatchObject({ refunds: 1, refunded: '4.5' });
  },
);

it.skipIf(!hasBrowser)(
  'CAN-8: in the browser the undo clock runs by the second, in the list and on the order’s page',
  async () => {
    const id = '142-0000000-0000004';
    await placed(id);
    await concord('approve', id, '--reason', 'NoInventory');
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      const badge = app.getByText(/^Cancelling in \d:\d\d$/);
      const left = async () => {
        const [minutes = 0, seconds = 0] = (await badge.innerText()).match(/\d+/g)?.map(Number) ?? [];
        return minutes * 60 + seconds;
      };
      const isData = (url: URL) => url.searchParams.has('_data');
      /** With no answer of the server, which would bring a newer time. */
      const runs = async () => {
        await page.route(isData, () => undefined);
        const before = await left();
        await expect.poll(left).toBeLessThan(before - 1);
        await page.unroute(isData);
      };
      await goTo('Orders');
      await badge.waitFor();
      await runs();
      await app.getByRole('link', { name: id }).click();
      await app.getByRole('heading', { name: 'What happened' }).waitFor();
      await badge.waitFor();
      await runs();
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)('PRO-4: in the browser an order that nobody knows says so', async () => {
  await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
    await goTo('Orders');
    await app.getByRole('heading', { name: 'Orders' }).waitFor();
    const frame = page.frames().find((each) => each.url().startsWith(world.sandbox.app));
    await frame?.evaluate(() => {
      history.pushState({}, '', '/app/orders/999-0000000-0000009');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    await app.getByText('No such order here').waitFor();
    expect(troubles).toEqual([]);
  });
});

import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const shop = 'first.myshopify.com';
const day = 86_400_000;

const at = async (ago: number) => {
  const { now } = await world.control('GET', '/clock');
  return new Date(Number(now) - ago).toISOString().replace(/\.\d+Z/, 'Z');
};
const ofShop = (path: string, body: unknown) => world.control('POST', `${path}?shop=${shop}`, body);
const status = (fulfillmentStatus: string) => ({
  fulfillment: { fulfillmentStatus, fulfilledBy: 'MERCHANT', fulfillmentServiceLevel: 'STANDARD' },
});
const names = () =>
  world.database.owner(
    `select amazon_order_id as id, stock_taken as stock from amazon_order
     where shop = $1 and shopify_name is not null order by 1`,
    [shop],
  );

it.skipIf(!hasBrowser)(
  'IMP-8 SEC-3: in the browser a new shop is led from nothing to its first order, sees older ones before they are created, and can leave',
  async () => {
    const { sellerId } = await world.control('POST', '/shops/new', { domain: shop });
    await ofShop('/shopify/variants', [{ sku: 'SKU-1', title: 'Mug', price: '25.00', inventory: 10 }]);
    await ofShop('/amazon/orders', [
      amazonOrder('161-0000000-0000001', { createdTime: await at(20 * day), ...status('SHIPPED') }),
      amazonOrder('161-0000000-0000002', { createdTime: await at(2 * day) }),
      amazonOrder('161-0000000-0000003', { createdTime: await at(5 * day), ...status('CANCELLED') }),
    ]);
    await world.control('POST', '/clock', { advance: 'PT10M' });
    await withAdmin(`${world.sandbox.admin}/?shop=${shop}`, async ({ page, app, goTo, look, troubles }) => {
      await app.getByRole('heading', { name: 'Set up Concord' }).waitFor();
      await app.getByText('0 of 5 steps').waitFor();
      const begin = app.getByRole('button', { name: 'Connect Amazon', exact: true }).last();
      // A token that is no token is refused beside the form, and the way by Amazon's page stays open.
      await app.getByRole('button', { name: 'Use my own Amazon app' }).click();
      await app.getByLabel('Merchant token').fill('A1SOMEBODY');
      await app.getByLabel('Refresh token').fill('Atzr|no-such-token');
      expect(await app.getByLabel('Refresh token').getAttribute('type')).toBe('password');
      await app.getByRole('button', { name: 'Check and connect' }).click();
      await app.getByText('Amazon refused this refresh token').waitFor();
      await begin.click();
      await page.waitForURL(/\/apps\/authorize\/consent/);
      await page.getByRole('button', { name: `Confirm as Demo store (${String(sellerId)})` }).click();
      await page.getByText('Connected: Demo store, 4 marketplaces').first().waitFor();
      await app.getByText('1 of 5 steps').waitFor();
      await expect.poll(() => app.locator(':focus').getAttribute('id')).toBe('guide-marketplaces');
      await app.getByText('amazon.com.mx').click();
      await app.getByRole('button', { name: 'Save marketplaces' }).click();
      await app.getByText('2 of 5 steps').waitFor();
      // Steps are taken in any order, and left and taken up again.
      await app.getByRole('button', { name: /^How a request is handled/ }).click();
      await app.getByText('You can undo an approval for 2 minutes.').waitFor();
      await app.getByRole('button', { name: 'Keep these' }).click();
      await app.getByText('3 of 5 steps').waitFor();
      await app.getByText('Also orders of the last 60 days').click();
      await app.getByRole('button', { name: 'Preview' }).click();
      await app.getByRole('heading', { name: 'Older orders' }).waitFor();
      expect(await app.getByText('amazon.com.mx').count()).toBe(0);
      await app.getByRole('button', { name: 'Preview' }).click();
      const create = app.getByRole('button', { name: 'Create 2 orders…' });
      await create.waitFor();
      expect(await names()).toEqual([]);
      await create.click();
      const dialog = app.getByRole('dialog', { name: 'Create 2 orders in Shopify?' });
      await dialog.getByText('They cannot be removed together.').waitFor();
      await dialog.getByRole('button', { name: 'Create 2 orders' }).click();
      await app.getByText('3 orders were worked on.').waitFor();
      await world.settle();
      // What was shipped long ago takes nothing from today's stock.
      expect(await names()).toEqual([
        { id: '161-0000000-0000001', stock: false },
        { id: '161-0000000-0000002', stock: true },
      ]);
      await goTo('Concord');
      await app.getByText('4 of 5 steps').waitFor();
      await app.getByRole('button', { name: 'Finish' }).click();
      await app.getByRole('heading', { name: 'Set up Concord' }).waitFor({ state: 'detached' });
      await ofShop('/amazon/orders', [amazonOrder('161-0000000-0000004', { createdTime: await at(0) })]);
      await world.settle();
      await look();
      await app.getByText('3 of 3 orders in step').waitFor();
      await app.getByRole('button', { name: 'Show setup guide' }).click();
      await app.getByText('4 of 5 steps').waitFor();
      await app.getByRole('button', { name: 'Dismiss' }).click();
      await app.getByRole('heading', { name: 'Set up Concord' }).waitFor({ state: 'detached' });
      // The account shows its state, is disconnected after a word, and connected again.
      const own = `Demo store (${String(sellerId)})`;
      const state = () => world.database.owner('select state from seller where shop = $1', [shop]);
      await app.getByRole('link', { name: 'Manage accounts' }).click();
      await app.getByText(/^Connected until /).waitFor();
      await app.getByRole('button', { name: `Disconnect ${own}` }).click();
      const leave = app.getByRole('dialog', { name: `Disconnect ${own}?` });
      await leave.getByText('Sending stops at once.').waitFor();
      await leave.getByRole('button', { name: 'Not now' }).click();
      await leave.waitFor({ state: 'detached' });
      expect(await state()).toEqual([{ state: 'connected' }]);
      await app.getByRole('button', { name: `Disconnect ${own}` }).click();
      await leave.getByRole('button', { name: 'Disconnect', exact: true }).click();
      await app.getByText('Disconnected', { exact: true }).waitFor();
      await app.getByRole('button', { name: 'Reconnect' }).click();
      await app.getByRole('button', { name: 'Reconnect' }).last().click();
      await page.waitForURL(/\/apps\/authorize\/consent/);
      await page.getByRole('button', { name: `Confirm as ${own}` }).click();
      await page.getByText('Connected: Demo store, 4 marketplaces').first().waitFor();
      expect(await state()).toEqual([{ state: 'connected' }]);
      expect(troubles).toEqual([]);
    });
  },
  120_000,
);

import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { extensionPages } from './extension-pages.ts';

const world = runningWorld({ web: true });
const { variants, amazonSide, shopifyOrder } = dealings(world);
const [asked, partly, quiet, shipped] = [1, 2, 3, 4].map((n) => `153-0000000-000000${n}`) as [
  string,
  string,
  string,
  string,
];

async function furnish() {
  await variants();
  const lines = ['10000000000001', '10000000000002'].map((line, at) =>
    amazonLine(line, { sku: `SKU-${at + 1}`, title: at === 0 ? 'Blue mug' : 'Red mug', item: '10.00' }),
  );
  const two = { orderItems: lines, proceeds: { grandTotal: { amount: '20.00', currencyCode: 'USD' } } };
  await world.place(amazonOrder(asked), amazonOrder(partly, two), amazonOrder(quiet), amazonOrder(shipped));
  await world.settle();
  await world.control('POST', `/amazon/orders/${shipped}/ship`, {
    carrier: 'UPS',
    trackingNumber: '1Z999AA10123456784',
  });
  await world.control('POST', `/amazon/orders/${asked}/request-cancel`, { reason: 'By mistake <b>' });
  await world.control('POST', `/amazon/orders/${partly}/request-cancel`, {
    orderItemIds: ['10000000000002'],
  });
  // One that Shopify's own shop sold.
  const { orderCreate } = await world.shopify(
    `mutation { orderCreate(order: { lineItems: [{ title: "Poster", quantity: 1, priceSet: { shopMoney: { amount: "5.00", currencyCode: USD } } }] }) { order { name } userErrors { message } } }`,
  );
  await world.settle();
  return (orderCreate as { order: { name: string } }).order.name;
}

it.skipIf(!hasBrowser)(
  'CAN-6 CAN-7 REQ-3 REQ-5: in Shopify’s order list many are approved or looked at, each with its own answer, and the sheet strikes what nobody may pack',
  async () => {
    const ownName = await furnish();
    const nameOf = async (id: string) => (await world.order(id))?.name ?? '';
    const names = await Promise.all([asked, partly, quiet, shipped].map(nameOf));
    const chosen = [...names, ownName];
    await withAdmin(
      world.sandbox.admin,
      async (admin) => {
        const { action, sheet, window, picture, openOrders, choose, press } = extensionPages(admin);
        await openOrders();
        for (const name of chosen) await choose(name);

        await press('Print with Concord…');
        await sheet.getByText('HELD: the buyer asked to cancel. Do not ship the struck lines.').waitFor();
        await sheet.getByText('DO NOT PACK: the buyer asked to cancel this order').waitFor();
        await sheet.getByText('NOTHING TO PACK: this order was sent already.').waitFor();
        // A box to tick for each line that may be packed: one of the two, and the one that nobody asked about.
        expect(await sheet.locator('.box').count()).toBe(2);
        expect(await sheet.locator('body').innerText()).not.toMatch(/\d\dT\d\d:/);
        await sheet.getByText('Seattle WA 98101').first().waitFor();
        await sheet.getByText('HELD: the buyer asked').scrollIntoViewIfNeeded();
        const struck = await sheet
          .locator('s')
          .evaluateAll((all) =>
            all
              .filter((one) => getComputedStyle(one).textDecorationLine === 'line-through')
              .map((one) => one.textContent),
          );
        expect(struck).toContain('SKU-2');
        expect(struck).toContain('Red mug × 1');
        expect(await sheet.locator('section').count()).toBe(chosen.length);
        await picture('pack-sheet');
        await admin.page.keyboard.press('Escape');
        await window.waitFor({ state: 'hidden' });

        await press('Concord…');
        await action.getByRole('button', { name: 'See what happens' }).click();
        const approve = action.getByRole('button', { name: 'Approve 1', exact: true });
        await action.getByText(`✓ ${names[0] ?? ''} · ${asked}: Cancel order · 25.00 USD`).waitFor();
        await action.getByText(`– ${ownName}: Not an Amazon order.`).waitFor();
        for (const at of [1, 2, 3]) await action.getByText(`✕ ${names[at] ?? ''} ·`).waitFor();
        expect(await action.getByText('Decide it on the order’s own page.').count()).toBe(2);
        await expect.poll(() => approve.isDisabled()).toBe(false);
        await approve.click();
        await action.getByText(new RegExp(`^✓ ${names[0] ?? ''} · ${asked}: Cancelling`)).waitFor();
        await picture('orders-selection');
        await action.getByRole('button', { name: 'Close' }).click();
        await window.waitFor({ state: 'hidden' });
        await world.settle(true);
        expect(await amazonSide(asked)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
        expect(await shopifyOrder(asked)).toMatchObject({ cancelled: true, refunds: 1 });
        for (const id of [partly, quiet]) expect(await amazonSide(id)).toMatchObject({ cancels: 0 });

        // The list was drawn anew meanwhile, and the same are chosen.
        await press('Concord…');
        await action.getByLabel('Look again').check();
        await action.getByRole('button', { name: 'Look again' }).click();
        await action.getByText(new RegExp(`^✓ ${names[2] ?? ''} · ${quiet}: Looking again`)).waitFor();
        await action.getByText(`– ${ownName}: Not an Amazon order.`).waitFor();
        await world.settle(true);
        expect(admin.troubles).toEqual([]);
      },
      { width: 1_800, height: 1_000 },
    );
  },
);

import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { extensionPages } from './extension-pages.ts';

const world = runningWorld({ web: true });
const { variants, shopifyOrder, amazonSide } = dealings(world);
const id = '151-0000000-0000001';

async function askedFor() {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake 😀 <b>' });
  await world.settle();
}

it.skipIf(!hasBrowser)(
  'CAN-1 CAN-8 REQ-3 REQ-5: on Shopify’s own order page a refund of 0 is refused, an approval counts down, is undone, and another carried out',
  async () => {
    await askedFor();
    const name = (await world.order(id))?.name ?? '';
    await withAdmin(
      world.sandbox.admin,
      async (admin) => {
        const { block, action, window, picture, openOrder } = extensionPages(admin);
        await openOrder(name);
        await block.getByText('Buyer asked, held').waitFor();
        await block.getByText('“Ordered by mistake 😀 <b>”').waitFor();
        await block.getByText('SKU-1 × 1').waitFor();
        const approve = block.getByRole('button', { name: `Approve the cancellation of ${id}` });
        await picture('order-block');
        await approve.click();
        await action.getByText('On Amazon: the whole order is voided.').waitFor();
        const amount = action.getByLabel('Refund amount');
        const confirm = action.getByRole('button', { name: 'Cancel order' });
        expect(await amount.inputValue()).toBe('25.00');
        await amount.fill('0');
        await amount.blur();
        await action.getByText('The refund must be greater than 0.').waitFor();
        expect(await confirm.isDisabled()).toBe(true);
        await picture('order-action');
        expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
        await amount.fill('25.00');
        // Enter in the amount does not send it.
        await amount.press('Enter');
        await amount.blur();
        await expect.poll(() => confirm.isDisabled()).toBe(false);
        expect((await world.row(id))?.state).toBe('asked_held');
        await confirm.click();
        await window.waitFor({ state: 'hidden' });
        await world.settle();
        await block.getByText(/^Cancelling in [12]:\d\d/).waitFor();
        await picture('order-block-undo');
        await block.getByRole('button', { name: `Undo the last decision on ${id}` }).click();
        await block.getByText('Recalled. Nothing was sent.').waitFor();
        await world.settle(true);
        expect(await amazonSide(id)).toMatchObject({ cancels: 0 });
        await block.getByRole('button', { name: `Look again at ${id}` }).click();
        await block.getByText('Buyer asked, held').waitFor();
        await approve.click();
        await confirm.click();
        await window.waitFor({ state: 'hidden' });
        await world.settle(true);
        expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
        expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunds: 1 });
        await block.getByText('Cancelled, in step').waitFor();
        expect(admin.troubles).toEqual([]);
      },
      { width: 1_800, height: 1_000 },
    );
  },
);

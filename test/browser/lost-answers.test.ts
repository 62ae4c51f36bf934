import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, amazonSide, shopifyOrder } = dealings(world);

async function askedFor(...ids: readonly string[]) {
  await variants();
  await world.place(...ids.map((id) => amazonOrder(id)));
  await world.settle();
  for (const id of ids)
    await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await world.settle();
}

const isPreview = (route: Route) =>
  (route.request().postDataJSON() as { preview?: boolean }).preview === true;

it.skipIf(!hasBrowser)(
  'CAN-7: in the browser a decision whose answer is lost is said to be not certain, and is one decision',
  async () => {
    const id = '148-0000000-0000001';
    await askedFor(id);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Requests');
      const approve = app.getByRole('button', { name: `Approve the cancellation of ${id}` });
      let lost = 0;
      await page.route(`**/app/orders/${id}/decide`, async (route) => {
        // The first look gets no answer; the decision is written down, and its answer gets lost.
        if (isPreview(route) && lost > 0) return route.continue();
        lost += 1;
        if (!isPreview(route)) await route.fetch();
        return route.abort();
      });
      await approve.click();
      const dialog = app.getByRole('dialog', { name: `Cancel order ${id}?` });
      await dialog.getByText('Concord did not answer. Nothing was decided; try again.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Cancel order' }).isDisabled()).toBe(true);
      await dialog.getByRole('button', { name: 'Look again' }).click();
      await dialog.getByText('On Amazon: the whole order is voided.').waitFor();
      await dialog.getByRole('button', { name: 'Cancel order' }).click();
      await dialog.getByText('It is not certain whether your decision was written down').waitFor();
      expect(lost).toBe(2);
      // The app is away for a moment: the page, and the dialog on it, stay.
      await page.route('**/healthz', (route) => route.abort());
      await page.route('**/*_data=*', (route) => route.abort());
      await look();
      await dialog.getByRole('button', { name: 'Keep order' }).click();
      await dialog.waitFor({ state: 'detached' });
      await app.getByRole('heading', { name: 'Requests' }).waitFor();
      await page.unroute('**/healthz');
      await page.unroute('**/*_data=*');
      await look();
      await app.getByText(/^Cancelling in \d:\d\d/).waitFor();
      expect(troubles).toEqual([]);
    });
    await world.settle(true);
    expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 1 });
    expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunds: 1 });
  },
);

it.skipIf(!hasBrowser)(
  'CAN-1 CAN-8: in the browser a dialog outlives its row, and a series that is stopped says what was decided',
  async () => {
    const ids = ['148-0000000-0000002', '148-0000000-0000003', '148-0000000-0000004'];
    const [first = ''] = ids;
    await askedFor(...ids);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Requests');
      await app.getByRole('button', { name: `Approve the cancellation of ${first}` }).click();
      const dialog = app.getByRole('dialog', { name: `Cancel order ${first}?` });
      await dialog.getByText('On Amazon: the whole order is voided.').waitFor();
      await world.control('POST', `/amazon/orders/${first}/withdraw-request`, {});
      await world.settle();
      await look();
      await app.getByRole('link', { name: first }).waitFor({ state: 'detached' });
      await dialog.getByRole('button', { name: 'Cancel order' }).click();
      await dialog.getByText('The order changed while you looked').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });

      let decided = 0;
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route('**/decide', async (route) => {
        if (!isPreview(route)) {
          decided += 1;
          await held;
        }
        return route.continue();
      });
      for (const id of ids.slice(1))
        await app
          .getByRole('row', { name: new RegExp(id) })
          .getByRole('checkbox')
          .check({ force: true });
      await app.getByRole('button', { name: 'Approve…', exact: true }).click();
      const many = app.getByRole('dialog', { name: 'Cancel 2 orders?' });
      await many.getByRole('button', { name: 'Cancel 2 orders' }).click();
      await many.getByRole('button', { name: 'Stop' }).click();
      answer();
      await many.waitFor({ state: 'detached' });
      await app.getByText('1 approved').waitFor();
      expect(decided).toBe(1);
      expect(troubles).toEqual([]);
    });
    await world.settle(true);
    const sides = await Promise.all(ids.map(amazonSide));
    expect(sides.filter((side) => JSON.stringify(side).includes('CANCELLED'))).toHaveLength(1);
  },
);

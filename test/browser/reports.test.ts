import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, concord } = dealings(world);
const [asked, alone, own, fine] = [1, 2, 3, 4].map((n) => `147-0000000-000000${n}`) as [
  string,
  string,
  string,
  string,
];
const hostile = '=1+1,"x"';

const folder = mkdtempSync(path.join(tmpdir(), 'concord-report-pages-'));
/** An order report with these columns and one row that says nothing. */
function reportFile(name: string, ...columns: string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, `order-id\t${columns.join('\t')}\n${fine}\t${columns.map(() => '').join('\t')}\n`);
  return file;
}

async function saved(page: Page, press: () => Promise<void>): Promise<string[]> {
  const saving = page.waitForEvent('download');
  await press();
  return readFileSync(await (await saving).path(), 'utf8').split('\r\n');
}

/** Four orders of today: one cancelled after a request, one by its buyer, one by the seller alone, and one that ships. */
async function history(): Promise<void> {
  await variants();
  const createdTime = `${new Date(world.sandbox.world.clock.now() - 3_600_000).toISOString().slice(0, 19)}Z`;
  const lines = (sku: string) => ({
    createdTime,
    orderItems: [amazonLine('10000000000001', { sku, item: '25.00' })],
  });
  await world.place(
    amazonOrder(asked, lines(hostile)),
    ...[alone, own, fine].map((id) => amazonOrder(id, lines('SKU-1'))),
  );
  await world.settle();
  await world.control('POST', `/amazon/orders/${asked}/request-cancel`, {
    reason: 'Ordered by mistake <b>Zorro</b>',
  });
  await world.settle();
  await concord('approve', asked);
  await world.control('POST', `/amazon/orders/${alone}/cancel`, { by: 'BUYER' });
  await world.control('POST', `/amazon/orders/${own}/cancel`, { by: 'MERCHANT' });
  await world.settle(true);
}

it.skipIf(!hasBrowser)(
  'REP-4 REP-5 REP-6 REP-7: in the browser the reports say what counts and why, who cancelled and what for, as picture, table, file and on paper',
  async () => {
    await history();
    await concord('report', reportFile('without.txt', 'purchase-date', 'sku'));
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      const row = (text: string) => app.getByRole('row', { name: new RegExp(text.replaceAll('+', '\\+')) });
      await goTo('Reports');
      await app.getByRole('tab', { name: 'Cancellation rate' }).click();
      await app.getByText('1 of 4 orders in 7 days.').first().waitFor();
      await expect.poll(() => row(asked).textContent()).toMatch(/You, after a request.*Does not count/);
      expect(await row(alone).textContent()).toMatch(/Buyer, alone.*Does not count.*cancelled alone/);
      expect(await row(own).textContent()).toMatch(/You, without a request.*Counts.*Seller’s reason/);
      await app.getByRole('tab', { name: 'Counts 1' }).click();
      await row(asked).waitFor({ state: 'detached' });
      await row(own).waitFor();

      // The picture says in one sentence what its table says day by day; the button is reached by key.
      await app
        .getByRole('img', { name: /^In 30 days between .* now 25\.00 %; the limit is 2\.5 %/ })
        .waitFor();
      await app.locator('.report-chart svg').first().waitFor();
      const toggle = app.getByRole('button', { name: 'Show as table' });
      await toggle.focus();
      await page.keyboard.press('Enter');
      await app.getByRole('table', { name: /30 days, and 7 ahead/ }).waitFor();
      await app.getByRole('button', { name: 'Show as chart' }).click();

      const cancels = await saved(page, () =>
        app.getByRole('button', { name: 'Export CSV', exact: true }).click(),
      );
      expect(cancels[0]).toBe('\uFEFFCancelled orders made in this time');
      expect(cancels[1]).toMatch(/^"?All marketplaces, each in its own days · Last 30 days · as of /);
      expect(cancels.slice(2, 4)).toEqual(['Counts', '']);
      expect(cancels[5]).toMatch(new RegExp(`^${own},#\\d+,amazon\\.com,\\d{4}-\\d\\d-\\d\\d,"You, without`));
      expect(cancels.slice(6)).toEqual(['']);

      // The column is off: how to switch it on is said here and in the inbox, until a report has it.
      await app
        .getByText(/^The order report of .* has no column “Buyer requested cancellation”\.$/)
        .waitFor();
      await concord('report', reportFile('with.txt', 'purchase-date', 'is-buyer-requested-cancellation'));
      await look();
      await app.getByText('Add or remove order report columns').waitFor({ state: 'detached' });

      await app.getByRole('tab', { name: 'Reasons' }).click();
      await app.getByText('1 buyer asked to cancel. Most often: ordered by mistake (1).').first().waitFor();
      await app.getByText('3 orders were cancelled, most often by: Buyer, alone (1).').first().waitFor();
      expect(await app.locator('body').textContent()).not.toContain('Zorro');
      const groups = await saved(page, () =>
        app.getByRole('button', { name: 'Export CSV', exact: true }).click(),
      );
      expect(groups[4]).toMatch(
        new RegExp(`^"'${hostile.replaceAll('"', '""').replaceAll('+', '\\+')}",1,1,`),
      );
      const times = await saved(page, () =>
        app.getByRole('button', { name: 'Export CSV: How fast requests are answered' }).click(),
      );
      expect(times[3]).toContain('Asked to done (hours)');
      await app.getByLabel('Group by').selectOption('market');
      await expect.poll(() => row('amazon.com 4 ').count()).toBe(1);

      // On paper: no buttons, and a table in place of each picture.
      await page.emulateMedia({ media: 'print' });
      expect(await app.getByRole('button').filter({ visible: true }).count()).toBe(0);
      expect(await app.getByRole('img').filter({ visible: true }).count()).toBe(0);
      expect(await app.getByRole('table', { name: 'Who cancelled' }).isVisible()).toBe(true);
      await page.emulateMedia({ media: null });

      // Days that are none are refused in the field; days without orders say so and lead back.
      await app.getByRole('button', { name: 'Period: Last 30 days' }).click();
      await app.getByLabel('First day').fill('2026-05-05');
      await app.getByLabel('Last day').fill('2026-05-04');
      await app.getByRole('button', { name: 'Show these days' }).click();
      await app.getByText('The last day comes before the first.').waitFor();
      await app.getByLabel('Last day').fill('2026-05-06');
      await app.getByRole('button', { name: 'Show these days' }).click();
      await app.getByText('No orders in this time').waitFor();
      await app.getByText('May 5, 2026 to May 6, 2026').first().waitFor();
      await app.getByRole('link', { name: 'Last 90 days' }).click();
      await app.getByText('1 buyer asked to cancel. Most often: ordered by mistake (1).').first().waitFor();
      expect(troubles).toEqual([]);
    });
  },
  120_000,
);

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, fulfilInShopify } = dealings(world);
const [first, second, third, unknown] = [1, 2, 3, 9].map((n) => `144-0000000-000000${n}`) as [
  string,
  string,
  string,
  string,
];

const priced = (amount: string, sku: string) => ({
  proceeds: { grandTotal: { amount, currencyCode: 'USD' } },
  orderItems: [amazonLine('10000000000001', { sku, item: amount })],
});

it.skipIf(!hasBrowser)(
  'REQ-5 REQ-11 CAN-19 PRO-6: in the browser orders are searched, filtered, sorted, kept as a view, exported, and proved on paper',
  async () => {
    await variants();
    await world.place(
      amazonOrder(first, priced('25.00', 'SKU-1')),
      amazonOrder(second, priced('99.00', 'SKU-2')),
      amazonOrder(third, priced('12.00', 'SKU-1')),
    );
    await world.settle();
    await world.control('POST', `/amazon/orders/${first}/request-cancel`, { reason: '=Zu <b>spät</b>' });
    await fulfilInShopify(third);
    await world.settle(true);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      const rows = app.locator('tbody tr');
      const shows = async (...ids: string[]) => {
        await expect
          .poll(async () => (await rows.allTextContents()).map((text) => /\d{3}-\d{7}-\d{7}/.exec(text)?.[0]))
          .toEqual(ids);
      };
      const search = async (words: string) => {
        await app.getByRole('textbox', { name: 'Search orders' }).fill(words);
        await app.getByRole('button', { name: 'Search' }).click();
      };
      await goTo('Orders');
      await app.getByLabel('Sort').selectOption('total');
      await shows(second, first, third);
      await search('1Z999AA10123456784');
      await shows(third);
      await search(unknown);
      await app.getByText('An exact Amazon id is also looked up at Amazon.').waitFor();
      await app.getByRole('button', { name: `Look up ${unknown}` }).click();
      await world.settle();
      await look();
      await app.getByText(/^Amazon’s answer: /).waitFor();
      await search('');
      await app.getByRole('tab', { name: 'Held' }).click();
      await shows(first);
      await app.getByRole('tab', { name: 'All' }).click();
      await shows(third, second, first);
      await app.getByLabel('Programme').selectOption('PRIME');
      await app.getByText('No order matches').waitFor();
      await app.getByLabel('Programme').selectOption('');
      await shows(third, second, first);
      await app.getByLabel('Value from').fill('dear');
      await app.getByText('Enter an amount, like 20 or 99.90.').waitFor();
      await app.getByLabel('Value from').fill('1000000');
      await app.getByLabel('Value from').press('Enter');
      await app.getByText('No order matches').waitFor();
      await app.getByLabel('Value from').press('Tab');
      await page.keyboard.type('2000000');
      expect(await app.getByLabel('Value to').inputValue()).toBe('2000000');
      await app.getByLabel('Value to').fill('');
      await app.getByLabel('Value from').fill('');
      await app.getByLabel('Value from').blur();
      await shows(third, second, first);
      await app.getByLabel('Request', { exact: true }).selectOption('none');
      await shows(third, second);
      await app.getByLabel('Sort').selectOption('total');
      await shows(second, third);
      await app.getByRole('button', { name: 'Save view…' }).click();
      await app.getByLabel('Name of the view').fill('Dear ones');
      await app.getByRole('button', { name: 'Save view', exact: true }).click();
      await app.getByRole('tab', { name: 'Dear ones' }).waitFor();
      await app.getByRole('tab', { name: 'All' }).click();
      await shows(third, second, first);
      await app.getByRole('tab', { name: 'Dear ones' }).click();
      await shows(second, third);
      await app.getByRole('button', { name: 'Delete view “Dear ones”' }).click();
      await app.getByRole('tab', { name: 'Dear ones' }).waitFor({ state: 'detached' });
      await page.locator('#toast').getByRole('button', { name: 'Undo' }).click();
      await app.getByRole('tab', { name: 'Dear ones' }).waitFor();

      const saving = page.waitForEvent('download');
      await app.getByRole('button', { name: 'Export CSV (2 orders)' }).click();
      const lines = readFileSync(await (await saving).path(), 'utf8')
        .trimEnd()
        .split('\r\n');
      expect(lines.map((line) => line.split(',')[0])).toEqual(['\uFEFFAmazon order', second, third]);
      expect(lines[1]).toContain(',USD,99.00,');

      await app.getByRole('tab', { name: 'Held' }).click();
      await shows(first);
      await app
        .getByRole('row', { name: new RegExp(first) })
        .getByRole('checkbox')
        .check({ force: true });
      await app.getByRole('button', { name: 'Cancel file…' }).click();
      const file = page.waitForEvent('download');
      await app.getByRole('button', { name: 'Make file of 1 order' }).click();
      expect(readFileSync(await (await file).path(), 'utf8')).toContain(first);

      await app.getByRole('link', { name: first }).click();
      await app.getByRole('link', { name: 'Evidence page' }).click();
      await app.getByText(/^Made .* from the audit log, [1-9]\d* entries$/).waitFor();
      await app.getByText('“=Zu <b>spät</b>”').waitFor();
      await app.getByText('Held in Shopify.').first().waitFor();
      expect(await app.getByRole('button', { name: 'Print' }).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'print' });
      expect(await app.getByRole('button').filter({ visible: true }).count()).toBe(0);
      expect(await app.getByRole('link').filter({ visible: true }).count()).toBe(0);
      expect(await app.getByRole('heading', { name: `Evidence for order ${first}` }).isVisible()).toBe(true);
      expect(troubles).toEqual([]);
    });
  },
);

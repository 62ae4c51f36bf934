import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { AdminPage } from './admin-page.ts';

/** SCREENSHOTS=1 takes pictures of what is tested into public/docs. */
const docs =
  process.env['SCREENSHOTS'] === '1' ? path.join(import.meta.dirname, '..', '..', 'public', 'docs') : null;

/** The pretend admin's own pages of orders, in which the extensions' own bundles run. */
export function extensionPages({ page }: AdminPage) {
  const openOrders = () => page.locator('#shopify nav button', { hasText: 'Orders' }).click();
  return {
    openOrders,
    /** Opens the page of the order that Shopify calls so. */
    openOrder: async (name: string) => {
      await openOrders();
      await page.locator('#shopify-page button.link', { hasText: name }).click();
    },
    /** Chooses an order in the list by its name in Shopify. */
    choose: (name: string) => page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check(),
    /** Presses what opens an extension. */
    press: (name: string) => page.locator('#shopify-page').getByRole('button', { name, exact: true }).click(),
    block: page.frameLocator('#order-block iframe'),
    action: page.frameLocator('#extension-window iframe'),
    /** The page that is shown before it is printed. */
    sheet: page.frameLocator('#extension-window iframe').frameLocator('iframe'),
    window: page.locator('#extension-window'),
    picture: async (file: string) => {
      if (docs === null) return;
      await mkdir(docs, { recursive: true });
      await page.screenshot({ path: path.join(docs, `${file}.png`), animations: 'disabled' });
    },
  };
}

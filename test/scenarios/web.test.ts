import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const browserPath = '/usr/bin/chromium';
const flags =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --disable-quic --no-first-run'.split(
    ' ',
  );
const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

const installed = async () =>
  (await world.database.owner<{ uninstalled_at: Date | null }>('select uninstalled_at from shop'))[0]
    ?.uninstalled_at === null;

function webhook(body: string, secret: string): Promise<Response> {
  return fetch(`${world.sandbox.app}/webhooks/app`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
      'X-Shopify-Topic': 'app/uninstalled',
      'X-Shopify-Shop-Domain': world.sandbox.shop,
      'X-Shopify-API-Version': '2026-10',
      'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'X-Shopify-Triggered-At': '2030-01-01T00:00:00Z',
    },
  });
}

it('SEC-3: a webhook with a wrong signature is refused and changes nothing', async () => {
  const answer = await webhook('{}', 'not the secret');
  expect(answer.status).toBe(401);
  expect(await installed()).toBe(true);
});

it('SEC-3: a page without a session token shows nothing of the shop', async () => {
  await world.place(amazonOrder('117-1'));
  await world.settle();
  const answer = await fetch(`${world.sandbox.app}/app/orders`, {
    headers: { 'user-agent': agent },
    redirect: 'manual',
  });
  expect(answer.status).toBeGreaterThanOrEqual(300);
  expect(await answer.text()).not.toContain('117-1');
  const forged = await fetch(`${world.sandbox.app}/app/orders`, {
    headers: { 'user-agent': agent, authorization: 'Bearer a.b.c' },
    redirect: 'manual',
  });
  expect(forged.status).toBe(401);
  // A frame that has forgotten its shop is told to ask again, and nothing else.
  const lost = await fetch(`${world.sandbox.app}/app/orders`, {
    headers: { 'user-agent': agent, 'sec-fetch-dest': 'iframe' },
    redirect: 'manual',
  });
  const text = await lost.text();
  expect(text).toContain('sessionStorage');
  expect(text).not.toContain('117-1');
});

it('SEC-4: uninstalling stops everything, and installing again goes on without doubles', async () => {
  await world.place(amazonOrder('117-2'));
  await world.settle();
  await world.control('POST', '/shopify/install', { installed: false });
  await expect.poll(installed).toBe(false);
  await expect.poll(() => world.database.owner('select 1 from session')).toEqual([]);
  await world.control('POST', '/shopify/install', { installed: true });
  await world.settle();
  expect(await installed()).toBe(true);
  expect(await world.orders()).toHaveLength(1);
});

it.skipIf(!existsSync(browserPath))(
  'IMP-1: the app opens framed in the shop’s admin and lists the orders with both sides’ state',
  async () => {
    await world.control('POST', '/shopify/variants', [{ sku: 'SKU-1', title: 'Mug', price: '25.00' }]);
    await world.place(
      amazonOrder('117-3'),
      amazonOrder('117-4', { fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' } }),
    );
    await world.settle();
    const browser = await chromium.launch({ executablePath: browserPath, args: flags });
    try {
      const page = await browser.newPage({ userAgent: agent, viewport: { width: 1600, height: 900 } });
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('requestfailed', (request) => troubles.push(request.url()));
      await page.goto(world.sandbox.admin);
      const app = page.frameLocator('#app');
      await app.getByText(/^1 of 1 orders? in step/).waitFor();
      // The page is there before its script is: only then does the menu lead anywhere.
      await page.waitForLoadState('networkidle');
      await page.getByText('Orders', { exact: true }).nth(1).click();
      await app.getByText('117-3').waitFor();
      await app.getByText('Amazon is still checking the payment').waitFor();
      await app.getByText('Unfulfilled').waitFor();
      expect(troubles.filter((trouble) => !trouble.startsWith(world.sandbox.app))).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);

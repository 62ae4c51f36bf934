import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../app/sandbox/start.ts';
import { freshDatabase } from '../database.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { frameOf, furnish, shopifyStops, stops } from './tour.ts';

const database = await freshDatabase();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    ...{ databaseUrl: database.url, migrated: true, port: 0, workers: 1 },
    ...{ web: true, headless: false },
  });
  await furnish(sandbox);
});
afterAll(() => sandbox.stop());

/** What shuts people out of a document, by axe-core. */
async function graveIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe.source);
  const { violations } = await frame.evaluate(() => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    return inPage.run(document, { resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`);
}

for (const [device, width] of [
  ['a desk', 1_000],
  ['a phone', 360],
] as const)
  it.skipIf(!hasBrowser)(
    `PRO-4: on ${device} no page, and nothing of ours on Shopify’s, has anything that shuts people out, by axe-core's rules`,
    async () => {
      await withAdmin(sandbox.admin, async (admin) => {
        await admin.page.evaluate((wide) => {
          for (const each of document.querySelectorAll<HTMLIFrameElement>('#app'))
            each.style.width = `${String(wide)}px`;
        }, width);
        for (const stop of stops) {
          await stop.go(admin, sandbox);
          const grave = await graveIn(frameOf(admin, sandbox));
          expect.soft(grave, `${stop.name} on ${device}`).toEqual([]);
        }
        for (const { name, go } of shopifyStops) {
          const frame = await go(admin);
          const element = await frame.frameElement();
          await element.evaluate((one, wide) => {
            if (one instanceof HTMLElement) one.style.width = `${String(wide)}px`;
          }, width);
          expect.soft(await graveIn(frame), `${name} on ${device}`).toEqual([]);
          const over = await frame.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth - clientWidth;
          });
          expect.soft(over, `${name} on ${device}`).toBeLessThanOrEqual(0);
        }
        expect(admin.troubles).toEqual([]);
      });
    },
    120_000,
  );

import axe from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../app/sandbox/start.ts';
import { freshDatabase } from '../database.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { frameOf, furnish, stops } from './tour.ts';

const database = await freshDatabase();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    ...{ databaseUrl: database.url, port: 0, workers: 1 },
    ...{ web: true, headless: false },
  });
  await furnish(sandbox);
});
afterAll(() => sandbox.stop());

for (const [device, width] of [
  ['a desk', 1_000],
  ['a phone', 360],
] as const)
  it.skipIf(!hasBrowser)(
    `PRO-4: on ${device} no page has anything that shuts people out, by axe-core's rules`,
    async () => {
      await withAdmin(sandbox.admin, async (admin) => {
        await admin.page.evaluate((wide) => {
          for (const each of document.querySelectorAll<HTMLIFrameElement>('#app'))
            each.style.width = `${String(wide)}px`;
        }, width);
        for (const stop of stops) {
          await stop.go(admin, sandbox);
          const frame = frameOf(admin, sandbox);
          await frame.evaluate(axe.source);
          const { violations } = await frame.evaluate(() => {
            const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
            return inPage.run(document, { resultTypes: ['violations'] });
          });
          const grave = violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n  ')}`);
          expect.soft(grave, `${stop.name} on ${device}`).toEqual([]);
        }
        expect(admin.troubles).toEqual([]);
      });
    },
    120_000,
  );

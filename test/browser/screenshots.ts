import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startSandbox } from '../../app/sandbox/start.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { frameOf, furnish, stops } from './tour.ts';

// npm run screenshots: takes a picture of every page of the app, as at a desk and as on a phone, into public/docs.
const folder = path.join(import.meta.dirname, '..', '..', 'public', 'docs');
const devices = [
  { name: '', width: 1_180, height: 900 },
  { name: '-phone', width: 390, height: 844 },
] as const;

if (!hasBrowser) throw new Error('There is no browser: apt-get install chromium brings one.');
await mkdir(folder, { recursive: true });
const sandbox = await startSandbox({ port: 0, workers: 1, web: true, headless: false });
try {
  await furnish(sandbox);
  for (const { name: device, width, height } of devices)
    await withAdmin(
      sandbox.admin,
      async (admin) => {
        await admin.page.evaluate(
          ([wide, high]) => {
            for (const each of document.querySelectorAll('iframe'))
              each.style.cssText = `width: ${String(wide)}px; height: ${String(high)}px; max-width: none; flex: none`;
          },
          [width, height],
        );
        for (const stop of stops) {
          await stop.go(admin, sandbox);
          const frame = frameOf(admin, sandbox);
          await frame.evaluate(() => document.fonts.ready);
          const file = path.join(folder, `${stop.name}${device}.png`);
          await admin.page.locator('iframe').screenshot({ path: file, animations: 'disabled' });
          process.stdout.write(`${file}\n`);
        }
      },
      { width: 2_400, height: 1_100 },
    );
} finally {
  await sandbox.stop();
}

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startSandbox } from '../../app/sandbox/start.ts';
import { hasBrowser, withAdmin } from './admin-page.ts';
import { addHistory } from './report-history.ts';
import { frameOf, furnish, stops, type Stop } from './tour.ts';

// npm run screenshots [-- PAGE…]: takes a picture of every page of the app, or of those that are named (as in tour.ts), as at a
// desk and as on a phone, into public/docs. The reports come last, with some weeks of older orders.
const folder = path.join(import.meta.dirname, '..', '..', 'public', 'docs');
const names = process.argv.slice(2);
const olderOrders = 1_200;
const devices = [
  { name: '', width: 1_180, height: 900 },
  { name: '-phone', width: 390, height: 844 },
] as const;

if (!hasBrowser) throw new Error('There is no browser: apt-get install chromium brings one.');
await mkdir(folder, { recursive: true });
const sandbox = await startSandbox({ port: 0, workers: 1, web: true, headless: false });
try {
  await furnish(sandbox);
  const take = async (chosen: readonly Stop[], { name: device, width, height }: (typeof devices)[number]) =>
    withAdmin(
      sandbox.admin,
      async (admin) => {
        await admin.page.evaluate(
          ([wide, high]) => {
            for (const each of document.querySelectorAll<HTMLIFrameElement>('#app'))
              each.style.cssText = `width: ${String(wide)}px; height: ${String(high)}px; max-width: none; flex: none`;
          },
          [width, height],
        );
        for (const stop of chosen) {
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
  const isReport = ({ name }: Stop) => name.startsWith('report-');
  const wanted = stops.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const device of devices)
    await take(
      wanted.filter((stop) => !isReport(stop)),
      device,
    );
  await addHistory(sandbox.env['DATABASE_URL'] ?? '', olderOrders, sandbox.world.clock.now());
  for (const device of devices) await take(wanted.filter(isReport), device);
} finally {
  await sandbox.stop();
}

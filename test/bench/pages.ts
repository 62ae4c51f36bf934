import { readFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import pg from 'pg';
import type { Metric } from 'web-vitals';
import { startSandbox, type Sandbox } from '../../app/sandbox/start.ts';
import { agent, askRoute, hasBrowser } from '../browser/admin-page.ts';
import { furnish } from '../browser/tour.ts';
import { lineOf, within, type Figure } from './budgets.ts';

// node test/bench/pages.ts [orders]: opens each page of a shop with so many orders, and measures what Google's web-vitals does,
// the script that is loaded, and how long the server takes for its data. Ends with 1 where a budget is exceeded.
const count = Number(process.argv[2] ?? 10_000);
const looks = 5;
/** What a page still does after it is shown is over by then. */
const quietMs = 2_000;
/** A "good" page by Google: ms, share of the window, ms. */
const budgets = { LCP: 2_500, CLS: 0.1, INP: 200 } as const;
const vitals = readFileSync(new URL('web-vitals.iife.js', import.meta.resolve('web-vitals')), 'utf8');

type Press = readonly ['tab' | 'link', RegExp];

const pages = [
  { name: 'home', path: '/app', route: 'app._index', press: ['link', /See orders/] },
  { name: 'requests', path: '/app/requests', route: 'app.requests._index', press: ['tab', /Too late/] },
  { name: 'orders', path: '/app/orders', route: 'app.orders._index', press: ['tab', /Held/] },
  { name: 'problems', path: '/app/problems', route: 'app.problems._index', press: ['tab', /Solved/] },
  {
    name: 'report: consistency',
    path: '/app/reports/consistency',
    route: 'app.reports.consistency',
    press: ['tab', /Ledger/],
  },
  {
    name: 'report: ledger',
    path: '/app/reports/ledger',
    route: 'app.reports.ledger',
    press: ['tab', /Consistency/],
  },
  {
    name: 'report: settlements',
    path: '/app/reports/settlements',
    route: 'app.reports.settlements',
    press: ['tab', /Files/],
  },
  { name: 'report: files', path: '/app/reports/files', route: 'app.reports.files', press: ['tab', /Ledger/] },
  {
    name: 'report: rate',
    path: '/app/reports/cancellation-rate',
    route: 'app.reports.cancellation-rate',
    press: ['tab', /Counts/],
  },
  {
    name: 'report: reasons',
    path: '/app/reports/reasons',
    route: 'app.reports.reasons',
    press: ['tab', /Cancellation rate/],
  },
  { name: 'settings', path: '/app/settings', route: 'app.settings', press: ['link', /Manage accounts/] },
  {
    name: 'settings: automation',
    path: '/app/settings?section=automation',
    route: 'app.settings',
    press: ['link', /Cancelling/],
  },
] as const;

/** Copies the story's orders, with their requests and problems, until there are enough. */
async function multiply({ env }: Sandbox): Promise<void> {
  const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 1 });
  const columns = async (table: string, but: readonly string[]) => {
    const { rows } = await pool.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
      [table],
    );
    return rows.map(({ name }) => name).filter((name) => !but.includes(name));
  };
  // Counted once: the orders are many after the first table.
  const { rows } = await pool.query<{ copies: number }>(
    `select ceil($1::float / greatest(1, count(*)))::int as copies from amazon_order`,
    [count],
  );
  const copies = rows[0]?.copies ?? 0;
  const copy = async (table: string, made: Readonly<Record<string, string>>) => {
    const same = await columns(table, Object.keys(made));
    await pool.query(
      `insert into ${table} (${[...same, ...Object.keys(made)].join()})
       select ${[...same.map((name) => `o.${name}`), ...Object.values(made)].join()}
       from (select *, row_number() over () as rank from ${table}) o, generate_series(1, $1::int) copies(k)`,
      [copies],
    );
  };
  const id = `format('%s-%s-%s', 900 + o.rank % 100, to_char(k, 'FM0000000'), right(o.amazon_order_id, 7))`;
  await copy('amazon_order', {
    ...{
      amazon_order_id: id,
      shopify_order_id: `o.shopify_order_id || k`,
      due_at: 'null',
      lease_until: 'null',
    },
    ...{ lease_token: 'null', amazon_created_at: `o.amazon_created_at - k * interval '7 minutes'` },
  });
  await copy('request', {
    amazon_order_id: id,
    requested_at: `o.requested_at - k * interval '11 minutes'`,
  });
  await copy('problem', { id: 'gen_random_uuid()', amazon_order_id: id, open_key: `o.open_key || k` });
  const at = `o.at - k * interval '7 minutes'`;
  await copy('ledger_entry', { amazon_order_id: id, at, day: `to_char(${at}, 'YYYY-MM-DD')` });
  await pool.query('analyze');
  await pool.end();
}

type Seen = Readonly<Partial<Record<Metric['name'], number>>>;

/** Opens a page anew, presses something on it, and tells what web-vitals saw in the app's frame. */
async function look(
  page: Page,
  { admin, app, shop }: Sandbox,
  path: string,
  [role, name]: Press,
): Promise<Seen> {
  const frameOf = () => page.frames().find((each) => each.url().startsWith(app));
  const seen = async (): Promise<Seen> =>
    (await frameOf()?.evaluate(() => ({ ...(globalThis as { seen?: Seen }).seen }))) ?? {};
  await page.goto(`${admin}/store/${shop.replace('.myshopify.com', '')}/apps/concord${path}`);
  const target = page.frameLocator('#app').getByRole(role, { name }).first();
  await target.waitFor({ timeout: 60_000 });
  await page.waitForTimeout(quietMs);
  const first = await seen();
  await target.click();
  await page.waitForTimeout(quietMs);
  const { INP } = await seen();
  return { ...first, ...(INP === undefined ? {} : { INP }) };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure(sandbox: Sandbox): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const figures: Figure[] = [];
  for (const { name, path, route, press } of pages) {
    const seen: Seen[] = [];
    let script = 0;
    for (let n = 0; n < looks; n += 1) {
      // A context of its own has an empty cache: a first visit.
      const context = await browser.newContext({ userAgent: agent, viewport: { width: 1_600, height: 900 } });
      await context.addInitScript(
        `${vitals}; globalThis.seen = {}; for (const on of ['onLCP', 'onCLS', 'onINP'])
          webVitals[on](({ name, value }) => { globalThis.seen[name] = value; }, { reportAllChanges: true, durationThreshold: 0 });`,
      );
      const page = await context.newPage();
      const sizes: Promise<number>[] = [];
      page.on('requestfinished', (request) => {
        if (request.resourceType() === 'script' && request.url().startsWith(sandbox.app))
          sizes.push(
            request.sizes().then(
              ({ responseBodySize }) => responseBodySize,
              // The page was left before it came whole.
              () => 0,
            ),
          );
      });
      seen.push(await look(page, sandbox, path, press));
      script = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      await context.close();
    }
    const times: number[] = [];
    for (let n = 0; n < 4 * looks; n += 1) {
      const began = performance.now();
      const answer = await askRoute(sandbox, route, route.endsWith('_index') ? `${path}?index` : path);
      await answer.arrayBuffer();
      times.push(performance.now() - began);
    }
    for (const [metric, budget] of Object.entries(budgets)) {
      const values = seen.map((one) => one[metric as Metric['name']]).filter((value) => value !== undefined);
      figures.push({
        what: `${name}: ${metric}, median of ${String(values.length)}`,
        value: median(values),
        budget,
      });
    }
    figures.push({ what: `${name}: kB of script, packed`, value: script / 1_000, budget: null });
    figures.push({
      what: `${name}: ms for its data, median of ${String(times.length)}`,
      value: median(times),
      budget: null,
    });
  }
  await browser.close();
  return figures;
}

if (!hasBrowser) throw new Error('There is no browser: apt-get install chromium brings one.');
const sandbox = await startSandbox({ port: 0, workers: 1, web: true, headless: false });
try {
  await furnish(sandbox);
  await multiply(sandbox);
  const figures = await measure(sandbox);
  process.stdout.write(`${figures.map(lineOf).join('\n')}\n${JSON.stringify(figures)}\n`);
  process.exitCode = within(figures) ? 0 : 1;
} finally {
  await sandbox.stop();
}

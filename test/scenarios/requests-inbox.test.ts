import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { agent, hasBrowser, withAdmin } from '../browser/admin-page.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const hostile = '=1+1 "quoted" <img src=x onerror=alert(1)> ؟ 😀';

interface Inbox {
  readonly requests: {
    readonly order: { amazonOrderId: string; shopifyName: string | null };
    readonly asked: { n: number; m: number; words: string[]; held: string; sources: string[] } | null;
  }[];
  readonly counts: Record<string, number>;
  readonly news: { amazonOrderId: string; at: number }[];
  readonly blind: { kind: string } | null;
  readonly now: number;
}

/** Asks the inbox as the app's own script does, as the shop's staff or as whom the headers say. */
async function inbox(
  given: { body?: string; headers?: Record<string, string> } = {},
  query = '',
): Promise<Response> {
  const token = await fetch(`${world.sandbox.admin}/session-token?shop=${world.sandbox.shop}`);
  const { token: text } = (await token.json()) as { token: string };
  const { body, headers } = given;
  return fetch(`${world.sandbox.app}/app/requests?_data=routes%2Fapp.requests._index${query}`, {
    headers: { 'user-agent': agent, authorization: `Bearer ${text}`, ...headers },
    redirect: 'manual',
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
}

const read = async (query = '') => (await (await inbox({}, query)).json()) as Inbox;
const post = (body: string, headers: Record<string, string> = {}) =>
  inbox({ body, headers: { 'content-type': 'application/json', ...headers } });

/** A running order of two lines, one of which the buyer wants out of. */
async function askedFor(id: string): Promise<void> {
  await world.place(
    amazonOrder(id, {
      orderItems: [amazonLine(`${id}-a`, { item: '10.00' }), amazonLine(`${id}-b`, { item: '5.00' })],
    }),
  );
  await world.settle();
  const wish = { orderItemIds: [`${id}-a`], reason: hostile };
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, wish);
  await world.settle();
}

it('REQ-11: a request stands in the inbox with its lines, words and hold, and is told as new until it was seen', async () => {
  await askedFor('118-1');
  const { requests, counts, news, blind, now } = await read();
  expect(counts).toMatchObject({ open: 1, closed: 0, unknown: 0 });
  expect(requests).toMatchObject([
    { order: { amazonOrderId: '118-1' }, asked: { n: 1, m: 2, words: [hostile], held: 'lines' } },
  ]);
  expect(news).toMatchObject([{ amazonOrderId: '118-1' }]);
  expect(blind).toBeNull();
  expect((await post(JSON.stringify({ intent: 'seen', until: now }))).status).toBe(200);
  expect((await read()).news).toEqual([]);
});

it('REQ-11: looking again reads the orders of this shop and nothing else', async () => {
  await askedFor('118-2');
  const before = (await world.log('amazon')).length;
  const answer = await post(JSON.stringify({ intent: 'look', ids: ['118-2', 'no-such-order'] }));
  expect(await answer.json()).toEqual({ looking: 1 });
  await world.settle();
  expect((await world.log('amazon')).length).toBeGreaterThan(before);
});

it('SEC-3: the inbox answers nobody without a token, and takes nothing that it does not know', async () => {
  await askedFor('118-3');
  const stranger = await inbox({ headers: { authorization: 'Bearer a.b.c' } });
  expect(stranger.status).toBe(401);
  expect(await stranger.text()).not.toContain('118-3');
  expect((await post('{"intent":"look","ids":["118-3"]}', { authorization: 'Bearer a.b.c' })).status).toBe(
    401,
  );
  for (const body of ['', 'no JSON', '{"intent":"approve"}', '{"intent":"look","ids":[]}', '[]'])
    expect((await post(body)).status, body).toBe(400);
});

it('REQ-5: the command line shows the words only where they are asked for, on one line', async () => {
  await askedFor('118-4');
  const concord = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['app/concord.ts', ...words], {
      env: { ...process.env, ...world.sandbox.env },
    });
  const { stdout } = await concord('requests');
  expect(stdout).toContain('118-4');
  expect(stdout).toContain('1 of 2 lines');
  expect(stdout).not.toContain('img');
  const [found] = JSON.parse((await concord('requests', '--json', '--reasons')).stdout) as unknown[];
  expect(found).toMatchObject({ order: '118-4', reasons: [hostile], held: 'lines' });
  expect((await concord('requests', '--state', 'closed')).stdout).toContain('No requests.');
});

it('REQ-12: while Amazon cannot be seen an empty inbox says so', async () => {
  await world.place(amazonOrder('118-5'));
  await world.settle();
  await world.database.owner(
    `insert into problem (shop, kind, subject, tone, params, since, open_key)
     values ($1, 'blind', 'x', 'critical', '{"since":"2026-11-21T09:00:00Z"}', now(), 'test')`,
    [world.sandbox.shop],
  );
  expect(await read()).toMatchObject({
    requests: [],
    blind: { kind: 'blind', since: Date.UTC(2026, 10, 21, 9) },
  });
});

it.skipIf(!hasBrowser)(
  'REQ-5: the page shows the buyer’s words as text, and lets a new request in only when asked',
  async () => {
    await askedFor('118-6');
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await app.getByText('1 open request', { exact: true }).waitFor();
      await goTo('Requests');
      await app.getByText(`“${hostile}”`).waitFor();
      await app.getByText('1 of 2 lines').waitFor();
      expect(await app.locator('td img').count()).toBe(0);
      await askedFor('118-7');
      await look();
      await app.getByText('1 new request. Show').click();
      await app.getByText('118-7').waitFor();
      await page.locator('#shopify nav [data-view="orders"]').click();
      await page.locator('#shopify-page button.link').first().click();
      await page.locator('#request-mark').getByText(hostile).waitFor();
      await page.locator('[data-fulfillment="ON_HOLD"] [data-staff="ship"]').click();
      await page.getByText(/^Shopify: .*on_hold/).waitFor();
      expect(troubles).toEqual([]);
    });
  },
);

import { expect, it } from 'vitest';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const shop = 'reviewer.myshopify.com';

/** What the app asked of the pretend services so far. */
const asked = async () =>
  (await world.control('GET', '/log')) as unknown as readonly {
    readonly service: string;
    readonly operation: string | null;
  }[];
const rows = (table: string) =>
  world.database.owner<{ n: number }>(`select count(*)::int as n from ${table} where shop = $1`, [shop]);

it.skipIf(!hasBrowser)(
  'CAN-4 CAN-8 CAN-17 PRO-4: who has no Amazon account lives through it all in practice, and no request leaves',
  async () => {
    await world.control('POST', '/shops/new', { domain: shop });
    await withAdmin(
      `${world.sandbox.admin}/?shop=${shop}`,
      async ({ app, page, goTo, section, troubles }) => {
        const press = (name: string | RegExp) =>
          app.getByRole('button', { name, exact: true }).first().click();
        const banner = app.getByText('Practice. No real account is touched.').first();
        await app.getByText('No Amazon account at hand?').waitFor();
        await app.getByRole('link', { name: 'Practise with a pretend seller' }).first().click();
        await banner.waitFor();
        const before = await asked();
        const [first, second, third] = [1, 2, 3].map((n) => `000-0000000-000000${n}`) as [
          string,
          string,
          string,
        ];
        const dialog = (name: string) => app.getByRole('dialog', { name });
        const placed = async (id: string) => {
          await press('Let an order come in');
          await app.getByRole('button', { name: `Let the buyer of ${id} ask to cancel` }).click();
          await app.getByRole('button', { name: `Approve the cancellation of ${id}` }).waitFor();
        };
        const approve = async (id: string) => {
          await app.getByRole('button', { name: `Approve the cancellation of ${id}` }).click();
          await dialog(`Cancel order ${id}?`).getByText('On Amazon: the whole order is voided.').waitFor();
          await press('Cancel order');
          await dialog(`Cancel order ${id}?`).waitFor({ state: 'detached' });
          await app.getByText(/^Cancelling in \d:\d\d/).waitFor();
        };
        const passTo = async (badge: string) => {
          const clock = app.getByText(/^In practice it is/);
          while (!(await app.getByText(badge, { exact: true }).first().isVisible())) {
            const before = await clock.innerText();
            await press('Let time pass');
            await expect.poll(() => clock.innerText()).not.toBe(before);
          }
        };
        await placed(first);
        await app.getByText('“Ordered by mistake 😀 <b>”').waitFor();
        await approve(first);
        await app.getByRole('button', { name: `Undo the last decision on ${first}` }).click();
        await page.getByText('Recalled. Nothing was sent.').waitFor();
        await approve(first);
        await passTo('Cancelling: waiting for Amazon');
        await passTo('Cancelled on Amazon, Shopify follows');
        await passTo('Cancelled, in step');
        await app.getByRole('link', { name: first }).click();
        await app.getByRole('heading', { name: 'What happened' }).waitFor();
        await banner.waitFor();
        await app.getByText('Cancelled, in step', { exact: true }).waitFor();
        await app.getByText('Refunded').nth(1).waitFor();
        await app.getByRole('link', { name: 'Practice', exact: true }).click();
        await placed(second);
        await app.getByRole('button', { name: `Decline the cancellation of ${second}` }).click();
        await press('Release hold');
        await page.getByText('Hold released').waitFor();
        await app.getByRole('button', { name: `Fulfil ${second} in Shopify` }).click();
        await placed(third);
        await app.getByRole('button', { name: `Let Amazon refuse the next cancel of ${third}` }).click();
        await approve(third);
        await passTo('Amazon refused');
        await app.getByRole('link', { name: 'See the problem' }).click();
        await app.getByRole('button', { name: /^Settle: / }).click();
        await app.getByLabel('Try again').check({ force: true });
        await press('Do this');
        await press('Done');
        await app.getByRole('link', { name: 'Leave practice' }).click();
        await app.getByRole('heading', { name: 'Set up Concord' }).waitFor();
        const news = (await asked()).slice(before.length);
        expect(news.filter(({ service }) => service !== 'shopify')).toEqual([]);
        expect(news.map(({ operation }) => operation)).toEqual(news.map(() => null));
        expect(await rows('practice_shop')).toEqual([{ n: 1 }]);
        for (const table of [
          'amazon_order',
          'command',
          'choice',
          'problem',
          'request',
          'notice',
          'audit_entry',
        ])
          expect(await rows(table), table).toEqual([{ n: 0 }]);
        await goTo('Settings');
        await section('Dry run');
        await app.getByRole('link', { name: 'Practise with a pretend seller' }).click();
        await app.getByText('6 of 6 steps').waitFor();
        await app.getByRole('button', { name: 'Start over' }).click();
        await app.getByText('Nothing has happened yet').waitFor();
        expect(await rows('practice_shop')).toEqual([{ n: 0 }]);
        expect(troubles).toEqual([]);
      },
    );
  },
);

it('SEC-3: a stranger does nothing in practice, nor what it does not know, nor about a real order', async () => {
  const deed = (body: string, token?: string) =>
    askRoute(world.sandbox, 'app.practice._index', '/app/practice?index', { body, token });
  const decide = (body: string, token?: string) =>
    askRoute(world.sandbox, 'app.practice.$order.decide', '/app/practice/111-1/decide', { body, token });
  expect((await deed('{"deed":"place","order":null}', 'a.b.c')).status).toBe(401);
  expect((await decide('{"intent":"undo"}', 'a.b.c')).status).toBe(401);
  for (const body of ['', '{}', '{"deed":"steal","order":null}']) expect((await deed(body)).status).toBe(400);
  for (const body of ['', '{"intent":"refund"}']) expect((await decide(body)).status).toBe(400);
  expect(await (await decide('{"intent":"undo"}')).json()).toMatchObject({ ok: false, guard: 'not_found' });
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, amazonSide } = dealings(world);
const id = '145-0000000-0000001';

/** What the staff member may do from now on; what was known of it before is too old then. */
async function permissions(value: 'all' | 'read-orders' | 'without-orders' | 'not-said') {
  await world.control('POST', '/behaviour', { name: 'shopify.staff-permissions', value });
  await world.control('POST', '/clock', { advance: 'PT6M' });
}

async function askedFor() {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await world.settle();
}

const ask = async (route: string, path: string, body: object) =>
  (await askRoute(world.sandbox, route, path, { body: JSON.stringify(body) })).json() as Promise<object>;
const cancel = {
  ...{ intent: 'cancel', preview: false, amount: 'full', reason: null },
  ...{ restock: null, free: false, version: null },
};
const some = '00000000-0000-4000-8000-000000000000';

it('SEC-3: who may not edit orders, or of whom Shopify does not say, changes nothing, by whatever route', async () => {
  await askedFor();
  const tries = [
    ['app.orders.$order.decide', `/app/orders/${id}/decide`, cancel],
    ['app.orders.$order.decide', `/app/orders/${id}/decide`, { intent: 'undo' }],
    [
      'app.problems.$problem.settle',
      `/app/problems/${some}/settle`,
      { choice: 'leave', value: null, note: 'So', checked: true },
    ],
    ['app.quarantine._index', '/app/quarantine?index', { order: id, choice: some }],
    ['app.settings', '/app/settings', { undoMinutes: 9 }],
  ] as const;
  for (const who of ['read-orders', 'without-orders', 'not-said'] as const) {
    await permissions(who);
    for (const [route, path, body] of tries)
      expect(await ask(route, path, body), `${who} ${path}`).toMatchObject({
        ok: false,
        guard: 'not_allowed_role',
      });
  }
  await world.settle(true);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
  await permissions('all');
  expect(await ask(tries[0][0], tries[0][1], cancel)).toMatchObject({ ok: true, outcome: 'chosen' });
});

it('SEC-3: every route that changes something asks for the staff member’s permission', () => {
  /** They look again, or note what was seen: nothing becomes another. */
  const reading = ['app._index', 'app.orders.$order._index', 'app.problems._index', 'app.requests._index'];
  /** They find, count and check; a list's saved views are nobody's order. */
  const finding = [
    'app.orders._index',
    'app.orders.cancel-file',
    'app.requests.find',
    'app.requests.new',
    'app.settings.preview',
    'app.settings_.products_.check',
    'app.settings_.products_.file',
  ];
  const only = [...reading, ...finding];
  const open = readdirSync('app/routes').filter((file) => {
    const text = readFileSync(`app/routes/${file}`, 'utf8');
    const name = file.replace(/\.tsx?$/, '');
    const acts = file.startsWith('app') && /export (const|async function) action/.test(text);
    return acts && !text.includes('authenticateStaff(request)') && !only.includes(name);
  });
  expect(open).toEqual([]);
  const answering = readdirSync('app/routes').filter((file) => file.startsWith('extension.'));
  const free = answering.filter(
    (file) => !/(answer|print)(For)?Extension\(request/.test(readFileSync(`app/routes/${file}`, 'utf8')),
  );
  expect(free).toEqual([]);
});

it.skipIf(!hasBrowser)(
  'SEC-3: in the browser who may only look sees everything and can press nothing',
  async () => {
    await askedFor();
    await permissions('without-orders');
    await withAdmin(world.sandbox.admin, async ({ app, goTo, section, troubles }) => {
      await app.getByText('You can look, but not change.').waitFor();
      await goTo('Requests');
      const approve = app.getByRole('button', { name: `Approve the cancellation of ${id}` });
      await approve.waitFor();
      expect(await approve.isDisabled()).toBe(true);
      await goTo('Settings');
      await app.getByText('You can look, but not change.').waitFor();
      await section('Cancelling');
      expect(await app.getByLabel('Undo time').isDisabled()).toBe(true);
      await section('Shipping');
      expect(await app.getByRole('button', { name: 'Add carrier' }).isDisabled()).toBe(true);
      expect(troubles).toEqual([]);
    });
  },
);

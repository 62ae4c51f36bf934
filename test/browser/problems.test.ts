import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { concord, variants, shopifyOrder, amazonSide, inShopify } = dealings(world);

/** An order on both sides whose buyer asked to cancel, and whose cancel Amazon refused once. */
async function refused(id: string) {
  await variants();
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, { reason: 'Ordered by mistake' });
  await world.settle();
  await approveInVain(id);
}

/** Amazon refuses the cancel of it. */
async function approveInVain(id: string) {
  await world.control('POST', '/faults', {
    service: 'amazon',
    match: {},
    kind: 'reject-message',
    times: 1,
  });
  await concord('approve', id);
  await world.settle(true);
}

async function idOf(order: string): Promise<string> {
  const rows = await world.database.owner<{ id: string }>(
    'select id::text from problem where amazon_order_id = $1 and closed_at is null',
    [order],
  );
  return rows[0]?.id ?? '';
}

/** How the cancel on Amazon of an order stands. */
async function cancelOf(order: string) {
  const [row] = await world.database.owner<{ state: string }>(
    "select state from command where amazon_order_id = $1 and kind = 'cancel_amazon'",
    [order],
  );
  return row?.state;
}

/** Asks as the app's own script does: for what can be done, or with a body to do it. */
const settle = (problem: string, body?: string, token?: string) =>
  askRoute(world.sandbox, 'app.problems.$problem.settle', `/app/problems/${problem}/settle`, { body, token });
const choice = (name: string, more: object = {}) =>
  JSON.stringify({ choice: name, value: null, note: null, checked: false, ...more });

it('SEC-3 PRO-4: the server tells what can be done, and refuses a stranger and what it does not know', async () => {
  const id = '141-0000000-0000001';
  await refused(id);
  const problem = await idOf(id);
  expect((await settle(problem, undefined, 'a.b.c')).status).toBe(401);
  expect((await settle(problem, choice('again'), 'a.b.c')).status).toBe(401);
  expect((await settle('drop table problem')).status).toBe(404);
  for (const body of ['', '[]', '{"choice":"again"}', choice('again', { value: 5 })])
    expect((await settle(problem, body)).status, body).toBe(400);
  const stranger = '00000000-0000-4000-8000-000000000000';
  expect(await (await settle(stranger)).json()).toMatchObject({ ok: false, guard: 'problem_unknown' });
  for (const [name, guard] of [
    ['burn', 'choice_unknown'],
    ['constructor', 'choice_unknown'],
    ['leave', 'note_missing'],
  ] as const)
    expect(await (await settle(problem, choice(name))).json(), name).toMatchObject({ ok: false, guard });
  const form = ((await (await settle(problem)).json()) as { form: { ways: object[] } }).form;
  expect(form).toMatchObject({ kind: 'refused_other', order: id });
  expect(form.ways).toEqual([
    { choice: 'again', opens: null, field: null },
    { choice: 'reason', opens: 'cancel', field: null },
    { choice: 'ship', opens: 'decline', field: null },
    { choice: 'leave', opens: null, field: { is: 'note' } },
  ]);
  expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED' });
});

it.skipIf(!hasBrowser)(
  'PRO-4 CAN-8: in the browser a refused cancel is tried again, undone once, and then carried out',
  async () => {
    const id = '141-0000000-0000002';
    await refused(id);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      await goTo('Problems');
      await app.getByRole('heading', { name: 'Amazon refused' }).waitFor();
      const open = app.getByRole('button', { name: `Settle: Amazon did not cancel ${id}` });
      const dialog = app.getByRole('dialog', { name: 'Settle: Amazon refused' });
      const again = dialog.locator('label', { hasText: 'Try again' });
      await open.click();
      await dialog.getByText('the order is read again and one new cancel is sent').waitFor();
      expect(await dialog.getByRole('button', { name: 'Do this' }).isDisabled()).toBe(true);
      await again.click();
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByText('It goes to Amazon after the undo time.').waitFor();
      // Once it rests, the refusal is over, and what stays without it is the buyer's wish.
      await expect.poll(() => cancelOf(id), { timeout: 20_000 }).toBe('planned');
      await dialog.getByRole('button', { name: `Undo the last decision on ${id}` }).click();
      await page.getByText('Recalled. Nothing was sent.').waitFor();
      await dialog.waitFor({ state: 'detached' });
      await world.settle(true);
      expect([(await amazonSide(id)).status, (await world.row(id))?.state]).toEqual([
        'UNSHIPPED',
        'asked_held',
      ]);
      await approveInVain(id);
      await look();
      await open.click();
      await again.click();
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await world.settle(true);
      expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED' });
      expect(await shopifyOrder(id)).toMatchObject({ cancelled: true, refunded: 'all', refunds: 1 });
      await look();
      await app.getByText('No open problems').waitFor();
      await app.getByRole('tab', { name: 'Solved' }).click();
      await app.getByText('Choice: Try again').waitFor();
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)(
  'PRO-4: in the browser a problem is left with a note, stands among the solved, and is opened again',
  async () => {
    const id = '141-0000000-0000003';
    await refused(id);
    await withAdmin(world.sandbox.admin, async ({ app, goTo, troubles }) => {
      await goTo('Problems');
      await app.getByRole('button', { name: `Settle: Amazon did not cancel ${id}` }).click();
      const dialog = app.getByRole('dialog');
      await dialog.locator('label', { hasText: 'Leave as it is' }).click();
      expect(await dialog.getByRole('button', { name: 'Do this' }).isDisabled()).toBe(true);
      await dialog.getByLabel('Note').fill('<b>Called</b> the buyer ☎ 電話');
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByText('Written down.').waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await world.settle();
      await app.getByRole('tab', { name: 'Solved' }).click();
      await app.getByText('Note: <b>Called</b> the buyer ☎ 電話').waitFor();
      await app.getByRole('button', { name: `Open again: Amazon did not cancel ${id}` }).click();
      await expect.poll(() => idOf(id)).not.toBe('');
      expect(troubles).toEqual([]);
    });
  },
);

it.skipIf(!hasBrowser)(
  'IMP-4 PRO-4: in the browser a SKU that Shopify does not know is linked to a variant',
  async () => {
    const id = '141-0000000-0000004';
    await variants();
    const line = { ...amazonLine('10000000000001', { sku: 'AMZ-BLUE', item: '25.00' }) };
    await world.place(amazonOrder(id, { orderItems: [line] }));
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, goTo, troubles }) => {
      await goTo('Problems');
      await app.getByRole('button', { name: /^Settle: AMZ-BLUE has no product here/ }).click();
      const dialog = app.getByRole('dialog', { name: 'Settle: Unlinked SKU' });
      await dialog.locator('label', { hasText: 'Link to a variant' }).click();
      await dialog.getByText('No variant fits.').waitFor();
      await dialog.getByLabel('Find a variant by SKU, barcode or title').fill('SKU-1');
      await dialog.locator('label', { hasText: 'Blue mug' }).click();
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByText('Written down.').waitFor();
      expect(troubles).toEqual([]);
    });
    const links = await world.database.owner<{ sku: string; by_hand: boolean }>(
      "select sku, by_hand from sku_link where sku = 'AMZ-BLUE'",
    );
    expect(links).toEqual([{ sku: 'AMZ-BLUE', by_hand: true }]);
  },
);

it.skipIf(!hasBrowser)(
  'FUL-3 PRO-4: in the browser the units of two packages are said, and each is one parcel on Amazon',
  async () => {
    const id = '141-0000000-0000005';
    await variants();
    await world.place(
      amazonOrder(id, {
        proceeds: { grandTotal: { amount: '37.00', currencyCode: 'USD' } },
        orderItems: [
          amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00' }),
          amazonLine('10000000000002', { sku: 'SKU-2', item: '12.00', title: 'Red mug' }),
        ],
      }),
    );
    await world.settle();
    const { order } = (await world.shopify(
      'query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 5) { nodes { id } } } }',
      { id: (await inShopify(id)).id },
    )) as { order: { fulfillmentOrders: { nodes: { id: string }[] } } };
    await world.shopify(
      `mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }`,
      {
        f: {
          lineItemsByFulfillmentOrder: order.fulfillmentOrders.nodes.map((one) => ({
            fulfillmentOrderId: one.id,
          })),
          trackingInfo: { numbers: ['A1', 'B2'], company: 'UPS' },
        },
      },
    );
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, goTo, troubles }) => {
      await goTo('Problems');
      await app.getByRole('button', { name: /^Settle: .* tracking numbers/ }).click();
      const dialog = app.getByRole('dialog', { name: 'Settle: Several tracking numbers' });
      await dialog.locator('label', { hasText: 'Say what is in which package' }).click();
      await dialog.getByLabel('SKU-1: units of 1').nth(0).fill('1');
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByText('The packages hold 1 units, and 2 were fulfilled').waitFor();
      await dialog.getByLabel('SKU-2: units of 1').nth(1).fill('1');
      await dialog.getByRole('button', { name: 'Do this' }).click();
      await dialog.getByText('Written down.').waitFor();
      expect(troubles).toEqual([]);
    });
    await world.settle(true);
    const { shipments } = (await world.control('GET', `/amazon/orders/${id}`)) as {
      shipments: object[];
    };
    expect(shipments).toMatchObject([
      { trackingNumber: 'A1', items: [{ orderItemId: '10000000000001', quantity: 1 }] },
      { trackingNumber: 'B2', items: [{ orderItemId: '10000000000002', quantity: 1 }] },
    ]);
  },
);

it.skipIf(!hasBrowser)(
  'PRO-4: in the browser many cancels that Amazon refused are tried again at once, each with its result, and all of it stays on record',
  async () => {
    const ids = [31, 32].map((n) => `141-0000000-00000${n}`);
    for (const id of ids) await refused(id);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      await goTo('Problems');
      await app.getByRole('button', { name: 'Try again for several of “Amazon refused”' }).click();
      const dialog = app.getByRole('dialog', { name: 'Settle: Amazon refused' });
      await dialog.getByText('Amazon: the order is read again and one new cancel is sent.').waitFor();
      // Others of the file may be refused too: only these two are meant.
      for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck({ force: true });
      expect(await dialog.getByRole('button', { name: 'Do it', exact: true }).isDisabled()).toBe(true);
      for (const id of ids) await dialog.getByLabel(id, { exact: true }).check({ force: true });
      await dialog.getByRole('button', { name: 'Do it for 2' }).click();
      await dialog.waitFor({ state: 'detached' });
      await app.getByText('2 written down').waitFor();
      await app.getByText(ids.join(', ')).waitFor();
      await app.getByRole('button', { name: /^Undo all 2 \(\d:\d\d\)/ }).waitFor();
      await world.settle(true);
      // The one that was refused, and the one that was not.
      for (const id of ids) expect(await amazonSide(id)).toMatchObject({ status: 'CANCELLED', cancels: 2 });
      const download = page.waitForEvent('download');
      await goTo('Problems');
      await app.getByRole('tab', { name: 'Solved' }).click();
      await app.getByText('Choice: Try again').first().waitFor();
      await app.getByRole('button', { name: 'Export CSV' }).click();
      expect((await download).suggestedFilename()).toBe('problems.csv');
      expect(troubles).toEqual([]);
    });
    const solved = await askRoute(world.sandbox, 'app.problems.export', '/app/problems/export?tab=solved');
    const lines = (await solved.text()).split('\r\n');
    expect(lines[0]).toBe('Problem,Amazon order,What,Why,Since,Over,By,Choice,Note');
    // Other problems of these orders are over too.
    const refusals = (id: string) => lines.filter((line) => line.startsWith(`Amazon refused,${id},`));
    for (const id of ids) expect(refusals(id)).toEqual([expect.stringMatching(/,Try again,$/)]);
    const open = await askRoute(world.sandbox, 'app.problems.export', '/app/problems/export');
    expect(await open.text()).toMatch(/^Problem,/);
    const known = await askRoute(
      world.sandbox,
      'app.problems.of-kind',
      '/app/problems/of-kind?kind=refused_other',
    );
    expect(JSON.stringify(await known.json())).not.toContain(ids[0]);
  },
);

it('PRO-4 REP-6: the file of open problems holds all of them, however many there are', async () => {
  await world.database.owner(
    `insert into problem (shop, kind, tone, amazon_order_id, subject, params, since, open_key)
      select $1, 'sku_unlinked', 'attention', 'many ' || n, 'SKU', '{"sku":"SKU"}', now(), 'many ' || n from generate_series(1, 1300) n`,
    [world.sandbox.shop],
  );
  const file = await askRoute(world.sandbox, 'app.problems.export', '/app/problems/export');
  const ids = [...(await file.text()).matchAll(/,(many \d+),/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(1300);
  expect(ids).toHaveLength(1300);
  await world.database.owner("delete from problem where open_key like 'many %'");
});

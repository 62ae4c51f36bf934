import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { heldWork } from '../held-work.ts';
import { runningWorld } from '../running-world.ts';
import { requestMail } from '../samples/mails.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });
const { variants, amazonSide } = dealings(world);
const { held } = heldWork(world);

async function placed(id: string) {
  await variants();
  await world.place(
    amazonOrder(id, {
      proceeds: { grandTotal: { amount: '37.00', currencyCode: 'USD' } },
      orderItems: [
        amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00', title: 'Blue mug' }),
        amazonLine('10000000000002', { sku: 'SKU-2', item: '12.00', title: 'Red mug' }),
      ],
    }),
  );
  await world.settle();
}

/** Tables in which a word stands. */
async function tablesWith(word: string): Promise<string[]> {
  const { database } = world;
  const tables = await database.owner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await database.owner(`select 1 from ${name} t where t::text ~ $1 limit 1`, [word]);
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

const find = (body: string, token?: string) =>
  askRoute(world.sandbox, 'app.requests.find', '/app/requests/find', { body, token });
const decide = (id: string, wish: object) =>
  askRoute(world.sandbox, 'app.orders.$order.decide', `/app/orders/${id}/decide`, {
    body: JSON.stringify(wish),
  });

it('SEC-3 SEC-5 REQ-10: the server finds the order in a message, keeps nothing of it, and refuses what is not to be recorded', async () => {
  const id = '144-0000000-0000001';
  await placed(id);
  expect((await find('{}')).status).toBe(400);
  expect((await find(JSON.stringify({ text: id }), 'a.b.c')).status).toBe(401);
  const named = `Dear qzxseller,\ncancel ${id} and 144-0000000-0000009 please`;
  const answer: unknown = await (await find(JSON.stringify({ text: named }))).json();
  expect(answer).toEqual({
    ids: [id, '144-0000000-0000009'],
    orders: [{ id, name: '#1001', status: 'unshipped' }],
  });
  expect(await tablesWith('qzxseller')).toEqual([]);
  const wish = { intent: 'informal', lines: null, why: 'changed_mind', hold: true };
  for (const bad of [
    { ...wish, why: 'because' },
    { ...wish, hold: 'yes' },
    { ...wish, lines: 'all' },
  ])
    expect((await decide(id, bad)).status).toBe(400);
  const guarded = async (change: object) =>
    (await (await decide(id, { ...wish, ...change })).json()) as unknown;
  expect(await guarded({ why: 'out_of_stock' })).toMatchObject({ ok: false, guard: 'out_of_stock' });
  for (const lines of [[], ['10000000000009']])
    expect(await guarded({ lines })).toMatchObject({ ok: false, guard: 'lines_not_open' });
  expect(await (await decide(id, { intent: 'unmark' })).json()).toMatchObject({ guard: 'no_request' });
  await world.settle();
  expect(await world.database.owner('select from request where amazon_order_id = $1', [id])).toEqual([]);
});

it.skipIf(!hasBrowser)(
  'REQ-10 REQ-6: in the browser a pasted message finds its order, which is recorded and held; the text is copied; the buyer’s own request is the same record',
  async () => {
    const id = '144-0000000-0000002';
    await placed(id);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, troubles }) => {
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.url(), request.postData() ?? ''));
      await goTo('Requests');
      await app.getByRole('link', { name: 'Record a message request…' }).click();
      const paste = app.getByLabel('Paste the buyer’s message');
      await paste.fill(`Hi, I am Jane Qzxbuyer. Cancel order ${id}, I found it cheaper.`);
      await app.getByText('#1001 · 2 open lines · Unshipped').waitFor();
      expect(await app.getByRole('heading', { name: 'The buyer’s wish' }).evaluate(isFocused)).toBe(true);
      await app.locator('label', { hasText: 'We are out of stock' }).click();
      await app.getByText('A seller must not ask the buyer to cancel').waitFor();
      expect(await app.getByRole('button', { name: 'Record and hold' }).count()).toBe(0);
      expect(await app.getByLabel('How to ask in the account').count()).toBe(0);
      await app.getByRole('button', { name: 'Cancel with No inventory…' }).click();
      const dialog = app.getByRole('dialog', { name: `Cancel order ${id}?` });
      await dialog.getByText('Reason for Amazon: No inventory.').waitFor();
      await dialog.getByText('Counts in your cancellation rate.').waitFor();
      await dialog.getByRole('button', { name: 'Keep order' }).click();
      await app.locator('label', { hasText: 'Buyer changed mind' }).click();
      await app.locator('label', { hasText: 'Cancel some lines' }).click();
      expect(await app.getByRole('button', { name: 'Record and hold' }).isDisabled()).toBe(true);
      await app.locator('label', { hasText: '1 × Red mug (SKU-2)' }).click();
      await app.getByRole('button', { name: 'Record and hold' }).click();
      await app.getByText(/^Recorded on .* by staff/).waitFor();
      await world.settle();
      expect(await held(id)).toEqual(['SKU-2×1']);
      await look();
      await app.getByText('Waiting for the request in the buyer’s account.').waitFor();
      await app.getByLabel('Language of the text').selectOption({ label: 'Română' });
      await app.getByText('Our own translation').first().waitFor();
      await app.getByRole('button', { name: 'Copy how to ask in the account' }).click();
      await page.getByText('Copied').waitFor();
      await paste.fill('');
      await paste.focus();
      await page.keyboard.press('Control+V');
      expect(await paste.inputValue()).toContain('Contul tău > Comenzile tale > Solicită anularea');
      expect(sent.join('\n')).not.toMatch(/qzxbuyer|cheaper/i);

      await goTo('Requests');
      await app.getByRole('tab', { name: 'By message' }).click();
      await app.getByText('Asked by message, held').waitFor();
      await app.getByText('seen by: message').waitFor();
      const ask = { orderItemIds: ['10000000000002'], reason: 'Found it cheaper' };
      await world.control('POST', `/amazon/orders/${id}/request-cancel`, ask);
      await world.settle();
      await look();
      await app.getByText('1 new request. Show').click();
      await app.getByText('“Found it cheaper”').waitFor();
      await app.getByText(/seen by: message, .*order/).waitFor();
      expect(troubles).toEqual([]);
    });
    expect(await tablesWith('Qzxbuyer')).toEqual([]);
    expect(await amazonSide(id)).toMatchObject({ status: 'UNSHIPPED', cancels: 0 });
    expect(await held(id)).toEqual(['SKU-2×1']);
  },
);

it.skipIf(!hasBrowser)(
  'REQ-10: in the browser an unanswered message asks for a decision with a text to copy, and its mark and hold can be removed',
  async () => {
    const id = '144-0000000-0000003';
    await placed(id);
    expect(
      await (await decide(id, { intent: 'informal', lines: null, why: 'wrong', hold: true })).json(),
    ).toMatchObject({ outcome: 'chosen' });
    await world.settle();
    await world.control('POST', '/clock', { advance: 'P10D' });
    await world.settle();
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, troubles }) => {
      await goTo('Problems');
      await app
        .getByRole('button', { name: `Settle: The buyer of ${id} wrote` })
        .first()
        .click();
      const dialog = app.getByRole('dialog');
      expect(await dialog.getByRole('textbox', { name: 'Critical message' }).inputValue()).toContain(
        `order ${id}`,
      );
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await goTo('Orders');
      await app.getByRole('link', { name: id }).click();
      await app.getByRole('button', { name: `Remove mark and hold of ${id}` }).click();
      await app
        .getByRole('dialog', { name: `Remove mark and hold of ${id}?` })
        .getByRole('button', { name: 'Remove mark and hold' })
        .click();
      await page.getByText('Mark and hold removed').waitFor();
      await world.settle();
      await app.getByText('It ended unconfirmed: Amazon never showed it.').waitFor();
      expect(troubles).toEqual([]);
    });
    expect(await held(id)).toEqual([]);
  },
);

it.skipIf(!hasBrowser)(
  'REQ-1 REQ-13: in the browser an e-mail of Amazon’s is uploaded and holds its order, another one does nothing; an address for e-mails is made',
  async () => {
    const id = '144-0000000-0000004';
    await placed(id);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, look, section, troubles }) => {
      await goTo('Requests');
      await app.getByRole('button', { name: 'Upload e-mail…' }).click();
      const dialog = app.getByRole('dialog', { name: 'Upload an e-mail of Amazon’s' });
      const file = dialog.locator('input[type="file"]');
      const eml = (buffer: Buffer) => ({ name: 'mail.eml', mimeType: 'message/rfc822', buffer });
      await file.setInputFiles(eml(requestMail(id, { subject: 'Your invoice' })));
      await dialog.getByText('This is no cancellation request from Amazon. Nothing was done.').waitFor();
      await file.setInputFiles(eml(requestMail(id)));
      await dialog.getByText(`The e-mail names ${id}. Marked and held; Amazon is being asked.`).waitFor();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await world.settle();
      await look();
      await app.getByText('1 new request. Show').click();
      await app.getByText('seen by: e-mail').waitFor();
      await goTo('Settings');
      await section('Requests and holds');
      await app.getByRole('button', { name: 'Make an address' }).click();
      const address = app.getByRole('textbox', { name: 'Address for e-mails' });
      await address.waitFor();
      const made = await address.inputValue();
      expect(made).toMatch(/^[0-9a-f]{24}@mail\.concord\.test$/);
      await app.getByRole('button', { name: 'Copy the address for e-mails' }).click();
      await page.getByText('Copied').waitFor();
      await app.getByRole('button', { name: 'Make a new address' }).click();
      await expect.poll(() => address.inputValue()).not.toBe(made);
      expect(troubles).toEqual([]);
    });
    expect(await held(id)).toEqual(['SKU-1×1', 'SKU-2×1']);
  },
);

const isFocused = (element: Element) => element === document.activeElement;

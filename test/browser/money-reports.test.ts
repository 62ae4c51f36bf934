import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { dealings } from '../dealings.ts';
import { runningWorld } from '../running-world.ts';
import { settlementFile } from '../samples/settlement.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';
import { frameOf } from './tour.ts';

const world = runningWorld({ web: true });
const { concord, variants, fulfilInShopify, amazonSide, inShopify } = dealings(world);

const refunded = '148-0000000-0000001';
const voided = '148-0000000-0000002';
const stranger = '701-0000009-0000009';
const mug = (id: string) =>
  amazonOrder(id, {
    proceeds: { grandTotal: { amount: '25.00', currencyCode: 'USD' } },
    orderItems: [amazonLine('10000000000001', { sku: 'SKU-1', item: '25.00', title: 'Blue mug' })],
  });

const sku = 'SKU-1';
const settlement = settlementFile('35.00', [
  { type: 'Order', order: refunded, kind: 'ItemPrice', what: 'Principal', amount: '25.00', sku },
  { type: 'Order', order: refunded, kind: 'ItemFees', what: 'Commission', amount: '-3.75', sku },
  { type: 'Refund', order: refunded, kind: 'ItemPrice', what: 'Principal', amount: '-5.00', sku },
  { type: 'Refund', order: refunded, kind: 'ItemFees', what: 'Commission', amount: '0.75', sku },
  { type: 'Order', order: stranger, kind: 'ItemPrice', what: 'Principal', amount: '19.00', sku },
  { type: 'other-transaction', kind: 'other-transaction', what: 'Shipping label', amount: '-1.00', sku },
]);

it.skipIf(!hasBrowser)(
  'REP-1 REP-2 REP-3 REP-5 REF-4: in the browser both sides are shown day by day and entry by entry, and a settlement is proved',
  async () => {
    await variants();
    await world.place(mug(refunded));
    await world.place(mug(voided));
    await world.settle();
    await fulfilInShopify(refunded);
    await concord('approve', voided, '--reason', 'NoInventory');
    await world.settle(true);
    expect(await amazonSide(voided)).toMatchObject({ status: 'CANCELLED' });
    await world.control('POST', `/amazon/orders/${refunded}/refund`, {
      items: [{ orderItemId: '10000000000001', principal: '5.00' }],
    });
    await world.settle(true);
    await withAdmin(world.sandbox.admin, async (admin) => {
      const { app, goTo, troubles } = admin;
      await goTo('Reports');
      await app.getByRole('heading', { name: 'Day by day' }).waitFor();
      await app.getByText('25.00 USD / 25.00 USD').first().waitFor();
      await app.getByText('5.00 USD / 5.00 USD').first().waitFor();
      await app.getByText('Voids: 1 order, 25.00 USD.', { exact: false }).waitFor();
      await app.getByRole('tab', { name: 'Ledger' }).click();
      const table = app.getByRole('table', { name: 'Ledger' });
      await table.getByText('Void: Amazon never charged.', { exact: false }).waitFor();
      expect(await table.getByText('In step', { exact: true }).count()).toBe(4);
      expect(await table.getByText('Different', { exact: true }).count()).toBe(0);
      await app.getByRole('tab', { name: 'Files' }).click();
      const frame = frameOf(admin, world.sandbox);
      const upload = async (name: string, text: string) => {
        await frame.setInputFiles('input[type=file]', {
          name,
          mimeType: 'text/plain',
          buffer: Buffer.from(text),
        });
      };
      await upload('settlement.txt', settlement);
      await app.getByText('6 rows new or changed.').waitFor();
      await upload('again.txt', settlement);
      await app.getByText('Nothing was doubled.', { exact: false }).waitFor();
      await upload('page.html', '<!doctype html><html></html>');
      await app.getByText('This is a web page', { exact: false }).waitFor();
      await world.settle();
      await app.getByRole('tab', { name: 'Settlements' }).click();
      await app.getByText('Sum proves whole').waitFor();
      await app.getByRole('link', { name: '12800000077' }).click();
      await app.getByText('Older than the import').or(app.getByText('Order not known here')).waitFor();
      await app.getByRole('button', { name: 'Name for row 7' }).click();
      await app.getByRole('textbox', { name: 'Name for row 7' }).fill('Old shop');
      await app.getByRole('button', { name: 'Keep' }).click();
      await app.getByText('Old shop').waitFor();
      expect(troubles).toEqual([]);
    });
    const { data } = await concord('ledger', refunded, '--json');
    expect(data).toMatchObject({
      state: 'in_step',
      entries: [
        { kind: 'sale', amazon: 2500, shopify: 2500, settlement: 2500 },
        { kind: 'refund', amazon: -500, shopify: -500, settlement: -500 },
        { kind: 'fee', amazon: -300, shopify: null, settlement: -300 },
      ],
    });
    const csv = await (
      await askRoute(world.sandbox, 'app.reports.ledger.export', '/app/reports/ledger/export?state=in_step')
    ).text();
    expect(csv.split('\r\n').slice(0, 5)).toEqual([
      'Ledger',
      expect.stringMatching(/^"?All marketplaces, each in its own days/),
      'In step',
      '',
      'Day,Marketplace,Order,Kind,Currency,Amazon,Shopify,Settlement,State,Why',
    ]);
    expect(csv).toContain(`${refunded},Refund,USD,-5.00,-5.00,-5.00,In step,`);
  },
);

it.skipIf(!hasBrowser)(
  'REP-1 REP-3 REF-4: in the browser all refunds that Shopify lacks are recorded at once, each by the loop and once',
  async () => {
    const ids = [11, 12].map((n) => `148-0000000-00000${n}`);
    await variants();
    for (const id of ids) await world.place(mug(id));
    await world.settle();
    for (const id of ids) await fulfilInShopify(id);
    await world.settle(true);
    await world.control('POST', '/faults', {
      ...{ service: 'shopify', match: { operation: 'refundCreate' }, kind: 'error', times: 50 },
      ...{ code: 'BAD_USER_INPUT', value: 'The refund is not valid.' },
    });
    for (const id of ids)
      await world.control('POST', `/amazon/orders/${id}/refund`, {
        items: [{ orderItemId: '10000000000001', principal: '5.00' }],
      });
    await world.settle(true);
    await world.control('DELETE', '/faults');
    await withAdmin(world.sandbox.admin, async (admin) => {
      const { app, goTo, troubles } = admin;
      await goTo('Reports');
      await app.getByRole('button', { name: 'Record all 2…' }).click();
      const dialog = app.getByRole('dialog', { name: 'Settle: Refund missing in Shopify' });
      await dialog.getByText('All 2 together:').waitFor();
      await dialog
        .getByText('Shopify: a refund of 10.00\u00a0USD is recorded, without a mail. Amazon: nothing.')
        .waitFor();
      await dialog.getByRole('button', { name: 'Do it for 2' }).click();
      await dialog.waitFor({ state: 'detached' });
      await app.getByText('2 written down').waitFor();
      await world.settle(true);
      await goTo('Reports');
      await app.getByText('10.00 USD / 10.00 USD').first().waitFor();
      expect(await app.getByRole('button', { name: /^Record all/ }).count()).toBe(0);
      expect(troubles).toEqual([]);
    });
    for (const id of ids) expect((await inShopify(id)).refunds).toHaveLength(1);
  },
);

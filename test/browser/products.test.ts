import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';
import { askRoute, hasBrowser, withAdmin } from './admin-page.ts';

const world = runningWorld({ web: true });

interface Put {
  readonly id: string;
  readonly sku: string;
}

const put = (...variants: { sku: string; title: string; barcode?: string }[]) =>
  world.control(
    'POST',
    '/shopify/variants',
    variants.map((one) => ({ price: '25.00', inventory: 10, ...one })),
  );
const variantOf = async (sku: string) => {
  const { productVariants } = (await world.shopify(
    '{ productVariants(first: 50) { nodes { id sku } } }',
  )) as { productVariants: { nodes: Put[] } };
  return productVariants.nodes.find((one) => one.sku === sku)?.id ?? '';
};
const place = (id: string, ...skus: string[]) =>
  world.place(
    amazonOrder(id, {
      proceeds: { grandTotal: { amount: `${skus.length * 25}.00`, currencyCode: 'USD' } },
      orderItems: skus.map((sku, n) => amazonLine(`1000000000000${n}`, { sku, item: '25.00' })),
    }),
  );
const linesOf = async (id: string) =>
  (await world.order(id))?.lineItems.nodes.map(({ variant }) => variant?.id ?? null);
const links = async () =>
  (
    await world.database.owner<{ sku: string; variant_id: string | null }>(
      'select sku, variant_id from sku_link where by_hand order by sku',
    )
  ).map((row) => [row.sku, row.variant_id]);

const products = '/app/settings/products';
const ask = (name: string, body?: string, token?: string) =>
  askRoute(world.sandbox, `app.settings_.products_.${name}`, `${products}/${name}`, { body, token });

it('SEC-3 IMP-7 PRO-6: the server links what can be linked, tells what a file would do, and takes nothing from a stranger', async () => {
  await put({ sku: 'MUG', title: 'Blue mug', barcode: '4006381333931' }, { sku: 'CUP', title: 'Cup' });
  await put({ sku: 'TWIN', title: 'One' }, { sku: 'TWIN', title: 'Two' });
  const mug = await variantOf('MUG');
  const link = JSON.stringify({ links: [{ sku: '=1+1', variant: mug }] });
  for (const [name, body] of [
    ['link', link],
    ['check', '{}'],
    ['file', 'A,1'],
    ['file', undefined],
  ] as const)
    expect((await ask(name, body, 'a.b.c')).status, name).toBe(401);
  for (const body of [
    '',
    '[]',
    '{"links":[]}',
    '{"links":[{"sku":"A","variant":"gid://shopify/Order/1"}]}',
    '{"links":[{"sku":"A\\u0000","variant":"1"}]}',
    '{"links":[{"sku":"A","variant":"1"},{"sku":"A","variant":"2"}]}',
    '{"lookUp":[]}',
  ])
    expect((await ask('link', body)).status, body).toBe(400);
  expect(await (await ask('link', link)).json()).toEqual({ ok: true, changed: 1 });
  expect(await (await ask('link', link)).json()).toEqual({ ok: true, changed: 0 });
  const audit = await world.database.owner<{ actor: string; after: object }>(
    "select actor, after from audit_entry where action = 'sku_link'",
  );
  expect(audit).toMatchObject([{ after: { sku: '=1+1', variantId: mug, byHand: true } }]);
  expect(audit[0]?.actor).toMatch(/^staff ./);
  const number = mug.replace(/^.*\//, '');
  const rows = ['MUG', '4006381333931', number, mug, 'mug', 'TWIN', '', '99', `"x" OR sku:*`];
  const checked = (await (
    await ask(
      'check',
      JSON.stringify({ rows: rows.map((variant, n) => ({ sku: n === 3 ? '=1+1' : `S${n}`, variant })) }),
    )
  ).json()) as { rows: { outcome: string; title: string | null }[] };
  expect(checked.rows.map(({ outcome }) => outcome)).toEqual([
    'unknown_sku',
    'unknown_sku',
    'unknown_sku',
    'unchanged',
    'unknown_variant',
    'ambiguous',
    'unchanged',
    'unknown_variant',
    'unknown_variant',
  ]);
  expect(checked.rows[1]?.title).toContain('Blue mug');
  expect(await (await ask('file', 'sku,variant\nA,1')).json()).toMatchObject({
    ok: true,
    rows: [{ line: 2, sku: 'A', variant: '1' }],
  });
  // The file as it comes out makes text of what a spreadsheet would run.
  expect(await (await ask('file')).text()).toContain(`\r\n'=1+1,${mug},by hand,0\r\n`);
});

it.skipIf(!hasBrowser)(
  'IMP-7: in the browser an SKU is linked by search and unlinked, a file links others, and the next orders take the variants',
  async () => {
    const [first, second, third] = ['144-0000000-0000001', '144-0000000-0000002', '144-0000000-0000003'];
    await put({ sku: 'SHOP-1', title: 'Blue mug' }, { sku: 'SHOP-2', title: 'Red mug' });
    await put({ sku: 'SHOP-3', title: 'Lamp', barcode: '4006381333931' });
    const [blue, red, lamp] = [
      await variantOf('SHOP-1'),
      await variantOf('SHOP-2'),
      await variantOf('SHOP-3'),
    ];
    await place(first, 'AMZ-1', 'AMZ-2', 'AMZ-3');
    await world.settle();
    expect(await linesOf(first)).toEqual([null, null, null]);
    await withAdmin(world.sandbox.admin, async ({ app, page, goTo, section, troubles }) => {
      await goTo('Settings');
      await app.getByText('3 unlinked SKUs').waitFor();
      await section('Products');
      await app.getByRole('link', { name: 'See SKUs and products' }).click();
      await app.getByText('Lines that stand in Shopify stay as they are').waitFor();
      await app.getByRole('button', { name: 'Link AMZ-1 to a variant' }).click();
      const dialog = app.getByRole('dialog', { name: 'Link AMZ-1 to a variant' });
      await dialog.getByText('No variant fits.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Link', exact: true }).isDisabled()).toBe(true);
      await dialog.getByLabel('Find a variant by SKU, barcode or title').fill('SHOP-1');
      const blueMug = dialog.getByRole('radio', { name: 'Blue mug' });
      await dialog.locator('label', { hasText: 'Blue mug' }).click();
      // What would be linked stays in sight while others are looked for.
      const search = dialog.getByLabel('Find a variant by SKU, barcode or title');
      await search.fill('Lamp');
      await dialog.getByRole('radio', { name: 'Lamp' }).waitFor();
      expect(await blueMug.isChecked()).toBe(true);
      await search.fill('nothing at all');
      await dialog.getByText('No variant fits.').waitFor();
      expect(await blueMug.isChecked()).toBe(true);
      await dialog.getByRole('button', { name: 'Link', exact: true }).click();
      await page.getByText('Linked. 1 SKU changed').waitFor();
      await app.getByRole('tab', { name: /^Linked/ }).click();
      await app.getByText('Blue mug').waitFor();
      await app.getByText('By hand').waitFor();
      await world.settle();
      await place(second, 'AMZ-1', 'AMZ-2');
      await world.settle();
      // What stands in Shopify stays as it is.
      expect(await linesOf(first)).toEqual([null, null, null]);
      expect(await linesOf(second)).toEqual([blue, null]);
      expect(await world.problems(second)).toMatchObject([{ subject: 'AMZ-2' }]);

      await app.getByRole('link', { name: 'Upload CSV' }).click();
      const upload = (name: string, text: string | Buffer) =>
        app.locator('input[type=file]').setInputFiles({
          name,
          mimeType: 'text/csv',
          buffer: Buffer.from(text),
        });
      await upload('skus.xlsx', 'PK\u0003\u0004');
      await app.getByText('This is an Excel file.').waitFor();
      await upload(
        'skus.csv',
        '\ufeffSKU;Variant\r\nAMZ-1;SHOP-1\r\nAMZ-2;SHOP-2\r\nAMZ-3;4006381333931\r\nNEW-1;SHOP-2\r\nAMZ-9;nothing\r\n1,2E+10;1\r\n"=cmd|\'/C calc\'!A1";<b>x</b>\r\n',
      );
      await app.getByText('2 SKUs would be linked, of 7 lines.').waitFor();
      expect(await links()).toEqual([['AMZ-1', blue]]);
      await app.getByRole('button', { name: 'Unknown variant: 2' }).click();
      await app.getByText('<b>x</b>').waitFor();
      await app.getByRole('button', { name: 'Malformed: 1' }).click();
      await app.getByText(/^Line 7\. A spreadsheet turned/).waitFor();
      await app.getByText('Also link the SKU that no order has had yet').click();
      await app.getByRole('button', { name: 'Link 3 SKUs' }).click();
      await app.getByText('3 SKUs are linked, of 7 lines.').waitFor();
      await app.getByRole('button', { name: 'Linked: 3' }).waitFor();
      expect(await links()).toEqual([
        ['AMZ-1', blue],
        ['AMZ-2', red],
        ['AMZ-3', lamp],
        ['NEW-1', red],
      ]);

      await app.getByRole('link', { name: 'See all SKUs' }).click();
      await app.getByRole('tab', { name: /^Linked/ }).click();
      await app.getByRole('button', { name: 'Unlink AMZ-1' }).click();
      const unlink = app.getByRole('dialog', { name: 'Unlink AMZ-1' });
      await unlink.getByRole('button', { name: 'Unlink', exact: true }).click();
      await page.getByText('0 of 1 found in Shopify').waitFor();
      await app.getByLabel('Search SKUs').fill('amz-3');
      await app.getByRole('button', { name: 'Search' }).click();
      await app.getByRole('button', { name: 'Link NEW-1 to a variant' }).waitFor({ state: 'detached' });
      await app.getByText('Lamp').waitFor();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        app.getByRole('button', { name: 'Download CSV' }).click(),
      ]);
      const text = await readFile(await saved.path(), 'utf8');
      expect(text).toContain(`AMZ-2,${red},by hand,2\r\n`);
      expect(text).toContain('AMZ-1,,unlinked,2\r\n');
      expect(troubles).toEqual([]);
    });
    await place(third, 'AMZ-1', 'AMZ-2', 'AMZ-3', 'NEW-1');
    await world.settle();
    expect(await linesOf(third)).toEqual([null, red, lamp, red]);
  },
);

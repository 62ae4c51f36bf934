import { generateKey } from '@47ng/cloak';
import { describe, expect, it } from 'vitest';
import { listReportFiles } from '../../app/db/report-files.ts';
import { keepSettlementRows } from '../../app/db/settlements.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import type { SettlementLine } from '../../app/domain/reported.ts';
import { setClock } from '../../app/lib/clock.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { createLog } from '../../app/lib/log.ts';
import { createSweeper, eraseGoneShop, eraseWhatIsOver } from '../../app/sync/erase-what-is-over.ts';
import { shopInstalled } from '../../app/sync/install.ts';
import { takePrivacyRequest } from '../../app/sync/privacy.ts';
import { freshDatabase } from '../database.ts';
import { insertInto } from './any-row.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const log = createLog('silent', 'test');
const vault = openVault(generateKey());
const parts = { db, vault, log };

const settlementLine: Omit<SettlementLine, 'settlementId' | 'line'> = {
  ...{ type: 'Order', amazonOrderId: '', orderItemId: '', adjustmentId: '', ownAdjustmentId: '' },
  ...{ marketplaceName: '', amountType: 'ItemPrice', description: 'Principal', amount: 1 },
  ...{ postedAt: null, sku: '' },
};
const day = 86_400_000;
const start = Date.UTC(2026, 10, 21, 9);
const standAt = (at: number) => {
  setClock(at, 1e-9);
};

/** Every table that has rows of shops, as the database itself says. */
const tables = (
  await owner<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'shop' order by 1`,
  )
).map((row) => row.name);

/** A shop with a row in every table. */
async function shopWithEverything(): Promise<ShopDomain> {
  const shop = await newShop(database);
  for (const table of tables) if (table !== 'shop') await owner(await insertInto(database, table, shop));
  return shop;
}
const left = async (shop: string) => {
  const found: string[] = [];
  for (const table of tables)
    if ((await owner(`select 1 from "${table}" where shop = $1`, [shop])).length > 0) found.push(table);
  return found;
};
const goneAt = (shop: ShopDomain, at: number) =>
  owner('update shop set uninstalled_at = $2 where shop = $1', [shop, new Date(at)]);
const audit = (shop: string) =>
  owner<{ action: string; after: unknown }>(
    'select action, after from audit_entry where shop = $1 order by at, action',
    [shop],
  );
const jobs = async (shop: ShopDomain) =>
  (
    await owner<{ task: string }>(
      `select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.key like '%:' || $1`,
      [shop],
    )
  ).map((row) => row.task);

describe('SEC-4: a shop that gave the app up', () => {
  it('loses every row in every table; the audit log stays under a pseudonym', async () => {
    standAt(start);
    const [shop, other] = [await shopWithEverything(), await shopWithEverything()];
    await owner(
      `insert into rate_bucket values ((select seller_id from seller where shop = $1), 'getOrder', 1, 1, 1, now())`,
      [shop],
    );
    await goneAt(shop, start - 1);
    expect(await left(shop)).toEqual(tables);
    await eraseGoneShop(parts, shop);
    expect(await left(shop)).toEqual([]);
    expect(await owner('select 1 from rate_bucket')).toEqual([]);
    expect(await left(other)).toEqual(tables);
    const pseudonym = `erased-${vault.fingerprint(shop)}`;
    expect(pseudonym).not.toContain(shop.slice(0, 8));
    expect((await audit(pseudonym)).map((row) => row.action)).toEqual(
      expect.arrayContaining(['shop_erased']),
    );
    expect(await audit(pseudonym)).toHaveLength(2);
    await eraseGoneShop(parts, shop);
    expect(await audit(pseudonym)).toHaveLength(2);
  });

  it('keeps everything where it has the app again', async () => {
    standAt(start);
    const shop = await shopWithEverything();
    await goneAt(shop, start - 3 * day);
    await shopInstalled(db, shop);
    await eraseGoneShop(parts, shop);
    expect(await left(shop)).toEqual(tables);
  });

  it('is erased in steps, however large it is', async () => {
    standAt(start);
    const shop = await newShop(database);
    await owner(
      `insert into amazon_order (shop, amazon_order_id, seller_id) select $1, 'o' || n, 'A1' from generate_series(1, 5000) n`,
      [shop],
    );
    await owner(
      `insert into audit_entry (shop, at, actor, action) select $1, now(), 'concord', 'x' from generate_series(1, 10000) n`,
      [shop],
    );
    await goneAt(shop, start - 1);
    await eraseGoneShop(parts, shop);
    expect(await left(shop)).toEqual([]);
    expect(await audit(`erased-${vault.fingerprint(shop)}`)).toHaveLength(10_001);
  });

  it('is erased after 30 days though Shopify never asked for it', async () => {
    const shop = await shopWithEverything();
    await goneAt(shop, start);
    standAt(start + 30 * day - 1000);
    await eraseWhatIsOver(parts);
    expect(await left(shop)).toContain('shop');
    standAt(start + 30 * day);
    await eraseWhatIsOver(parts);
    expect(await left(shop)).toEqual([]);
  });
});

/** A shop with an order whose request and claim have the buyer's words. */
async function shopWithWords(seenAt: number, eraseAt: number | null): Promise<ShopDomain> {
  const shop = await newShop(database);
  await owner(
    `insert into amazon_order (shop, amazon_order_id, seller_id, shopify_order_id) values ($1, '903-1', 'A1', 'gid://shopify/Order/820982911946154508')`,
    [shop],
  );
  await owner(
    `insert into request (shop, amazon_order_id, n, state, version, requested_at, lines, sources, reasons, erase_at)
     values ($1, '903-1', 1, 'open', 1, $2, '[]', '[]', $3, $4)`,
    [shop, new Date(seenAt), vault.seal('too big'), eraseAt === null ? null : new Date(eraseAt)],
  );
  await owner(
    `insert into claim (shop, amazon_order_id, source, key, seen_at, reason) values ($1, '903-1', 'report', 'k', $2, $3)`,
    [shop, new Date(seenAt), vault.seal('too big')],
  );
  return shop;
}
const words = async (shop: ShopDomain) =>
  (
    await owner<{ n: number }>(
      `select (select count(*)::int from request where shop = $1 and reasons is not null)
            + (select count(*)::int from claim where shop = $1 and reason is not null) as n`,
      [shop],
    )
  )[0]?.n;
const isDue = async (shop: ShopDomain) =>
  (await owner('select 1 from amazon_order where shop = $1 and due_at is not null', [shop])).length === 1;

describe('SEC-5: a buyer’s words', () => {
  it.each([
    ['when their time is over', start, 30 * day],
    ['30 days after the wish where no time was set', null, 30 * day],
  ])('are erased %s, and the order is due so that Shopify loses them too', async (_, eraseAt, after) => {
    const shop = await shopWithWords(start, eraseAt === null ? null : start + after);
    standAt(start + after - 1000);
    await eraseWhatIsOver(parts);
    expect([await words(shop), await isDue(shop)]).toEqual([2, false]);
    standAt(start + after);
    await eraseWhatIsOver(parts);
    expect([await words(shop), await isDue(shop)]).toEqual([0, true]);
    expect(await jobs(shop)).toEqual(['drain']);
    await owner('update amazon_order set due_at = null where shop = $1', [shop]);
    await eraseWhatIsOver(parts);
    expect(await isDue(shop)).toBe(false);
  });

  it('of a newer wish stay', async () => {
    const shop = await shopWithWords(start, start + day);
    await owner(
      `insert into request (shop, amazon_order_id, n, state, version, requested_at, lines, sources, reasons, erase_at)
       values ($1, '903-1', 2, 'open', 1, $2, '[]', '[]', 'sealed', $3)`,
      [shop, new Date(start + day), new Date(start + 31 * day)],
    );
    standAt(start + 2 * day);
    await eraseWhatIsOver(parts);
    expect(await owner('select n from request where shop = $1 and reasons is not null', [shop])).toEqual([
      { n: 2 },
    ]);
  });

  it('of a shop that gave the app up are erased without a knock', async () => {
    const shop = await shopWithWords(start, start);
    await goneAt(shop, start);
    standAt(start + day);
    await eraseWhatIsOver(parts);
    expect([await words(shop), await isDue(shop)]).toEqual([1, false]);
  });
});

it('SEC-5: the ids of webhooks go after 3 days, the audit log after 13 months', async () => {
  const shop = await newShop(database);
  await owner(`insert into seen_webhook values ($1, 'old', $2), ($1, 'new', $3)`, [
    shop,
    new Date(start - 3 * day),
    new Date(start - 3 * day + 1000),
  ]);
  await owner(
    `insert into audit_entry (shop, at, actor, action) values ($1, '2025-10-21T08:00Z', 'concord', 'old'), ($1, '2025-10-22T09:00Z', 'concord', 'new')`,
    [shop],
  );
  standAt(start);
  await eraseWhatIsOver(parts);
  expect(await owner('select webhook_id from seen_webhook where shop = $1', [shop])).toEqual([
    { webhook_id: 'new' },
  ]);
  expect((await audit(shop)).map((row) => row.action)).toEqual(['new']);
});

it('SEC-5 REP-5: which reports came in goes after 13 months, a settlement with its rows after 24; its ledger stays', async () => {
  const shop = await newShop(database);
  standAt(start);
  const old = { months13: new Date(Date.UTC(2025, 9, 21)), months24: new Date(Date.UTC(2024, 10, 21)) };
  for (const [name, at] of [
    ['old', old.months13],
    ['new', new Date(Date.UTC(2025, 9, 22))],
  ] as const) {
    await owner(
      `insert into report_file (shop, seller_id, name, started_at, read_at, counts, sentences) values ($1, 'S', $2, $3, $3, '{}', $4)`,
      [shop, name, at, name === 'new' ? ['Line 2 has 7 columns instead of 6.'] : []],
    );
    await owner(
      `insert into order_report (shop, seller_id, report_type, started_at) values ($1, 'S', $2, $3)`,
      [...[shop, name, at]],
    );
  }
  for (const [id, at] of [
    ['100', old.months24],
    ['200', new Date(Date.UTC(2024, 10, 22))],
  ] as const) {
    await owner(
      `insert into settlement (shop, settlement_id, seller_id, currency, taken_at) values ($1, $2, 'S', 'USD', $3)`,
      [shop, id, at],
    );
    for (const line of [2, 3])
      await db.forShop(shop, (tx) =>
        keepSettlementRows(tx, shop, [{ ...settlementLine, settlementId: id, line }]),
      );
  }
  await owner(await insertInto(database, 'ledger_entry', shop));
  await eraseWhatIsOver(parts);
  const of = async (table: string, column: string) =>
    (
      await owner<{ is: string }>(`select distinct ${column}::text as is from ${table} where shop = $1`, [
        shop,
      ])
    ).map(({ is }) => is);
  expect(await of('report_file', 'name')).toEqual(['new']);
  expect(await of('order_report', 'report_type')).toEqual(['new']);
  expect(await of('settlement', 'settlement_id')).toEqual(['200']);
  expect(await of('settlement_row', 'settlement_id')).toEqual(['200']);
  expect(await of('ledger_entry', 'shop')).toEqual([shop]);
  // What was said of a file before sentences were kept as data is still read.
  const files = await db.forShop(shop, (tx) => listReportFiles(tx, shop, 10, 0));
  expect(files).toMatchObject([{ name: 'new', says: ['Line 2 has 7 columns instead of 6.'] }]);
});

it('SEC-5: a worker sweeps at its start and then each hour of our clock', async () => {
  const shop = await newShop(database);
  const put = () => owner(`insert into seen_webhook values ($1, 'old', '2020-01-01')`, [shop]);
  const there = async () => (await owner('select 1 from seen_webhook where shop = $1', [shop])).length;
  standAt(start);
  const sweep = createSweeper(parts);
  await put();
  await sweep();
  expect(await there()).toBe(0);
  await put();
  standAt(start + 3_599_000);
  await sweep();
  expect(await there()).toBe(1);
  standAt(start + 3_600_000);
  await sweep();
  expect(await there()).toBe(0);
});

describe('SEC-4: Shopify’s privacy webhooks', () => {
  const ask = (shop: ShopDomain, topic: string, payload: object, id = 'p-1') =>
    takePrivacyRequest(db, log, { shop, topic, id, triggeredAt: null, payload });
  const customer = { id: '1', email: 'john@example.com', phone: '555-625-1199' };
  const orders = ['820982911946154508', '299938'];

  it.each([true, false])(
    'a data request is written down with what is held, no names (app installed: %s)',
    async (installed) => {
      standAt(start);
      const shop = await shopWithWords(start, null);
      if (!installed) await goneAt(shop, start);
      const payload = { shop_domain: shop, orders_requested: orders, customer, data_request: { id: '9999' } };
      await ask(shop, 'customers/data_request', payload);
      await ask(shop, 'customers/data_request', payload);
      expect(await audit(shop)).toEqual([
        {
          action: 'customer_data_requested',
          after: { dataRequest: '9999', orders: 2, reasonsHeldOf: ['903-1'] },
        },
      ]);
      expect(await words(shop)).toBe(2);
    },
  );

  it.each([true, false])(
    'a redaction erases the words of its orders and no others (app installed: %s)',
    async (installed) => {
      standAt(start);
      const [shop, other] = [await shopWithWords(start, start + 30 * day), await shopWithWords(start, null)];
      if (!installed) await goneAt(shop, start);
      await ask(shop, 'customers/redact', { customer, orders_to_redact: ['299938'] }, 'p-0');
      expect(await words(shop)).toBe(2);
      await ask(shop, 'customers/redact', { customer, orders_to_redact: orders });
      expect([await words(shop), await words(other)]).toEqual([0, 2]);
      expect([await isDue(shop), await isDue(other)]).toEqual([installed, false]);
      const [row] = await owner<{ erase_at: Date }>('select erase_at from request where shop = $1', [shop]);
      expect(row?.erase_at.getTime()).toBe(start);
      expect(JSON.stringify(await audit(shop))).not.toMatch(/john|555/);
    },
  );

  it('a shop’s redaction is a worker’s job, and none where the app is installed again', async () => {
    standAt(start);
    const [shop, back] = [await newShop(database), await newShop(database)];
    await goneAt(shop, start);
    await ask(shop, 'shop/redact', { shop_domain: shop });
    await ask(back, 'shop/redact', { shop_domain: back });
    expect(await jobs(shop)).toEqual(['erase']);
    expect(await jobs(back)).toEqual([]);
  });

  it.each([
    ['customers/redact', { orders_to_redact: null }],
    ['customers/redact', { orders_to_redact: ['x'] }],
    ['customers/data_request', { orders_requested: 'all' }],
    ['customers/other', {}],
  ])('%s of another form changes nothing', async (topic, payload) => {
    const shop = await shopWithWords(start, null);
    await ask(shop, topic, payload);
    expect([await words(shop), (await audit(shop)).length]).toEqual([2, 0]);
  });

  it('a shop that is not known leaves no trace', async () => {
    const shop = 'nobody-at-all.myshopify.com' as ShopDomain;
    for (const topic of ['customers/data_request', 'customers/redact', 'shop/redact'])
      await ask(shop, topic, {});
    expect(await left(shop)).toEqual([]);
    expect(await jobs(shop)).toEqual([]);
  });
});

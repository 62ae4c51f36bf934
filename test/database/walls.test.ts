import { describe, expect, it } from 'vitest';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { freshDatabase } from '../database.ts';
import { insertInto } from './any-row.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

/** All that stands outside the shops; a new table without a shop has to be named here, with a reason. */
const outside = ['_prisma_migrations', 'rate_bucket', 'session', 'worker_beat'];

const tables = (
  await owner<{ table: string }>(
    `select tablename as "table" from pg_tables where schemaname = 'public' order by tablename`,
  )
).map((row) => row.table);
const walled = tables.filter((table) => !outside.includes(table));

const run = (shop: ShopDomain, sql: string) => db.forShop(shop, (tx) => tx.$executeRawUnsafe(sql));
const countOf = async (shop: ShopDomain, sql: string) =>
  (
    await db.forShop(shop, (tx) =>
      tx.$queryRawUnsafe<{ n: number }[]>(`select count(*)::int as n from ${sql}`),
    )
  )[0]?.n;

async function twoShopsWithARow(table: string): Promise<[ShopDomain, ShopDomain]> {
  const shops: [ShopDomain, ShopDomain] = [await newShop(database), await newShop(database)];
  if (table !== 'shop') for (const shop of shops) await owner(await insertInto(database, table, shop));
  return shops;
}

describe.each(walled)('SEC-1: the table %s', (table) => {
  it('has a primary key that begins with the shop', async () => {
    const [key] = await owner<{ first: string }>(
      `select a.attname as first from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = $1::regclass and i.indisprimary`,
      [table],
    );
    expect(key?.first).toBe('shop');
  });

  it('has its wall up, with both policies', async () => {
    const [wall] = await owner<{ up: boolean }>(
      'select relrowsecurity as up from pg_class where oid = $1::regclass',
      [table],
    );
    const policies = await owner(
      `select policyname, permissive, roles::text[], cmd, qual, with_check from pg_policies
       where schemaname = 'public' and tablename = $1 order by policyname`,
      [table],
    );
    const own = `(shop = current_setting('concord.shop'::text, true))`;
    const rule = { permissive: 'PERMISSIVE', cmd: 'ALL' };
    expect(wall?.up).toBe(true);
    expect(policies).toEqual([
      { policyname: 'all_shops', ...rule, roles: ['concord_system'], qual: 'true', with_check: 'true' },
      { policyname: 'own_shop', ...rule, roles: ['concord_app'], qual: own, with_check: own },
    ]);
  });

  it('shows a shop its own rows and no others', async () => {
    const [one, two] = await twoShopsWithARow(table);
    expect(await countOf(one, `"${table}"`)).toBe(1);
    expect(await countOf(one, `"${table}" where shop = '${two}'`)).toBe(0);
  });

  it('takes no row for another shop', async () => {
    const [one, two] = await twoShopsWithARow(table);
    await owner(`delete from "${table}" where shop = $1`, [two]);
    await expect(run(one, await insertInto(database, table, two))).rejects.toThrow(/row-level security/);
  });

  it('gives no row away, and lets none of another shop be changed or deleted', async () => {
    const [one, two] = await twoShopsWithARow(table);
    const before = await owner(`select t::text from "${table}" t where shop = $1`, [two]);
    const changes = [
      `update "${table}" set shop = shop where shop = '${two}'`,
      `delete from "${table}" where shop = '${two}'`,
    ];
    if (table === 'audit_entry') {
      for (const sql of changes) await expect(run(one, sql)).rejects.toThrow(/permission denied/);
    } else {
      for (const sql of changes) expect(await run(one, sql)).toBe(0);
      await expect(run(one, `update "${table}" set shop = 'three.myshopify.com'`)).rejects.toThrow(
        /row-level security/,
      );
    }
    expect(await owner(`select t::text from "${table}" t where shop = $1`, [two])).toEqual(before);
  });
});

it('SEC-1: no table with a shop stands outside the walls but the library’s sessions', async () => {
  const rows = await owner<{ table_name: string }>(
    `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'shop'`,
  );
  const withShop = rows.map((row) => row.table_name).sort();
  expect(withShop).toEqual([...walled, 'session'].sort());
});

it('SEC-1: many shops on the same connections never see each other', async () => {
  const shops = await Promise.all(Array.from({ length: 6 }, () => newShop(database)));
  const looks = Array.from({ length: 20 }, () => shops).flat();
  const seen = await Promise.all(
    looks.map((shop) => db.forShop(shop, async (tx) => (await tx.shop.findMany()).map((row) => row.shop))),
  );
  expect(seen).toEqual(looks.map((shop) => [shop]));
});

it('SEC-1: the app’s role is no superuser, cannot pass the walls by, and owns nothing', async () => {
  const shop = await newShop(database);
  const roles = await db.forShop(
    shop,
    (tx) => tx.$queryRaw`
      select rolname::text as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
        (select count(*)::int from pg_auth_members m where m.member = r.oid) as member_of,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`,
  );
  const no = {
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: false,
  };
  expect(roles).toEqual([{ name: 'concord_app', ...no, member_of: 0, owned: 0 }]);
});

it('SEC-1: the role that looks across shops is no superuser and cannot pass the walls by', async () => {
  const roles = await db.system(
    (tx) =>
      tx.$queryRaw`select rolname::text as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`,
  );
  expect(roles).toEqual([{ name: 'concord_system', rolsuper: false, rolbypassrls: false }]);
});

it('SEC-1: RESET ROLE leads back to the app’s role, not to the owner', async () => {
  const [one, two] = [await newShop(database), await newShop(database)];
  const [after] = await db.forShop(one, async (tx) => {
    await tx.$executeRaw`reset role`;
    return tx.$queryRaw<{ role: string; others: number }[]>`
      select current_user::text as role, (select count(*)::int from shop where shop = ${two}) as others`;
  });
  expect(after).toEqual({ role: 'concord_app', others: 0 });
});

it('SEC-1: without a shop named, the app’s role sees nothing', async () => {
  const shop = await newShop(database);
  const [seen] = await db.forShop(shop, async (tx) => {
    await tx.$queryRaw`select set_config('concord.shop', '', true)`;
    return tx.$queryRaw<{ n: number }[]>`select count(*)::int as n from shop`;
  });
  expect(seen?.n).toBe(0);
});

it('PRO-6: what the audit log says cannot be changed or taken away, not even by its own shop', async () => {
  const [one] = await twoShopsWithARow('audit_entry');
  await expect(run(one, `update audit_entry set action = 'other'`)).rejects.toThrow(/permission denied/);
  await expect(run(one, 'delete from audit_entry')).rejects.toThrow(/permission denied/);
  await expect(run(one, 'truncate audit_entry')).rejects.toThrow(/permission denied/);
  expect(await countOf(one, 'audit_entry')).toBe(1);
});

it.each([
  ...outside.map((table) => `select * from "${table}"`),
  `insert into session (id, shop, state, "accessToken") values ('a', 'b', 'c', 'd')`,
  'select * from graphile_worker._private_jobs',
  'select * from graphile_worker.jobs',
  'delete from graphile_worker._private_jobs',
  `select graphile_worker.add_job('drain')`,
  'create table mine (id int)',
])('SEC-1: the app’s role may not %s', async (sql) => {
  const shop = await newShop(database);
  await expect(db.forShop(shop, (tx) => tx.$queryRawUnsafe(sql))).rejects.toThrow(/permission denied/);
});

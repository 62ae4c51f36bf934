import { Prisma } from '@prisma/client';
import { expect, it } from 'vitest';
import { entriesWithReach, ledgerWhere } from '../../app/db/ledger-filter.ts';
import { countLedger, dayTotals } from '../../app/db/ledger-totals.ts';
import { listLedger } from '../../app/db/ledger-list.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { readReportFilter } from '../../app/domain/report-filter.ts';
import { ledgerFilter, readLedgerWish } from '../../app/sync/ledger-view.ts';
import { freshDatabase } from '../database.ts';
import { newShop, seller } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
// Seven in the evening of the 21st in Los Angeles, noon of the 22nd in Tokyo.
const now = Date.UTC(2026, 10, 22, 3);
const [usa, germany, japan] = ['ATVPDKIKX0DER', 'A1PA6795UKMFR9', 'A1VC38T7YXB528'] as const;
const markets = [usa, germany, japan, '', 'A-NEW-ONE'];

/** A sale on each of so many days up to the 22nd, in each marketplace; `times` of them. */
const sell = (shop: ShopDomain, days: number, times: number) =>
  database.owner(
    `insert into ledger_entry (shop, amazon_order_id, key, seller_id, kind, at, day, marketplace_id, currency, amazon, shopify, state)
      select $1, day || market || n, 'sale', $2, 'sale', day, day::date::text, market, 'USD', 100, 100, 'in_step'
      from generate_series(date '2026-11-22' - ($3::int - 1), date '2026-11-22', interval '1 day') day, unnest($4::text[]) market, generate_series(1, $5::int) n`,
    [shop, seller, days, markets, times],
  );

const filter = (query: string) => {
  const given = new URLSearchParams(query);
  return ledgerFilter(readReportFilter(given), readLedgerWish(given), now);
};

it('REP-3: all marketplaces together have each the same days as alone', async () => {
  const shop = await newShop(database);
  await sell(shop, 20, 1);
  const read = (query: string) =>
    db.forShop(shop, async (tx) => {
      const { rows } = await listLedger(tx, shop, filter(query), { limit: 500 });
      const days = await dayTotals(tx, shop, { ...filter(query), voids: false }, { limit: 500 });
      const { orders } = await countLedger(tx, shop, filter(query));
      const said = rows.map(({ day, marketplaceId }) => `${day} ${marketplaceId}`);
      expect(days.rows.map(({ day, marketplaceId }) => `${day} ${marketplaceId}`).sort()).toEqual(
        said.toSorted(),
      );
      expect(orders.in_step).toBe(said.length);
      return said;
    });
  const all = await read('days=7');
  const of = (id: string) => all.filter((one) => one.endsWith(` ${id}`)).sort();
  for (const [id, first, last] of [
    [usa, '2026-11-15', '2026-11-21'],
    [germany, '2026-11-16', '2026-11-22'],
    [japan, '2026-11-16', '2026-11-22'],
    ['', '2026-11-16', '2026-11-22'],
    ['A-NEW-ONE', '2026-11-16', '2026-11-22'],
  ] as const) {
    expect([of(id).length, of(id)[0], of(id).at(-1)], id).toEqual([7, `${first} ${id}`, `${last} ${id}`]);
    if (id.startsWith('A1') || id === usa)
      expect((await read(`days=7&market=${id}`)).sort(), id).toEqual(of(id));
  }
  expect(await read('from=2026-11-15&to=2026-11-16')).toHaveLength(2 * markets.length);
});

it('REP-3: a week of a long ledger is read by its days', async () => {
  const shop = await newShop(database);
  await sell(shop, 400, 10);
  await database.owner('analyze ledger_entry');
  for (const query of ['days=7', `days=7&market=${usa}`, 'from=2026-11-15&to=2026-11-16']) {
    const plan = await db.forShop(shop, (tx) =>
      tx.$queryRaw(
        Prisma.sql`explain (format json) select e.day, sum(e.amazon) from ${entriesWithReach(shop, now)}
          where ${ledgerWhere(shop, filter(query))} group by 1`,
      ),
    );
    expect(JSON.stringify(plan), query).toContain('ledger_entry_shop_day_idx');
    expect(JSON.stringify(plan), query).not.toMatch(/"Seq Scan"[^}]*ledger_entry/);
  }
});

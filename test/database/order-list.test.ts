import { Prisma } from '@prisma/client';
import { expect, it } from 'vitest';
import { countOrders, listOrders, pageOfIds, statesInUse, type OrderQuery } from '../../app/db/order-list.ts';
import type { OrderPlace } from '../../app/db/order-stretches.ts';
import { stateKeys, states } from '../../app/domain/describe.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { orderSorts, readValueRange, type OrderSort } from '../../app/domain/order-view.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { freshDatabase } from '../database.ts';
import { addRequests } from './request-rows.ts';
import { newShop, ownerOf, seller, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const vault = openVault('k1.aesgcm256.MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=');
const hour = 3_600_000;

interface Spec {
  readonly id: string;
  /** Hours after `start`. */
  readonly made?: number;
  readonly shipBy?: number | null;
  readonly total?: number | null;
  readonly currency?: string | null;
  readonly state?: string;
  readonly status?: string;
  readonly request?: string;
  readonly market?: string;
  readonly name?: string;
  readonly sku?: string;
  readonly programme?: string;
}

async function add(shop: ShopDomain, ...specs: Spec[]): Promise<void> {
  const data = specs.map((one) => ({
    shop,
    amazonOrderId: one.id,
    sellerId: seller,
    amazonCreatedAt: new Date(start + (one.made ?? 0) * hour),
    shipBy: one.shipBy == null ? null : new Date(start + one.shipBy * hour),
    amazonTotal: one.total === undefined ? 1000 : one.total,
    currency: one.currency === undefined ? 'USD' : one.currency,
    state: one.state ?? 'in_step',
    amazonStatus: one.status ?? 'unshipped',
    request: one.request ?? 'none',
    marketplaceId: one.market ?? 'ATVPDKIKX0DER',
    shopifyName: one.name ?? null,
    skus: [one.sku ?? 'SKU-1'],
    programmes: one.programme === undefined ? [] : [one.programme],
  }));
  for (let from = 0; from < data.length; from += 1000)
    await db.forShop(shop, (tx) => tx.order.createMany({ data: data.slice(from, from + 1000) }));
}

const query = (given: Partial<OrderQuery>): OrderQuery => ({
  sort: 'newest',
  view: 'all',
  now: start,
  ...given,
});
const page = (shop: ShopDomain, given: Partial<OrderQuery>, limit = 50, after?: OrderPlace) =>
  db.forShop(shop, (tx) => listOrders(tx, shop, query(given), { limit, after }));
const ids = async (shop: ShopDomain, given: Partial<OrderQuery> = {}) =>
  (await page(shop, given)).rows.map((row) => row.amazonOrderId);
const count = (shop: ShopDomain, given: Partial<OrderQuery> = {}) =>
  db.forShop(shop, (tx) => countOrders(tx, shop, query(given)));

/** All pages of a list, one after the other. */
async function walk(shop: ShopDomain, given: Partial<OrderQuery>, limit: number): Promise<string[]> {
  const found: string[] = [];
  let after: OrderPlace | undefined;
  do {
    const { rows, next } = await page(shop, given, limit, after);
    found.push(...rows.map((row) => row.amazonOrderId));
    if (new Set(found).size < found.length)
      throw new Error(`A page gives an order again: ${found.join(' ')}`);
    after = next ?? undefined;
  } while (after);
  return found;
}

const mixed: Spec[] = [
  { id: 'a', made: 1, shipBy: 5, total: 300, currency: 'USD', state: 'in_step' },
  { id: 'b', made: 2, shipBy: null, total: null, currency: null, state: 'asked_held' },
  { id: 'c', made: 2, shipBy: 3, total: 300, currency: 'USD', state: 'in_step' },
  { id: 'd', made: 2, shipBy: 3, total: 90_000, currency: 'JPY', state: 'ship_late' },
  { id: 'e', made: 3, shipBy: null, total: 5, currency: 'USD', state: 'asked_held' },
  { id: 'f', made: 0, shipBy: 3, total: null, currency: 'USD', state: 'decide_refund' },
  { id: 'g', made: 4, shipBy: null, total: 0, currency: 'JPY', state: 'in_step' },
];

it.each<[OrderSort, string]>([
  ['newest', 'gedcbaf'],
  ['oldest', 'fabcdeg'],
  ['ship_by', 'cdfabeg'],
  // Amounts of two currencies are never compared, and what has none comes last.
  ['total', 'caedgbf'],
  // Worst first, and of the same state the newest.
  ['state', 'febdgca'],
])(
  'REQ-11: sorted by %s no page loses or doubles an order, with ties and with what has no value',
  async (sort, wanted) => {
    const shop = await newShop(database);
    await add(shop, ...mixed);
    if (sort === 'state')
      expect(mixed.map(({ state }) => stateKeys.findIndex((key) => key === state))).not.toContain(-1);
    for (const limit of [1, 2, 3, 7, 50]) expect((await walk(shop, { sort }, limit)).join('')).toBe(wanted);
  },
);

it('pages stay whole where orders come in before them and where the last one is gone', async () => {
  const shop = await newShop(database);
  await add(shop, ...mixed);
  const { next } = await page(shop, { sort: 'newest' }, 2);
  await add(shop, { id: 'new', made: 9 });
  await db.forShop(shop, (tx) => tx.order.deleteMany({ where: { shop, amazonOrderId: 'e' } }));
  const rest = await page(shop, { sort: 'newest' }, 50, next ?? undefined);
  expect(rest.rows.map((row) => row.amazonOrderId).join('')).toBe('dcbaf');
});

it('a place of another sort begins the list anew', async () => {
  const shop = await newShop(database);
  await add(shop, ...mixed);
  for (const sort of ['total', 'state'] as const) {
    const { rows } = await page(shop, { sort }, 50, { at: start, id: 'd' });
    expect(rows).toHaveLength(mixed.length);
  }
});

it('PRO-1: each view shows its states, and what is not in step is what the home page does not count as agreed', async () => {
  const shop = await newShop(database);
  await add(shop, ...stateKeys.map((state) => ({ id: state, state })));
  const sorted = async (view: OrderQuery['view']) => (await walk(shop, { view }, 50)).sort();
  expect(await sorted('all')).toHaveLength(stateKeys.length);
  expect(await sorted('ship_today')).toEqual(['ship_late', 'ship_soon']);
  expect(await sorted('fba')).toEqual(['fba_view']);
  expect(await sorted('not_known')).toEqual(['amazon_unreadable', 'request_unknown', 'shopify_unreadable']);
  expect(await sorted('cancelling')).toEqual(expect.arrayContaining(['cancel_sent', 'undo_running']));
  const apart = await sorted('not_in_step');
  expect(apart).toEqual(expect.arrayContaining(['totals_differ', 'refund_sent', 'stop_parcel']));
  expect(apart.filter((key) => states[key as keyof typeof states].tone === 'success')).toEqual([]);
  expect(apart).not.toContain('asked_held');
  expect(await db.forShop(shop, (tx) => statesInUse(tx, shop))).toEqual(stateKeys);
  // A state that a view does not have leaves nothing, whichever way it is sorted.
  for (const sort of orderSorts) expect(await ids(shop, { view: 'fba', state: 'in_step', sort })).toEqual([]);
  expect(await ids(shop, { view: 'cancelling', state: 'cancel_sent' })).toEqual(['cancel_sent']);
});

it('REQ-3: held is what Concord holds because a buyer asked, whatever else is said of the order', async () => {
  const shop = await newShop(database);
  await addRequests(database, vault, shop, [
    { id: 'lines', held: 'lines' },
    { id: 'whole', held: 'whole', state: 'approved' },
    { id: 'released', held: 'released' },
    { id: 'over', held: 'lines', state: 'cancelled' },
  ]);
  expect((await ids(shop, { view: 'held' })).sort()).toEqual(['lines', 'whole']);
  expect(await count(shop, { view: 'held' })).toBe(2);
});

it('filters by programme, and by value in each order’s own currency', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: 'dollars', total: 5_000, programme: 'PRIME' },
    { id: 'cents', total: 4_999, programme: 'AMAZON_BUSINESS' },
    { id: 'yen', total: 50, currency: 'JPY' },
    { id: 'free', total: 0 },
    { id: 'unknown', total: null, currency: null },
  );
  const within = async (text: string) => (await ids(shop, { value: readValueRange(text) })).sort();
  expect(await ids(shop, { programme: 'PRIME' })).toEqual(['dollars']);
  expect(await within('50-')).toEqual(['dollars', 'yen']);
  expect(await within('49.99-49.99')).toEqual(['cents']);
  expect(await within('-0')).toEqual(['free']);
  expect(await count(shop, { value: { from: 0, to: null } })).toBe(4);
  for (const text of [null, '', '-', 'a-b', '5', '-5-', '1e3-', '1.2345-'])
    expect(readValueRange(text), String(text)).toBeUndefined();
});

it('filters by marketplace, state, request and ship date, and by all of them', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: 'late', shipBy: -1, market: 'A1PA6795UKMFR9' },
    { id: 'soon', shipBy: 5, request: 'asked' },
    { id: 'days', shipBy: 60, request: 'unknown', state: 'request_unknown' },
    { id: 'week', shipBy: 150 },
    { id: 'gone', shipBy: -1, status: 'shipped' },
    { id: 'none', shipBy: null },
  );
  const sorted = async (given: Partial<OrderQuery>) => (await ids(shop, given)).sort();
  expect(await sorted({ shipBy: 'late' })).toEqual(['late']);
  expect(await sorted({ shipBy: 'day' })).toEqual(['soon']);
  expect(await sorted({ shipBy: 'days' })).toEqual(['days', 'soon']);
  expect(await sorted({ request: 'asked' })).toEqual(['soon']);
  // Not known is never none.
  expect(await sorted({ request: 'unknown' })).toEqual(['days']);
  expect(await sorted({ request: 'none' })).not.toContain('days');
  expect(await sorted({ state: 'request_unknown' })).toEqual(['days']);
  expect(await sorted({ marketplaceId: 'A1PA6795UKMFR9', shipBy: 'late' })).toEqual(['late']);
  expect(await count(shop, { shipBy: 'days' })).toBe(2);
});

it('finds by the beginning of an id, and by a whole name, SKU or number of a parcel', async () => {
  const shop = await newShop(database);
  await add(
    shop,
    { id: '111-1', name: '#1001' },
    { id: '111-2', name: '#1002', sku: 'MUG' },
    { id: '112-1', name: '#1003', sku: "O'Neill %" },
  );
  const shipped = { shop, amazonOrderId: '112-1', kind: 'ship_amazon', plannedAt: new Date(start) };
  await db.forShop(shop, (tx) =>
    tx.command.create({ data: { ...shipped, key: 'ship_amazon:1', tracking: '1Z999' } }),
  );
  for (const sort of orderSorts) expect(await ids(shop, { search: '1Z999', sort })).toEqual(['112-1']);
  expect(await ids(shop, { search: '1Z99' })).toEqual([]);
  expect((await ids(shop, { search: '111' })).sort()).toEqual(['111-1', '111-2']);
  expect(await ids(shop, { search: '1003' })).toEqual(['112-1']);
  expect(await ids(shop, { search: '#1003' })).toEqual(['112-1']);
  expect(await ids(shop, { search: 'MUG' })).toEqual(['111-2']);
  expect(await ids(shop, { search: "O'Neill %" })).toEqual(['112-1']);
  expect(await ids(shop, { search: '%' })).toEqual([]);
  expect(await ids(shop, { search: "'; drop table amazon_order; --" })).toEqual([]);
});

it('SEC-1: a shop finds its own orders only', async () => {
  const [mine, theirs] = [await newShop(database), await newShop(database)];
  await add(mine, { id: 'm' });
  await add(theirs, { id: 't' });
  for (const sort of orderSorts) expect(await ids(mine, { sort })).toEqual(['m']);
  // Even where the query names the other shop.
  expect(await db.forShop(mine, (tx) => countOrders(tx, theirs, query({})))).toBe(0);
  expect(await db.forShop(mine, (tx) => statesInUse(tx, theirs))).toEqual([]);
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

it('many thousands page through in order, once each, and no page reads more than its own rows', async () => {
  const shop = await newShop(database);
  await owner(
    `insert into amazon_order (shop, amazon_order_id, seller_id, amazon_created_at, ship_by, amazon_total, currency, state)
     select $1, 'n' || n, $2, to_timestamp(n % 700), case when n % 10 > 0 then to_timestamp(n % 300) end,
       case when n % 25 > 0 then n % 400 end, (array['EUR', 'USD'])[n % 2 + 1],
       (array['in_step', 'shipped_in_step', 'asked_held', 'ship_soon'])[n % 4 + 1] from generate_series(1, 10100) n`,
    [shop, seller],
  );
  await owner('analyze amazon_order');
  expect(await count(shop)).toBe(10_001);
  for (const sort of orderSorts) {
    expect(new Set(await walk(shop, { sort }, 5000)).size, sort).toBe(10_100);
    const half = await page(shop, { sort }, 6000);
    const [statement] = pageOfIds(shop, query({ sort }), { limit: 50, after: half.next ?? undefined });
    const [row] = await db.forShop(shop, (tx) =>
      tx.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
        Prisma.sql`explain (analyze, format json) ${statement ?? Prisma.empty}`,
      ),
    );
    const plan = row?.['QUERY PLAN'][0]?.Plan;
    const read = plan ? nodes(plan).filter((node) => / Scan$/.test(node['Node Type'])) : [];
    expect(
      read.map((node) => node['Node Type']),
      sort,
    ).not.toContain('Seq Scan');
    expect(
      read.map((node) => node['Node Type']),
      sort,
    ).not.toContain('Bitmap Heap Scan');
    const rows = read.reduce(
      (sum, node) =>
        sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
    expect(rows, sort).toBeLessThan(500);
  }
});

import { beforeEach, expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { askRoute } from '../browser/admin-page.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld({ web: true });
const id = (n: number) => `162-0000000-000000${n}`;
const seller = 'A2CONCORDDEMO1';
const us = 'ATVPDKIKX0DER';
const status = (fulfillmentStatus: string, fulfilledBy = 'MERCHANT') => ({
  fulfillment: { fulfillmentStatus, fulfilledBy, fulfillmentServiceLevel: 'STANDARD' },
});

interface Run {
  readonly id: string;
  readonly state: string;
  readonly read: number;
}
interface Shown {
  readonly preview: (Run & Record<string, unknown>) | null;
  readonly creating: Run | null;
  readonly list: { readonly orders: readonly { amazonOrderId: string; why: string }[] } | null;
  readonly mostDays: number;
}

const ask = (body: object) =>
  askRoute(world.sandbox, 'app.backfill', '/app/backfill', { body: JSON.stringify(body) });
const wish = async (body: object) => {
  const answer = await ask(body);
  return {
    status: answer.status,
    ok: answer.status === 200 && ((await answer.json()) as { ok: boolean }).ok,
  };
};
const shown = async (fate = 'create'): Promise<Shown> => {
  const answer = await askRoute(world.sandbox, 'app.backfill', `/app/backfill?fate=${fate}`);
  return (await answer.json()) as Shown;
};
const preview = async (more: object = {}) => {
  const done = await wish({ intent: 'preview', seller, days: 60, marketplaces: [], ...more });
  await world.settle();
  return done;
};
const created = async () => (await world.orders()).map(({ sourceIdentifier }) => sourceIdentifier).sort();

beforeEach(async () => {
  // Orders of before the import's start, as in a shop that has just been connected.
  await world.database.owner("update seller set import_from = '2030-01-01T00:00:00Z'");
  await world.database.owner("update shop set settings = settings - 'marketplaces' - 'shippedStock'");
  return () => world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
});

it('IMP-8 IMP-9: a preview says of each order what would become of it, and creates none', async () => {
  await world.shopify(
    `mutation { orderCreate(order: { sourceIdentifier: "${id(2)}", currency: USD, lineItems: [{ title: "Mug", quantity: 1, priceSet: { shopMoney: { amount: "25.00", currencyCode: USD } } }] }) { order { id } userErrors { message } } }`,
  );
  // Shopify's search knows it, and no poll comes between that would adopt it before the preview looks.
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await world.settle();
  await world.place(
    amazonOrder(id(1)),
    amazonOrder(id(2)),
    amazonOrder(id(3), status('CANCELLED')),
    amazonOrder(id(4), status('UNSHIPPED', 'AMAZON')),
    amazonOrder(id(5), status('SHIPPED')),
  );
  expect(await preview()).toEqual({ status: 200, ok: true });
  const of = async (fate: string) =>
    (await shown(fate)).list?.orders.map(({ amazonOrderId, why }) => `${amazonOrderId} ${why}`).sort();
  expect((await shown()).preview).toMatchObject({ state: 'done', create: 2, adopt: 1, leave: 2 });
  expect(await of('create')).toEqual([`${id(1)} `, `${id(5)} shipped`]);
  expect(await of('adopt')).toEqual([expect.stringMatching(new RegExp(`^${id(2)} #`))]);
  expect(await of('leave')).toEqual([`${id(3)} cancelled`, `${id(4)} fba`]);
  expect(await created()).toEqual([id(2)]);
});

it('IMP-8 CAN-7 PRO-6: what a preview counted is created once, however often it is pressed, and shipped orders take no stock', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Mug', price: '25.00', inventory: 10 },
  ]);
  await world.place(amazonOrder(id(1)), amazonOrder(id(5), status('SHIPPED')));
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await preview();
  const { preview: counted } = await shown();
  const create = { intent: 'create', id: counted?.id, shippedStock: 'leave' };
  const twice = await Promise.all([wish(create), wish(create)]);
  expect(twice.map(({ ok }) => ok)).toEqual([true, true]);
  await world.settle();
  expect(await created()).toEqual([id(1), id(5)]);
  expect(await world.database.owner('select state from backfill where not preview')).toEqual([
    { state: 'done' },
  ]);
  expect([await world.row(id(1)), await world.row(id(5))]).toMatchObject([
    { stock_taken: true },
    { stock_taken: false },
  ]);
  expect(await world.database.owner("select actor from audit_entry where action = 'older_orders'")).toEqual([
    { actor: 'staff 9021001' },
  ]);
});

it('IMP-7: shipped orders take stock where the merchant says so', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Mug', price: '25.00', inventory: 10 },
  ]);
  await world.place(amazonOrder(id(5), status('SHIPPED')));
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await preview();
  await wish({ intent: 'create', id: (await shown()).preview?.id, shippedStock: 'decrement' });
  await world.settle();
  expect(await world.row(id(5))).toMatchObject({ stock_taken: true });
});

it('IMP-8: stopped it stays stopped, and goes on where it was', async () => {
  await world.place(amazonOrder(id(1)));
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await preview();
  await world.control('POST', '/workers', { count: 0 });
  await wish({ intent: 'create', id: (await shown()).preview?.id, shippedStock: 'leave' });
  const run = (await shown()).creating?.id;
  expect(await wish({ intent: 'stop', id: run })).toMatchObject({ ok: true });
  expect(await wish({ intent: 'stop', id: run })).toMatchObject({ ok: false });
  await world.control('POST', '/workers', { count: 1 });
  await world.settle();
  expect([(await shown()).creating?.state, await created()]).toEqual(['stopped', []]);
  expect(await wish({ intent: 'resume', id: run })).toMatchObject({ ok: true });
  await world.settle();
  expect([(await shown()).creating?.state, await created()]).toEqual(['done', [id(1)]]);
});

it('IMP-2 SEC-1: only marketplaces that were asked for are read, and nothing of another shop’s account', async () => {
  const mx = { channelName: 'AMAZON', marketplaceId: 'A1AM78C64UM0Y8', marketplaceName: 'x' };
  await world.place(amazonOrder(id(1)), amazonOrder(id(7), { salesChannel: mx }));
  await world.control('POST', '/clock', { advance: 'PT10M' });
  await preview({ marketplaces: [us] });
  expect((await shown()).preview).toMatchObject({ create: 1, read: 1 });
  expect(await preview({ seller: 'A1SOMEBODYELSE' })).toEqual({ status: 200, ok: false });
  for (const odd of [
    { intent: 'preview' },
    { intent: 'create', id: 'x', shippedStock: 'leave' },
    { intent: 'stop' },
  ])
    expect((await ask(odd)).status, JSON.stringify(odd)).toBe(400);
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect(await wish({ intent: 'create', id: unknown, shippedStock: 'leave' })).toMatchObject({ ok: false });
});

it('IMP-8: without the right to older orders sixty days are the most', async () => {
  expect((await shown()).mostDays).toBe(730);
  const granted = 'write_orders,read_products,read_locations'.split(',');
  await world.control('POST', '/shopify/scopes', { granted });
  await world.settle();
  expect((await shown()).mostDays).toBe(60);
  expect(await preview({ days: 61 })).toEqual({ status: 200, ok: false });
});

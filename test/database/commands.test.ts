import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import {
  claimCommands,
  commandsOf,
  endCommands,
  moveCommands,
  type CommandEnd,
} from '../../app/db/commands.ts';
import { markUninstalled } from '../../app/db/shops.ts';
import { createOrderKey, type CommandState } from '../../app/domain/command.ts';
import { shopifyOrderId, type AmazonOrderId, type ShopDomain } from '../../app/domain/ids.ts';
import { freshDatabase } from '../database.ts';
import { expireLeases, lease, shopWithDue, start, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const create = (order: AmazonOrderId, from: CommandState | null = null) => ({
  kind: 'create_order' as const,
  key: createOrderKey(order),
  from,
  args: { without: [] },
  order,
});

const claim = (shop: ShopDomain, token: string, wanted: readonly ReturnType<typeof create>[], now = start) =>
  db.forShop(shop, (tx) => claimCommands(tx, shop, token, now, wanted));
const end = (shop: ShopDomain, token: string, how: CommandEnd) =>
  db.forShop(shop, async (tx) => (await endCommands(tx, shop, token, start + 1000, [how])) > 0);

async function leased(count = 1) {
  const { shop, ids } = await shopWithDue(database, count);
  const token = randomUUID();
  await lease(database, shop, token);
  return { shop, token, ids, id: ids[0] ?? expect.fail() };
}

/** One order whose command is being sent. */
async function sending() {
  const { shop, token, id } = await leased();
  const command = (await claim(shop, token, [create(id)])).get(createOrderKey(id)) ?? expect.fail();
  return { shop, token, id, command };
}

async function commandOf(shop: ShopDomain, id: AmazonOrderId) {
  const found = (await db.forShop(shop, (tx) => commandsOf(tx, shop, [id]))).get(id) ?? [];
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
}

const setState = (shop: ShopDomain, state: CommandState) =>
  owner('update command set state = $2 where shop = $1', [shop, state]);
const auditOf = (shop: ShopDomain) => owner('select * from audit_entry where shop = $1 order by at', [shop]);
const orderRow = async (shop: ShopDomain) =>
  (await owner<Record<string, unknown>>('select * from amazon_order where shop = $1', [shop]))[0];

const made = { id: shopifyOrderId('gid://shopify/Order/77'), name: '#1077', stockTaken: true };

it('PRO-3: a command is written down, with its key and as being sent, when it is claimed', async () => {
  const { shop, id, command } = await sending();
  expect(await commandOf(shop, id)).toEqual({
    id: command,
    key: `create_order:${id}`,
    kind: 'create_order',
    state: 'sending',
    attempt: 1,
    args: { without: [] },
    sentAt: start,
    endedAt: null,
    refusal: null,
    notBefore: null,
    provedAt: null,
    job: null,
  });
});

it('PRO-3: of many that claim the same key at the same moment exactly one gets it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { shop, token, id } = await leased();
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(shop, token, [create(id)])));
    expect(claims.filter((claimed) => claimed.size === 1)).toHaveLength(1);
    expect((await commandOf(shop, id))?.attempt).toBe(1);
  }
});

it('PRO-3: of two workers that both believe they hold the order only the one that does may send', async () => {
  const { shop, token, id } = await leased();
  await expireLeases(database, shop);
  const next = randomUUID();
  await lease(database, shop, next);
  const [old, current] = await Promise.all([
    claim(shop, token, [create(id)]),
    claim(shop, next, [create(id)]),
  ]);
  expect([old.size, current.size]).toEqual([0, 1]);
});

it('PRO-3: nothing is claimed without a lease, and only what the lease covers', async () => {
  const { shop, ids } = await shopWithDue(database, 2);
  const token = randomUUID();
  const wanted = ids.map((id) => create(id));
  expect((await claim(shop, token, wanted)).size).toBe(0);
  const [held] = await lease(database, shop, token, 1);
  expect([...(await claim(shop, token, wanted)).keys()]).toEqual([
    createOrderKey(held?.amazonOrderId ?? expect.fail()),
  ]);
});

it('SEC-4: nothing is claimed in a shop that no longer has the app', async () => {
  const { shop, token, id } = await leased();
  await db.forShop(shop, (tx) => markUninstalled(tx, shop, start));
  expect((await claim(shop, token, [create(id)])).size).toBe(0);
  expect(await commandOf(shop, id)).toBeUndefined();
});

it('PRO-3: a command is claimed only out of the state that the decision saw', async () => {
  const { shop, token, id } = await sending();
  await setState(shop, 'unsure');
  for (const from of [null, 'planned', 'sending', 'refused'] as const) {
    expect((await claim(shop, token, [create(id, from)])).size).toBe(0);
  }
  expect((await claim(shop, token, [create(id, 'unsure')], start + 5)).size).toBe(1);
  expect(await commandOf(shop, id)).toMatchObject({
    state: 'sending',
    attempt: 2,
    sentAt: start + 5,
    endedAt: null,
  });
});

it('IMP-5: the end of a create is written with its link, its stock and a line of the audit log (PRO-6)', async () => {
  const { shop, token, id, command } = await sending();
  expect(await end(shop, token, { id: command, to: 'accepted', outcome: null, order: made })).toBe(true);
  expect(await commandOf(shop, id)).toMatchObject({
    state: 'accepted',
    endedAt: start + 1000,
    refusal: null,
  });
  expect(await orderRow(shop)).toMatchObject({
    shopify_order_id: made.id,
    shopify_name: '#1077',
    linked_at: new Date(start + 1000),
    stock_taken: true,
  });
  expect(await auditOf(shop)).toMatchObject([
    {
      at: new Date(start + 1000),
      amazon_order_id: id,
      actor: 'concord',
      action: 'create_order:accepted',
      before: { state: 'sending', attempt: 1 },
      after: { state: 'accepted', shopifyOrderId: made.id, outcome: null },
    },
  ]);
});

it('PRO-3: a try that did not reach its service does not count, and the audit log says which it was (PRO-6)', async () => {
  const { shop, token, id, command } = await sending();
  await end(shop, token, { id: command, to: 'planned', outcome: null, order: null, uncounted: true });
  expect(await commandOf(shop, id)).toMatchObject({ state: 'planned', attempt: 0 });
  expect(await auditOf(shop)).toMatchObject([
    { action: 'create_order:planned', before: { state: 'sending', attempt: 1 } },
  ]);
  expect((await claim(shop, token, [create(id, 'planned')])).size).toBe(1);
  expect(await commandOf(shop, id)).toMatchObject({ state: 'sending', attempt: 1 });
});

it('PRO-6: a refusal is kept in the service’s own words, links nothing, and stands in the audit log', async () => {
  const { shop, token, id, command } = await sending();
  const refusal = { field: 'phone', text: 'Phone is invalid' };
  await end(shop, token, { id: command, to: 'refused', outcome: refusal, order: null });
  expect(await commandOf(shop, id)).toMatchObject({ state: 'refused', refusal });
  expect(await orderRow(shop)).toMatchObject({ shopify_order_id: null, linked_at: null });
  expect(await auditOf(shop)).toMatchObject([
    { action: 'create_order:refused', after: { outcome: refusal } },
  ]);
});

it('PRO-3: an answer of a worker that lost its claim writes nothing and links nothing', async () => {
  const { shop, token, id, command } = await sending();
  await expireLeases(database, shop);
  const next = randomUUID();
  await lease(database, shop, next);
  await claim(shop, next, [create(id, 'sending')]);
  expect(await end(shop, token, { id: command, to: 'accepted', outcome: null, order: made })).toBe(false);
  expect(await commandOf(shop, id)).toMatchObject({ state: 'sending', attempt: 2 });
  expect(await orderRow(shop)).toMatchObject({ shopify_order_id: null });
  expect(await auditOf(shop)).toEqual([]);
});

it('PRO-3: a command ends once', async () => {
  const { shop, token, command } = await sending();
  const how = { id: command, to: 'accepted' as const, outcome: null, order: made };
  expect([await end(shop, token, how), await end(shop, token, { ...how, to: 'unsure' })]).toEqual([
    true,
    false,
  ]);
  expect(await auditOf(shop)).toHaveLength(1);
});

it('PRO-3: a command moves on only out of the state that the decision saw', async () => {
  const { shop, id } = await sending();
  const move = (from: CommandState, to: CommandState) =>
    db.forShop(shop, (tx) => moveCommands(tx, shop, Date.now(), [{ key: createOrderKey(id), from, to }]));
  await move('accepted', 'confirmed');
  expect((await commandOf(shop, id))?.state).toBe('sending');
  await move('sending', 'unsure');
  expect((await commandOf(shop, id))?.state).toBe('unsure');
});

it('REQ-4: what was in the dark ends when it is seen; what was answered keeps its time', async () => {
  const { shop, token, id, command } = await sending();
  const seen = (from: CommandState, at: number) =>
    db.forShop(shop, (tx) =>
      moveCommands(tx, shop, at, [{ key: createOrderKey(id), from, to: 'confirmed' }]),
    );
  const endedAt = async () => (await commandOf(shop, id))?.endedAt;
  await seen('sending', start + 5000);
  expect(await endedAt()).toBe(start + 5000);
  await setState(shop, 'unsure');
  await seen('unsure', start + 9000);
  expect(await endedAt()).toBe(start + 9000);
  await setState(shop, 'sending');
  await end(shop, token, { id: command, to: 'accepted', outcome: null, order: null });
  await seen('accepted', start + 20_000);
  expect(await endedAt()).toBe(start + 1000);
});

it('PRO-8: a late answer does not deadlock with the worker that took over', async () => {
  const { shop, token, id, command } = await sending();
  await expireLeases(database, shop);
  const next = randomUUID();
  await lease(database, shop, next);
  const waiting = (count: number) =>
    vi.waitFor(async () => {
      const rows = await owner(
        `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(count);
    }, 10_000);
  const { claimed, late } = await db.forShop(shop, async (tx) => {
    await tx.$queryRaw`select 1 from amazon_order where shop = ${shop} for update`;
    const second = claim(shop, next, [create(id, 'sending')]);
    await waiting(1);
    const first = end(shop, token, { id: command, to: 'accepted', outcome: null, order: made });
    await waiting(2);
    return { claimed: second, late: first };
  });
  expect((await claimed).size).toBe(1);
  expect(await late).toBe(false);
  expect(await commandOf(shop, id)).toMatchObject({ state: 'sending', attempt: 2 });
});

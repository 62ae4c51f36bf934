import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../app/db/client.ts';
import { dueLedgers, ledgerIsDue, ledgersAreMade } from '../../app/db/ledger-due.ts';
import { knockOrders, receiveOrders, renewLeases } from '../../app/db/leases.ts';
import { releaseOrders } from '../../app/db/release.ts';
import { freshDatabase } from '../database.ts';
import { findingOf, lease, newShop, orderIds, seller, shopWithDue, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const other = openDatabase(database.url);
afterAll(() => other.close());

const rounds = 60;
const count = 150;

/** Whether all of it came to an end: a deadlock is an error of one of them. */
async function together(work: readonly Promise<unknown>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) {
    if (one.status === 'rejected') throw one.reason;
  }
}

it('IMP-5: knocks of the same orders in opposite order do not deadlock', async () => {
  const { shop, ids } = await shopWithDue(database, count);
  const back = ids.toReversed();
  for (let round = 0; round < rounds; round += 1) {
    await together([
      db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start)),
      other.forShop(shop, (tx) => knockOrders(tx, shop, seller, back, start)),
    ]);
  }
  const held = await lease(database, shop, randomUUID(), count);
  expect(held.every((order) => order.knocks === 1 + 2 * rounds)).toBe(true);
});

it('IMP-5: a page that comes in while its orders are knocked does not deadlock', async () => {
  const { shop, ids } = await shopWithDue(database, count);
  const page = ids
    .toReversed()
    .map((id) => ({ id, updatedAt: start, createdAt: start, marketplaceId: null, hash: 'h' }));
  for (let round = 0; round < rounds; round += 1) {
    await together([
      db.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start)),
      other.forShop(shop, (tx) => receiveOrders(tx, shop, seller, randomUUID(), start, page, start, false)),
    ]);
  }
});

it('IMP-5: letting orders go, in any order, while they are knocked does not deadlock', async () => {
  const { shop, ids } = await shopWithDue(database, count);
  for (let round = 0; round < rounds; round += 1) {
    const token = randomUUID();
    const held = await lease(database, shop, token, count);
    expect(held).toHaveLength(count);
    const findings = held.map((order) => findingOf(order)).sort((a, b) => (a.id < b.id ? 1 : -1));
    await together([
      db.forShop(shop, (tx) => releaseOrders(tx, shop, token, findings)),
      other.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start)),
    ]);
  }
});

it('IMP-5: renewing leases while the orders are knocked does not deadlock', async () => {
  const ids = orderIds(count);
  for (let round = 0; round < rounds; round += 1) {
    const shop = await newShop(database);
    const token = randomUUID();
    // The rows lie in the table the other way round than the ids.
    await database.owner(
      `insert into amazon_order (shop, amazon_order_id, seller_id, lease_token)
       select $1, id, $2, $3 from unnest($4::text[]) with ordinality as x(id, n) order by n`,
      [shop, seller, token, ids.toReversed()],
    );
    await together([
      db.forShop(shop, (tx) => renewLeases(tx, shop, token, ids)),
      other.forShop(shop, (tx) => knockOrders(tx, shop, seller, ids, start)),
    ]);
  }
});

it('REP-1: ledgers that are made while they become due anew do not deadlock, and what became due stays due', async () => {
  const { shop, ids } = await shopWithDue(database, count);
  for (let round = 0; round < rounds; round += 1) {
    await db.forShop(shop, (tx) => ledgerIsDue(tx, shop, ids));
    const due = await db.forShop(shop, (tx) => dueLedgers(tx, shop, count));
    await together([
      db.forShop(shop, (tx) => ledgersAreMade(tx, shop, due.toReversed())),
      other.forShop(shop, (tx) => ledgerIsDue(tx, shop, ids)),
    ]);
    expect(await db.forShop(shop, (tx) => dueLedgers(tx, shop, count))).toHaveLength(count);
  }
});

import { expect, it } from 'vitest';
import { arrivalLag, holdLag, lastDifference, lastWebhook, nextShipBy } from '../../app/db/lag.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf, seller, start } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);
const at = (ms: number) => new Date(start + ms);
const minute = 60_000;

it('PRO-1 FUL-7: the home page tells how fast things came in, since when nothing differs, and what is to be shipped next', async () => {
  const [shop, other] = [await newShop(database), await newShop(database)];
  const read = () =>
    db.forShop(shop, async (tx) => ({
      arrive: await arrivalLag(tx, shop, start),
      hold: await holdLag(tx, shop, start),
      since: await lastDifference(tx, shop),
      webhook: await lastWebhook(tx, shop),
      next: await nextShipBy(tx, shop, start),
    }));
  const none = { n: 0, median: 0, most: 0 };
  expect(await read()).toEqual({ arrive: none, hold: none, since: null, webhook: null, next: null });
  for (let n = 1; n <= 20; n += 1) {
    const id = `111-0000000-00000${n}`;
    await owner(
      `insert into amazon_order (shop, amazon_order_id, seller_id, amazon_created_at, linked_at, amazon_status, ship_by)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        shop,
        id,
        seller,
        at(minute),
        at(minute + n * minute),
        n < 3 ? 'shipped' : 'unshipped',
        at(n * minute),
      ],
    );
  }
  // Asked for by a person, brought in by another app, and of another shop: none of them tells how fast things come in.
  for (const [where, id, wanted, adopted] of [
    [shop, '9', at(0), false],
    [shop, '10', null, true],
    [other, '11', null, false],
  ] as const)
    await owner(
      `insert into amazon_order (shop, amazon_order_id, seller_id, amazon_created_at, linked_at, wanted_at, adopted)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [where, id, seller, at(minute), at(99 * minute), wanted, adopted],
    );
  await owner(
    `insert into request (shop, amazon_order_id, n, state, version, requested_at, lines, sources, reason_category, held, line_count)
     values ($1, '111-0000000-000005', 1, 'open', 1, $2, '[]', '[]', 'not_given', 'lines', 1)`,
    [shop, at(0)],
  );
  for (const [n, ms] of [30_000, 90_000].entries())
    await owner(
      `insert into command (id, shop, amazon_order_id, kind, key, state, attempt, args, planned_at, ended_at)
       values (gen_random_uuid(), $1, '111-0000000-000005', 'hold_order', $2, 'confirmed', 1, '{}', $3, $3)`,
      [shop, `k${n}`, at(ms)],
    );
  await owner(`insert into seen_webhook (shop, webhook_id, at) values ($1, 'a', $2), ($1, 'b', $3)`, [
    shop,
    at(0),
    at(7_000),
  ]);
  expect(await read()).toEqual({
    arrive: { n: 20, median: 10 * minute, most: 19 * minute },
    hold: { n: 1, median: 30_000, most: 30_000 },
    since: start + 90_000,
    webhook: start + 7_000,
    next: start + 3 * minute,
  });
});

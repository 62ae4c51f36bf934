import { generateKey } from '@47ng/cloak';
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { openVault } from '../../app/lib/crypto.ts';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();

interface Answer {
  readonly status: number;
  readonly said: string;
  readonly error: string;
  readonly data: Record<string, unknown>;
}

/** Runs an operator's command in a process of its own, with the environment the sandbox hands out, changed by `change`. */
function concordWith(change: Record<string, string>, ...words: string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...world.sandbox.env, ...change };
    execFile(process.execPath, ['app/concord.ts', ...words], { env }, (failure, said, error) => {
      const data =
        words.includes('--json') && said !== '' ? (JSON.parse(said) as Record<string, unknown>) : {};
      resolve({ status: failure ? Number(failure.code) : 0, said, error, data });
    });
  });
}

const concord = (...words: string[]) => concordWith({}, ...words);

it('IMP-8: a backfill first shows what it would bring in, then brings it in', async () => {
  await world.database.owner("update seller set import_from = '2030-01-01T00:00:00Z'");
  await world.place(
    amazonOrder('116-1'),
    amazonOrder('116-2', { fulfillment: { fulfillmentStatus: 'CANCELLED', fulfilledBy: 'MERCHANT' } }),
  );
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT10M' });
  const preview = await concord('backfill', '--since', '2026-11-01', '--preview', '--json');
  expect(preview).toMatchObject({ status: 0, data: { counts: { create: 1, leave: 1, read: 2 } } });
  expect(await world.orders()).toEqual([]);
  expect(await concord('backfill', '--since', '2026-11-01', '--json')).toMatchObject({
    status: 0,
    data: { state: 'done' },
  });
  await world.settle();
  expect((await world.orders()).map((order) => order.sourceIdentifier)).toEqual(['116-1']);
  await world.database.owner("update seller set import_from = '2000-01-01T00:00:00Z'");
});

it('IMP-7: a person maps an SKU, and the next order takes that variant', async () => {
  await world.control('POST', '/shopify/variants', [{ sku: 'OTHER', title: 'Blue mug', price: '25.00' }]);
  const { productVariants } = (await world.shopify(
    '{ productVariants(first: 1, query: "sku:OTHER") { nodes { id } } }',
  )) as { productVariants: { nodes: { id: string }[] } };
  const variant = productVariants.nodes[0]?.id ?? '';
  expect(await concord('sku', 'map', 'SKU-1', variant)).toMatchObject({ status: 0 });
  await world.place(amazonOrder('116-3'));
  await world.settle();
  expect((await world.order('116-3'))?.lineItems.nodes[0]?.variant).toEqual({ id: variant });
  expect((await concord('sku', 'map')).said).toContain('(by hand)');
});

it('IMP-6 IMP-7: an order that Amazon ships is shown when a person wants that, shipped and without taking stock', async () => {
  await world.control('POST', '/shopify/variants', [
    { sku: 'SKU-1', title: 'Mug', price: '25.00', inventory: 10 },
  ]);
  const shipped = {
    fulfillmentStatus: 'SHIPPED',
    fulfilledBy: 'AMAZON',
    fulfillmentServiceLevel: 'STANDARD',
  };
  await world.place(amazonOrder('116-5', { fulfillment: shipped }));
  await world.settle();
  expect(await world.orders()).toEqual([]);
  expect(await concord('settings', 'set', 'fba', 'show')).toMatchObject({ status: 0 });
  expect(await concord('sync', '--order', '116-5', '--json')).toMatchObject({
    status: 0,
    data: { state: 'fba_view' },
  });
  expect(await world.order('116-5')).toMatchObject({ displayFulfillmentStatus: 'FULFILLED' });
  const { productVariants } = (await world.shopify(
    '{ productVariants(first: 1, query: "sku:SKU-1") { nodes { inventoryQuantity } } }',
  )) as {
    productVariants: { nodes: { inventoryQuantity: number }[] };
  };
  expect(productVariants.nodes[0]?.inventoryQuantity).toBe(10);
  expect(await concord('settings', 'set', 'fba', 'off')).toMatchObject({ status: 0 });
});

it('PRO-1: sync looks at everything or at one order again, and status and problems tell what is', async () => {
  await world.place(amazonOrder('116-4'));
  expect(await concord('sync', '--order', '116-4', '--json')).toMatchObject({
    status: 0,
    data: { state: 'unlinked_lines' },
  });
  expect(await concord('sync')).toMatchObject({ status: 0 });
  expect((await concord('status', '--json')).data).toMatchObject({ orders: 1, problems: 1 });
  expect((await concord('problems')).said).toContain('sku_unlinked');
});

it('SEC-2: tokens are sealed again with the newest key, after which the old one is not needed', async () => {
  const old = world.sandbox.env['ENCRYPTION_KEYS'] ?? '';
  const fresh = generateKey();
  const rotate = (keys: string) => concordWith({ ENCRYPTION_KEYS: keys }, 'rotate-keys', '--json');
  const sealed = async () => [
    ...(await world.database.owner<{ sealed: string }>('select refresh_token as sealed from seller')),
    ...(await world.database.owner<{ sealed: string }>('select "accessToken" as sealed from session')),
  ];
  const words = () =>
    world.database.owner<{ sealed: string }>(
      'select reasons as sealed from request union all select reason from claim',
    );
  const sealedByOld = openVault(old).seal('too big');
  await world.database.owner(
    `insert into request (shop, amazon_order_id, n, state, version, requested_at, lines, sources, reasons)
     values ($1, '116-9', 1, 'withdrawn', 1, now(), '[]', '[]', $2)`,
    [world.sandbox.shop, sealedByOld],
  );
  await world.database.owner(
    `insert into claim (shop, amazon_order_id, source, key, seen_at, reason) values ($1, '116-9', 'report', 'k', now(), $2)`,
    [world.sandbox.shop, sealedByOld],
  );
  await world.database.owner(
    `insert into notice_target (shop, channel, address, secret, since) values ($1, 'webhook', $2, $2, now())`,
    [world.sandbox.shop, sealedByOld],
  );
  const targets = () =>
    world.database.owner<{ address: string; secret: string }>('select address, secret from notice_target');
  expect((await rotate(old)).data).toEqual({ sellers: 0, sessions: 0, reasons: 0, targets: 0, orders: 0 });
  expect((await rotate(`${fresh},${old}`)).data).toEqual({
    ...{ sellers: 1, sessions: 1, reasons: 2, targets: 1, orders: 0 },
  });
  const vault = openVault(fresh);
  const opened = (await sealed()).map((row) => vault.open(row.sealed));
  expect(opened[0]).toBe(world.sandbox.env['AMAZON_REFRESH_TOKEN']);
  expect((await words()).map((row) => vault.open(row.sealed))).toEqual(['too big', 'too big']);
  for (const { address, secret } of await targets())
    expect([vault.open(address), vault.open(secret)]).toEqual(['too big', 'too big']);
  // The sandbox's own processes know the old key only.
  expect((await rotate(`${old},${fresh}`)).data).toMatchObject({
    sellers: 1,
    sessions: 1,
    reasons: 2,
    targets: 1,
  });
});

it('SEC-2 IMP-12: open orders whose hashes hang on an older key are looked at, and counted until they do not', async () => {
  await world.control('POST', '/shopify/variants', [{ sku: 'SKU-1', title: 'Blue mug', price: '25.00' }]);
  await world.place(amazonOrder('116-7'));
  await world.settle();
  const none = 'No open order needs an older key.';
  expect((await concord('rotate-keys')).said).toContain(none);
  await world.database.owner(
    `update command set args = jsonb_set(args, '{carried,quantities}', '"00000000:z"') where kind = 'create_order'`,
  );
  const said = 'Open orders that need an older key to notice changes on Amazon: 1.';
  expect((await concord('rotate-keys')).said).toContain(said);
  await world.settle();
  expect((await concord('rotate-keys')).said).toContain(none);
});

it.each([
  [['settings', 'set', 'colour', 'red'], 'There is no setting colour'],
  [['settings', 'set', 'stock', 'maybe'], 'is not possible for stock'],
  [['backfill', '--since', 'yesterday'], 'is no date'],
  [['status', '--shop', 'nobody'], 'No shop nobody has the app.'],
  [['dance'], 'unknown command'],
])('IMP-8: %j is refused with one sentence and a status of its own', async (words, sentence) => {
  const answer = await concord(...words);
  expect(answer).toMatchObject({ status: 2, said: '' });
  expect(answer.error).toContain(sentence);
});

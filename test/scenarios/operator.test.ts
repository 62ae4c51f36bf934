import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();

/** Runs an operator's command in a process of its own, with the environment the sandbox hands out. */
function concord(
  ...words: string[]
): Promise<{ status: number; said: string; error: string; data: Record<string, unknown> }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...world.sandbox.env };
    execFile(process.execPath, ['app/concord.ts', ...words], { env }, (failure, said, error) => {
      const data =
        words.includes('--json') && said !== '' ? (JSON.parse(said) as Record<string, unknown>) : {};
      resolve({ status: failure ? Number(failure.code) : 0, said, error, data });
    });
  });
}

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
  const keys = world.sandbox.env['ENCRYPTION_KEYS'] ?? '';
  const sealed = () => world.database.owner<{ refresh_token: string }>('select refresh_token from seller');
  const before = await sealed();
  expect((await concord('rotate-keys', '--json')).data).toEqual({ sellers: 0, sessions: 0 });
  expect(await sealed()).toEqual(before);
  expect(before[0]?.refresh_token).not.toContain(world.sandbox.env['AMAZON_REFRESH_TOKEN']);
  expect(keys).not.toBe('');
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

import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();
const fault = (service: string, operation: string, kind: string, more: Record<string, unknown> = {}) =>
  world.control('POST', '/faults', { service, match: { operation }, kind, ...more });

it('PRO-4: errors, throttling and broken answers of both services only delay an order', async () => {
  await fault('amazon', 'searchOrders', 'error', { status: 503, code: 'html' });
  await fault('amazon', 'searchOrders', 'throttle');
  await fault('amazon', 'token', 'drop-answer');
  await fault('shopify', 'orderCreate', 'throttle', { times: 2 });
  await fault('shopify', 'shop', 'error', { status: 502 });
  await fault('shopify', 'orders', 'drop-answer');
  await world.place(amazonOrder('114-1'));
  await world.settle();
  expect(await world.order('114-1')).toBeDefined();
  expect(await world.row('114-1')).toMatchObject({ due_reason: 'ship_by', failures: 0 });
});

it('REQ-1 IMP-1: data that Amazon refuses is not known, and the order comes in all the same', async () => {
  await fault('amazon', 'searchOrders', 'refuse-data', { value: 'CANCELLATION', times: 100 });
  await fault('amazon', 'getOrderItems', 'error', { status: 403, code: 'Unauthorized', times: 100 });
  await world.place(amazonOrder('114-2'));
  await world.settle();
  expect(await world.order('114-2')).toBeDefined();
  expect(await world.row('114-2')).toMatchObject({ request: 'unknown', state: 'request_unknown' });
});

it('REQ-1: what the new API refuses is read by v0', async () => {
  await fault('amazon', 'searchOrders', 'refuse-data', { value: 'CANCELLATION', times: 100 });
  await world.place(amazonOrder('114-2'));
  await world.settle();
  expect(await world.row('114-2')).toMatchObject({ request: 'none' });
  expect((await world.log('amazon')).map(({ operation }) => operation)).toContain('getOrderItems');
});

it('PRO-4: a grant that was taken back stops the polls and is a problem until it is there again', async () => {
  await world.control('POST', '/amazon/authorisation', { state: 'revoked' });
  await world.place(amazonOrder('114-3'));
  await world.settle();
  expect(await world.orders()).toEqual([]);
  expect((await world.problems()).map((one) => one.kind)).toContain('disconnected');
  await world.control('POST', '/amazon/authorisation', { state: 'granted' });
});

it('SEC-4: a shop that gave up the app gets nothing more from this moment on', async () => {
  await world.place(amazonOrder('114-4'));
  await world.settle();
  const before = (await world.log('shopify')).length;
  await world.database.owner("update shop set uninstalled_at = now() + interval '1 day'");
  await world.place(amazonOrder('114-5'));
  await world.control('POST', '/settle', { timeoutMs: 3_000 }).catch(() => undefined);
  expect(
    (await world.log('shopify')).slice(before).filter((entry) => entry.operation === 'orderCreate'),
  ).toEqual([]);
  expect(await world.order('114-5')).toBeUndefined();
  await world.database.owner('update shop set uninstalled_at = null');
});

it('IMP-1: an order that leaves Pending while nobody looks comes in with the next look', async () => {
  await world.place(
    amazonOrder('114-6', { fulfillment: { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' } }),
  );
  await world.settle();
  await world.control('POST', '/clock', { advance: 'PT6H' });
  await world.place(amazonOrder('114-6'));
  await world.settle();
  expect(await world.order('114-6')).toBeDefined();
});

it('PRO-5: a thousand orders keep to Amazon’s limits', async () => {
  await world.place(...Array.from({ length: 1000 }, (_, i) => amazonOrder(`115-${i}`)));
  await world.settle();
  const calls = await world.log('amazon');
  expect(calls.filter((call) => call.status === 429)).toEqual([]);
  expect(
    calls.filter((call) => call.operation === 'searchOrders' || call.operation === 'getOrder').length,
    // Eleven, as a rule. A machine that stands still for 15 s loses its leases, and some orders are then read by themselves.
  ).toBeLessThanOrEqual(100);
  expect(await world.orders()).toHaveLength(1000);
});

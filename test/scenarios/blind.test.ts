import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();
const id = '902-2000000-0000001';

const fault = (operation: string, kind: string, more: Record<string, unknown> = {}) =>
  world.control('POST', '/faults', { service: 'amazon', match: { operation }, kind, times: 10_000, ...more });
const pass = async (minutes: number) => {
  for (let passed = 0; passed < minutes; passed += 5) {
    await world.control('POST', '/clock', { advance: 'PT5M' });
    await world.settle();
  }
};
const kinds = async () => (await world.problems()).map(({ kind, subject }) => [kind, subject]);

it('REQ-12: not seeing Amazon for half an hour is a problem with its time, and its end is said', async () => {
  await world.settle();
  await fault('searchOrders', 'error', { status: 503 });
  await until(async () => {
    await world.control('POST', '/clock', { advance: 'PT2M' });
    return (await kinds()).length > 0;
  });
  expect(await kinds()).toEqual([['blind', 'A2CONCORDDEMO1']]);
  await world.control('DELETE', '/faults');
  await world.control('POST', '/clock', { advance: 'PT4M' });
  await until(async () => (await kinds()).some(([kind]) => kind === 'recovered'));
  const [problem] = await world.problems();
  expect(problem?.params).toMatchObject({
    since: expect.any(String) as unknown,
    time: expect.any(String) as unknown,
  });
});

it('REQ-1 REQ-12: refused cancellation data, by both APIs, is not known, and after a while said', async () => {
  await world.place(amazonOrder(id));
  await world.settle();
  await world.control('POST', '/faults', {
    service: 'amazon',
    match: {},
    kind: 'refuse-data',
    value: 'CANCELLATION',
    times: 10_000,
  });
  await fault('getOrderItems', 'error', { status: 503 });
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await pass(40);
  expect(await world.row(id)).toMatchObject({ request: 'unknown' });
  expect(await kinds()).toContainEqual(['blind', 'A2CONCORDDEMO1:requests']);
  await world.control('DELETE', '/faults');
  await pass(30);
  await world.control('POST', `/amazon/orders/${id}/request-cancel`, {});
  await world.settle();
  expect(await world.row(id)).toMatchObject({ request: 'asked' });
  expect(await kinds()).toContainEqual(['recovered', 'A2CONCORDDEMO1']);
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > 15_000) throw new Error('It did not come.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

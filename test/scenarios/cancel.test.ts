import { expect, it } from 'vitest';
import { amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';
import { dealings } from '../dealings.ts';

const world = runningWorld({ web: true });
const { concord, variants, shopifyOrder, amazonSide } = dealings(world);

it('CAN-4 CAN-6: a request is approved: Amazon is cancelled first, then Shopify with refund and restock', async () => {
  await variants();
  await world.place(amazonOrder('120-0000000-0000001'));
  await world.settle();
  await world.control('POST', '/amazon/orders/120-0000000-0000001/request-cancel', {
    reason: 'Ordered by mistake',
  });
  await world.settle();
  expect(await concord('approve', '120-0000000-0000001', '--json')).toMatchObject({
    status: 0,
    data: { outcome: 'chosen' },
  });
  await world.settle();
  expect((await world.row('120-0000000-0000001'))?.state).toBe('undo_running');
  await world.settle(true);
  expect(await amazonSide('120-0000000-0000001')).toMatchObject({ status: 'CANCELLED', cancels: 1 });
  expect(await shopifyOrder('120-0000000-0000001')).toMatchObject({
    cancelled: true,
    refunded: 'all',
    reason: 'CUSTOMER',
  });
  expect((await world.row('120-0000000-0000001'))?.state).toBe('cancelled_in_step');
  expect(await world.problems('120-0000000-0000001')).toEqual([]);
});

import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderButtons } from '../../app/sandbox/admin/order-dialogs.ts';
import {
  cancelCalls,
  orderScript,
  refundCall,
  type DialogOrder,
} from '../../app/sandbox/admin/order-script.ts';
import type { StaffCall } from '../../app/sandbox/admin/staff-call.ts';
import { fulfilment, ordersOf } from './fulfilment-world.ts';
import { amountOf, messages, orderNow, placePaid } from './refund-world.ts';
import { entries, shop, startShopify, type ShopifyTest } from './shopify-world.ts';

let world: ShopifyTest;
beforeEach(async () => {
  world = await startShopify();
});
afterEach(() => world.close());

/** What the page knows of the shop's only order. */
function dialogOrder(): DialogOrder {
  const [order] = world.shopify.listOrders(shop);
  if (!order) throw new Error('no order');
  const shown = orderButtons(order).text;
  const facts = /data-dialog="refund-order" data-order="([^"]*)"/.exec(shown)?.[1] ?? '{}';
  return JSON.parse(facts.replaceAll('&quot;', '"')) as DialogOrder;
}
async function send(calls: readonly StaffCall[]): Promise<string[]> {
  const said: string[] = [];
  for (const { query, variables } of calls) {
    const { data, errors } = await world.gql(query, variables);
    said.push(...errors.map((one) => one.message), ...messages(data['done']));
  }
  await world.clock.advance(2000);
  return said;
}
const cancel = {
  refund: 'original',
  amount: '37.40',
  reason: 'CUSTOMER',
  restock: true,
  notify: false,
  note: '',
};
const refund = {
  line: '',
  quantity: 1,
  restock: true,
  shipping: '',
  amount: '5.00',
  notify: false,
  note: '',
};

describe('the dialogs of the pretend admin', () => {
  it.each([
    ['original', 'REFUNDED', '37.4', 1],
    ['amount', 'PARTIALLY_REFUNDED', '20.0', 2],
    ['later', 'PAID', '0.0', 1],
  ])('CAN-10: cancel an order, the refund %s', async (choice, status, back, count) => {
    const id = await placePaid(world);
    const calls = cancelCalls(
      dialogOrder(),
      { ...cancel, refund: choice, amount: '20.00', note: 'why' },
      'k',
    );
    expect(await send(calls)).toEqual([]);
    const order = await orderNow(world, id);
    expect(order).toMatchObject({
      cancelReason: 'CUSTOMER',
      displayFinancialStatus: status,
      cancellation: { staffNote: 'why' },
    });
    expect([amountOf(order, 'totalRefundedSet'), entries(order['refunds']).length]).toEqual([back, count]);
  });

  it('say what Shopify refuses', async () => {
    await placePaid(world);
    const calls = cancelCalls(dialogOrder(), { ...cancel, refund: 'store-credit' }, 'k');
    expect(await send(calls)).toEqual(['The order has no customer.']);
  });

  it('refund an amount once, however often the button is pressed', async () => {
    const id = await placePaid(world);
    const call = refundCall(dialogOrder(), refund, 'k');
    expect(await send([call, call])).toEqual([]);
    expect(amountOf(await orderNow(world, id), 'totalRefundedSet')).toBe('5.0');
  });

  it.each([
    [false, true, 'CANCEL'],
    [true, true, 'RETURN'],
    [true, false, 'NO_RESTOCK'],
  ])('refund units (shipped: %s, restock: %s) as %s', async (shipped, restock, type) => {
    const id = await placePaid(world);
    const [first] = await ordersOf(world, id);
    const lineItemsByFulfillmentOrder = [{ fulfillmentOrderId: first?.['id'] }];
    if (shipped) await world.gql(fulfilment.create, { f: { lineItemsByFulfillmentOrder } });
    const order = dialogOrder();
    const line = order.lines[0]?.id ?? '';
    const choice = { ...refund, line, restock, shipping: '2.00', amount: '13.20', note: 'n' };
    expect(await send([refundCall(order, choice, 'k')])).toEqual([]);
    expect(entries((await orderNow(world, id))['refunds'])).toMatchObject([
      { note: 'n', refundLineItems: { nodes: [{ restockType: type }] }, orderAdjustments: { nodes: [] } },
    ]);
  });

  it('come with a script that a browser can read', () => {
    expect(() => new Script(orderScript())).not.toThrow();
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseMoney } from '../../app/domain/money.ts';
import { runningWorld } from '../running-world.ts';

const folder = '../shared/amazon/sandbox-cases';
const world = runningWorld();

const order = z.looseObject({
  orderId: z.string(),
  fulfillment: z.object({ fulfillmentStatus: z.string(), fulfilledBy: z.string() }),
  proceeds: z.object({ grandTotal: z.object({ amount: z.string(), currencyCode: z.string() }) }),
});
const cases = z.object({
  static: z.array(
    z.object({ response: z.object({ order: order.optional(), orders: z.array(order).optional() }) }),
  ),
});

function published() {
  return ['searchOrders', 'getOrder'].flatMap((operation) => {
    const text = readFileSync(`${folder}/orders_2026-01-01.${operation}.200.json`, 'utf8');
    return cases
      .parse(JSON.parse(text))
      .static.flatMap(({ response }) => response.orders ?? response.order ?? []);
  });
}

it.skipIf(!existsSync(folder))(
  'IMP-1 IMP-3: every order of Amazon’s published cases stands in Shopify with its total, or says why not',
  async () => {
    const orders = published();
    await world.place(...orders);
    await world.settle();
    for (const placed of orders) {
      const { orderId, fulfillment } = placed;
      const found = await world.order(orderId);
      if (fulfillment.fulfilledBy === 'AMAZON') {
        expect(found).toBeUndefined();
        expect(await world.row(orderId)).toMatchObject({ state: 'fba_view' });
        continue;
      }
      const { amount, currencyCode } = placed.proceeds.grandTotal;
      const seen = found?.totalPriceSet.presentmentMoney;
      expect(parseMoney(seen?.amount ?? '', seen?.currencyCode ?? ''), orderId).toEqual(
        parseMoney(amount, currencyCode),
      );
      expect(found?.displayFulfillmentStatus).toBe(
        fulfillment.fulfillmentStatus === 'SHIPPED' ? 'FULFILLED' : 'UNFULFILLED',
      );
      expect((await world.problems(orderId)).map((one) => one.kind)).not.toContain('totals_differ');
    }
  },
);

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AmazonOrder } from '../../app/domain/amazon-order.ts';
import { ok, type Result } from '../../app/domain/failure.ts';
import { amazonOrderId, shopDomain } from '../../app/domain/ids.ts';
import { leaveOutNext } from '../../app/domain/leave-out.ts';
import { draftOrder } from '../../app/domain/order-draft.ts';
import { settingsSchema } from '../../app/domain/settings.ts';
import type { AdminClient } from '../../app/shopify/client.ts';
import { createOrder } from '../../app/shopify/create-order.ts';
import { lookUpOrders } from '../../app/shopify/look-up-orders.ts';
import { createThrottle } from '../../app/shopify/throttle.ts';
import { generatedOrder } from '../samples/generated-orders.ts';
import { createCommand } from '../samples/situations.ts';
import { shop, startShopify, type ShopifyTest } from './shopify-world.ts';

let world: ShopifyTest;
let client: AdminClient;
/** Tokens live for an hour of the world's time, which every order moves on by a minute. */
let token = '';
let made = 0;
beforeAll(async () => {
  world = await startShopify();
  client = {
    shop: shopDomain(shop),
    throttle: createThrottle(),
    run: async ({ query, answer }, variables) => {
      await world.clock.advance(10_000);
      const { data, errors } = await world.gql(query, variables, token);
      if (errors.length > 0) throw new Error(errors[0]?.message);
      return ok(answer.parse(data));
    },
  };
});
afterAll(() => world.close());

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

/** Creates an order as the loop does, leaving out what is refused until it is there. */
async function bringIn(order: AmazonOrder) {
  const draft = draftOrder(order, new Map(), settingsSchema.parse({}));
  if (!draft) throw new Error('no draft');
  for (let without: readonly string[] = []; ;) {
    const result = valueOf(await createOrder(client, draft, without, null));
    if (result.kind === 'created') return { order: result.order, without, draft };
    const next = leaveOutNext(createCommand({ refusal: result.refusal, args: { without } }));
    if (!next) throw new Error(`${result.refusal.field}: ${result.refusal.text}`);
    without = next;
  }
}

describe('orders in the pretend Shopify', () => {
  it('IMP-1, IMP-3: whatever Amazon sent comes in, with Amazon’s total, and is found by mark and by source', async () => {
    await fc.assert(
      fc.asyncProperty(generatedOrder, async (generated) => {
        made += 1;
        token = await world.login();
        const order = {
          ...generated.order,
          id: amazonOrderId(`902-0000001-${String(made).padStart(7, '0')}`),
        };
        const { order: shown, without, draft } = await bringIn(order);
        expect(shown).toMatchObject({
          ownMark: order.id,
          sourceIdentifier: order.id,
          total: draft.total,
          financialStatus: 'PAID',
          fulfillmentStatus: order.status === 'shipped' ? 'FULFILLED' : 'UNFULFILLED',
        });
        expect(draft.difference?.amount).toBe(0);
        expect(without.filter((name) => name !== 'country')).toEqual([]);
        await world.clock.advance(60_000);
        const answers = valueOf(
          await lookUpOrders(client, [{ amazonOrderId: order.id, shopifyOrderId: null, search: true }]),
        );
        expect(new Set(answers.get(order.id)?.found?.map((one) => one.id))).toEqual(new Set([shown.id]));
      }),
      { numRuns: 60 },
    );
  });
});

import { z } from 'zod';
import type { Done } from '../amazon/change.ts';
import { amazonOf, shopOf, type World } from '../world.ts';
import { Refusal } from './refusal.ts';
import { route, type Route } from './route.ts';

const lines = z.array(z.string().min(1)).min(1).optional();
const requestCancel = z.strictObject({
  orderItemIds: lines,
  reason: z.string().optional(),
  informal: z.boolean().optional(),
});
const withdraw = z.strictObject({ orderItemIds: lines });
const cancel = z.strictObject({
  by: z.enum(['BUYER', 'MERCHANT', 'AMAZON']),
  reason: z.string().optional(),
  orderItemIds: lines,
});
const ship = z.strictObject({
  items: z
    .array(z.strictObject({ orderItemId: z.string().min(1), quantity: z.number().int().positive() }))
    .min(1)
    .optional(),
  carrier: z.string().min(1),
  trackingNumber: z.string().min(1),
});
const refund = z.strictObject({
  items: z
    .array(
      z.strictObject({
        orderItemId: z.string().min(1),
        principal: z.union([z.number(), z.string()]),
        tax: z.union([z.number(), z.string()]).optional(),
        shipping: z.union([z.number(), z.string()]).optional(),
      }),
    )
    .min(1),
});
const claim = z.strictObject({
  kind: z.string().min(1),
  amount: z.union([z.number(), z.string(), z.looseObject({})]),
});
const authorisation = z.strictObject({
  state: z.enum(['granted', 'revoked', 'expired']),
  missingRoles: z.array(z.string().min(1)).optional(),
});

/** What was done, for the answer; what was refused becomes its status. */
function done(result: Done): object {
  if (!result.ok) throw new Refusal(result.status, result.sentence);
  const { ok: _, ...rest } = result;
  return rest;
}

/** Calls about what happens on Amazon's side. */
export function amazonCalls(world: World): Route[] {
  const seller = (query: URLSearchParams) => shopOf(world, query).sellerId;
  const orders = '/amazon/orders';
  const one = `${orders}/:id`;
  const act = <Body>(
    name: string,
    shape: z.ZodType<Body>,
    run: (sellerId: string, orderId: string, body: Body) => Done,
  ) =>
    route('POST', `${one}/${name}`, shape, ({ params, query, body }) =>
      done(run(seller(query), params['id'] ?? '', body)),
    );
  return [
    route('POST', orders, z.array(z.looseObject({ orderId: z.string().min(1) })), ({ body, query }) =>
      done(amazonOf(world).placeOrders(seller(query), body)),
    ),
    route('GET', one, z.strictObject({}), ({ params, query }) => {
      const id = params['id'] ?? '';
      const shown = amazonOf(world).show(seller(query), id);
      if (!shown) throw new Refusal(404, `There is no order ${id}.`);
      return shown;
    }),
    act('request-cancel', requestCancel, (...args) => amazonOf(world).requestCancel(...args)),
    act('withdraw-request', withdraw, (...args) => amazonOf(world).withdrawRequest(...args)),
    act('cancel', cancel, (...args) => amazonOf(world).cancel(...args)),
    act('ship', ship, (...args) => amazonOf(world).ship(...args)),
    act('refund', refund, (...args) => amazonOf(world).refund(...args)),
    act('claim', claim, (...args) => amazonOf(world).claim(...args)),
    route('POST', '/amazon/authorisation', authorisation, ({ body, query }) => {
      const { state, missingRoles = [] } = body;
      return done(amazonOf(world).setAuthorisation(seller(query), { state, missingRoles }));
    }),
  ];
}

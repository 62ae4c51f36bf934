import { z } from 'zod';
import type { ListedVariant } from '../shopify/listing.ts';
import { privacyTopics } from '../shopify/privacy.ts';
import { shopifyOf, shopOf, type World } from '../world.ts';
import { addNewShop, addShop } from './add-shop.ts';
import { given } from './given.ts';
import { Refusal } from './refusal.ts';
import { route, type Route } from './route.ts';

const price = z
  .union([z.number(), z.string()])
  .transform(String)
  .refine((text) => /^\d{1,12}(\.\d+)?$/.test(text), 'must be a plain decimal number');
const variants = z.array(
  z.strictObject({
    sku: z.string(),
    barcode: z.string().min(1).optional(),
    title: z.string().min(1),
    price,
    inventory: z.number().int().optional(),
    location: z.string().min(1).optional(),
    fulfillmentService: z.boolean().optional(),
  }),
);
const install = z.strictObject({ installed: z.boolean() });
const orderId = z
  .union([z.string(), z.number().int().nonnegative()])
  .transform((id) => /^(?:gid:\/\/shopify\/Order\/)?(\d+)$/.exec(String(id))?.[1])
  .pipe(z.string({ error: 'must be the id of a Shopify order' }));
const privacy = z.strictObject({ topic: z.enum(privacyTopics), orderIds: z.array(orderId).optional() });
const flowStep = z.strictObject({
  action: z.string().min(1),
  properties: z.record(z.string(), z.unknown()),
  run: z.string().min(1).optional(),
});
const flowUse = z.strictObject({ trigger: z.string().min(1), inUse: z.boolean() });
const scopes = z.strictObject({ granted: z.array(z.string().min(1)) });
const shop = z.strictObject({
  domain: z
    .string()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, 'must look like name.myshopify.com'),
});

/** Refuses prices that the shop's currency does not have. */
function addVariants(world: World, domain: string, asked: z.infer<typeof variants>): ListedVariant[] {
  const shopify = shopifyOf(world);
  try {
    return shopify.addVariants(domain, asked.map(given));
  } catch (error) {
    throw new Refusal(400, error instanceof Error ? `${error.message}.` : String(error));
  }
}

/** What Shopify sends beside the shop: an invented buyer, and the orders it is about. */
function privacyPayload({ topic, orderIds = [] }: z.infer<typeof privacy>): object {
  if (topic === 'shop/redact') return {};
  const customer = { id: 191167, email: 'john@example.com', phone: '555-625-1199' };
  const orders = orderIds.map(BigInt);
  return topic === 'customers/redact'
    ? { customer, orders_to_redact: orders }
    : { customer, orders_requested: orders, data_request: { id: 9999 } };
}

/** Calls about what a merchant does in Shopify beside the Admin API. */
export function shopifyCalls(world: World): Route[] {
  return [
    route('POST', '/shopify/variants', variants, ({ body, query }) =>
      addVariants(world, shopOf(world, query).domain, body),
    ),
    route('POST', '/shopify/install', install, async ({ body, query }) => {
      const which = shopOf(world, query);
      shopifyOf(world).install(which.domain, body.installed);
      if (body.installed) await world.app.open(which);
      return { installed: body.installed };
    }),
    route('POST', '/shopify/privacy', privacy, ({ body, query }) => {
      shopifyOf(world).sendPrivacy(shopOf(world, query).domain, body.topic, privacyPayload(body));
      return {};
    }),
    route('GET', '/shopify/flow', z.strictObject({}), ({ query }) => ({
      starts: shopifyOf(world).listFlowStarts(shopOf(world, query).domain),
    })),
    route('POST', '/shopify/flow', flowStep, async ({ body: { action, properties, run }, query }) => {
      const answer = await shopifyOf(world).runFlow(shopOf(world, query).domain, action, properties, run);
      if (!answer) throw new Refusal(400, `There is no action ${action}.`);
      return { answer };
    }),
    route('POST', '/shopify/flow-use', flowUse, async ({ body: { trigger, inUse }, query }) => ({
      answer: await shopifyOf(world).useFlow(shopOf(world, query).domain, trigger, inUse),
    })),
    route('POST', '/shopify/scopes', scopes, ({ body, query }) => {
      shopifyOf(world).setScopes(shopOf(world, query).domain, body.granted);
      return { granted: body.granted };
    }),
    route('POST', '/shops', shop, async ({ body }) => {
      const { domain, sellerId } = await addShop(world, body.domain);
      return { domain, sellerId };
    }),
    // One that nobody has opened the app in: its seller account exists at Amazon and is not connected.
    route('POST', '/shops/new', shop, ({ body }) => {
      const { domain, sellerId, refreshToken } = addNewShop(world, body.domain);
      return { domain, sellerId, refreshToken };
    }),
  ];
}

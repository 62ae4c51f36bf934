import { z } from 'zod';
import type { ShopDomain } from './domain/ids.ts';
import { authenticateFlow } from './shopify.server.ts';

const envelope = z.object({
  action_run_id: z.union([z.string(), z.number()]).transform(String),
  properties: z
    .object({
      order_id: z.union([z.number().int().positive(), z.string().regex(/^\d{1,20}$/)]),
      amount: z.string().max(40).nullish(),
    })
    .loose(),
});

/** A step of a merchant's workflow: which run of it, and about which Shopify order (its global id). */
export interface FlowRun {
  readonly shop: ShopDomain;
  readonly run: string;
  readonly order: string;
  readonly amount: string;
}

/**
 * Checks that Shopify Flow sent a request for an action (SEC-3), and reads it. Throws the Response that refuses it: Flow tries
 * again what is answered with 5xx, and gives up what is answered with 4xx.
 */
export async function receiveFlowRun(request: Request): Promise<FlowRun> {
  const { shop, payload } = await authenticateFlow(request);
  const read = envelope.safeParse(payload);
  if (!read.success) throw new Response(null, { status: 400 });
  const { action_run_id: run, properties } = read.data;
  return {
    shop,
    run,
    order: `gid://shopify/Order/${String(properties.order_id)}`,
    amount: (properties.amount ?? '').trim(),
  };
}

/** What a workflow goes on with. */
export function returnToFlow(value: object): Response {
  return new Response(JSON.stringify({ return_value: value }), {
    headers: { 'Content-Type': 'application/json' },
  });
}

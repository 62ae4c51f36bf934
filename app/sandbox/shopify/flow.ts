import { createHmac, randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Source } from './execute.ts';
import type { ShopState } from './shop-state.ts';
import type { Call, ShopifyOptions } from './world.ts';

/** What the app's extensions tell Shopify Flow: keys of each trigger's payload, and where actions and news of use go. */
export interface FlowExtensions {
  readonly triggers: ReadonlyMap<string, readonly string[]>;
  readonly actions: ReadonlyMap<string, string>;
  readonly inUse: string | null;
}

/** A trigger as the app sent it. */
export interface FlowStart {
  readonly handle: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Starts workflows: refuses triggers that no extension names, and keys that it does not have. */
export function flowTriggerReceive(
  { handle, payload }: { handle?: string | null; payload?: unknown },
  { world, shop }: Call,
): Source {
  const refused = (message: string): Source => ({ userErrors: [{ field: ['body'], message }] });
  const keys = world.options.flow?.triggers.get(handle ?? '');
  if (!keys) return refused(`Errors validating schema: unknown trigger ${String(handle)}`);
  if (typeof payload !== 'object' || payload === null) throw new GraphQLError('payload must be an object');
  const given = payload as Record<string, unknown>;
  const odd = Object.keys(given).filter((key) => !keys.includes(key));
  if (odd.length > 0) return refused(`Errors validating schema: unknown fields ${odd.join(', ')}`);
  if (keys.includes('order_id') && given['order_id'] === undefined)
    return refused('Errors validating schema: order_id is missing');
  shop.flowStarts.push({ handle: handle ?? '', payload: given });
  return { userErrors: [] };
}

interface FlowCall {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What Flow sends for a step of a workflow. */
export function flowStep(
  shop: ShopState,
  path: string,
  properties: object,
  run: string = randomUUID(),
): FlowCall {
  const ids = { shop_id: Number(shop.id), shopify_domain: shop.domain, action_run_id: run };
  return { path, body: { ...ids, action_definition_id: path, properties } };
}

/** What Flow sends when a workflow that begins with a trigger is switched on or off. `now` in ms UTC. */
export function flowUse(
  shop: ShopState,
  path: string,
  trigger: string,
  inUse: boolean,
  now: number,
): FlowCall {
  const of = { flow_trigger_definition_id: trigger, has_enabled_flow: inUse, shop_id: Number(shop.id) };
  return { path, body: { ...of, shopify_domain: shop.domain, timestamp: new Date(now).toISOString() } };
}

/** Sends it signed, as Flow does; answers what the app said. */
export async function sendFlow(
  { apiSecret, appUrl }: Pick<ShopifyOptions, 'apiSecret' | 'appUrl'>,
  { path, body }: FlowCall,
): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(body);
  const url = appUrl();
  if (url === null) return { status: 502, body: null };
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Shopify-Flow',
      'x-shopify-hmac-sha256': createHmac('sha256', apiSecret).update(text, 'utf8').digest('base64'),
    },
    body: text,
  });
  const said = await response.text();
  return { status: response.status, body: said === '' ? null : (JSON.parse(said) as unknown) };
}

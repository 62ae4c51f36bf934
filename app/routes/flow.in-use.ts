import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { setFlowUse } from '../db/flow-targets.ts';
import { services } from '../services.server.ts';
import { authenticateFlow } from '../shopify.server.ts';

const callback = z.object({
  flow_trigger_definition_id: z.union([z.string().max(200), z.number()]).transform(String),
  has_enabled_flow: z.boolean(),
  timestamp: z.iso.datetime({ offset: true }),
});

/** Shopify Flow tells whether enabled workflows begin with a trigger of the app: only then is anything sent there. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, payload } = await authenticateFlow(request);
  const read = callback.safeParse(payload);
  if (!read.success) throw new Response(null, { status: 400 });
  const { flow_trigger_definition_id: trigger, has_enabled_flow: inUse, timestamp } = read.data;
  await services.db.forShop(shop, (tx) => setFlowUse(tx, shop, trigger, inUse, Date.parse(timestamp)));
  return new Response();
};

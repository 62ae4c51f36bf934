import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { cancelFileOf } from '../sync/cancel-file.ts';

const asked = z.object({
  ids: z.array(z.string().min(1).max(100)).min(1).max(250),
  reason: z.enum(amazonCancelReasons).exclude(['BuyerCanceled']).nullable(),
});

/** A file for cancelling these orders by hand in Seller Central, or why one of them cannot be in it. Nothing is written. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const { ids, reason } = body.data;
  return cancelFileOf(services, shopDomain(session.shop), ids.map(amazonOrderId), reason);
};

import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { shopDomain } from '../domain/ids.ts';
import { longestText } from '../domain/order-ids-in-text.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { findOrders } from '../sync/find-orders.ts';

const asked = z.object({ text: z.string().max(longestText) });

/** Orders that a text names. It comes in a body, so that no log of addresses has a buyer's words (SEC-5). */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const { ids, orders } = await findOrders(services, shopDomain(session.shop), body.data.text);
  return {
    ids,
    orders: orders.map(({ amazonOrderId, shopifyName, amazonStatus }) => ({
      id: amazonOrderId,
      name: shopifyName,
      status: amazonStatus ?? 'unknown',
    })),
  };
};

import type { LoaderFunctionArgs } from '@remix-run/node';
import { amazonOrderId, shopDomain } from '../domain/ids.ts';
import { sidesOf } from '../domain/order-sides.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { lookAtOrder } from '../sync/look-at-order.ts';

/** An order on both sides: Shopify is asked now, Amazon's last word stands beside it. Nothing is written. */
export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const read = await lookAtOrder(services, shopDomain(session.shop), amazonOrderId(params['order'] ?? ''));
  return read.ok ? { ok: true as const, sides: sidesOf(read.one), now: now() } : read;
};

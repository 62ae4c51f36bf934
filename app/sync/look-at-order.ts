import { guards, refuse, type Refused } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { orderCase, type OrderCase } from './order-case.ts';
import type { Services } from './services.ts';

/** An order as a person decides on it, or why they cannot. */
export async function lookAtOrder(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<({ readonly ok: true } & OrderCase) | Refused> {
  const read = await orderCase(services, shop, id);
  if (read.ok) return { ok: true, ...read.value };
  const { code, sentence } = read.failure;
  return refuse(guards.find((guard) => guard === code) ?? 'shopify_unreadable', { id, text: sentence });
}

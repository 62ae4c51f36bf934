import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { knock } from './knock.ts';
import { knownOrder } from './record-informal.ts';
import type { Services } from './services.ts';

/** A person wants an order looked for on Amazon that may not be known here. False: it is not clear in which account. */
export async function lookForOrder(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<boolean> {
  return services.db.forShop(shop, async (tx) => {
    const known = await knownOrder(tx, services, shop, id);
    if (!known) return false;
    await knock(tx, shop, known.seller, [id]);
    return true;
  });
}

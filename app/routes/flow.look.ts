import type { ActionFunctionArgs } from '@remix-run/node';
import { orderOfShopify } from '../db/shopify-orders.ts';
import { receiveFlowRun, returnToFlow } from '../flow-request.server.ts';
import { services } from '../services.server.ts';
import { lookAgain } from '../sync/look-again.ts';

/** The action “Look at Amazon order again” of Shopify Flow: as often as it comes, it is a look. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, order } = await receiveFlowRun(request);
  const n = await services.db.forShop(shop, async (tx) => {
    const id = await orderOfShopify(tx, shop, order);
    return id === null ? 0 : lookAgain(tx, shop, [id]);
  });
  return returnToFlow({ looking: n > 0 });
};

import type { ActionFunctionArgs } from '@remix-run/node';
import { approveByFlow } from '../flow/approve.ts';
import { receiveFlowRun, returnToFlow } from '../flow-request.server.ts';
import { services } from '../services.server.ts';

/** The action “Approve Amazon cancellation” of Shopify Flow. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, ...run } = await receiveFlowRun(request);
  return returnToFlow(await approveByFlow(services, shop, run));
};

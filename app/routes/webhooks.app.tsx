import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { db, log } from '../services.server.ts';
import { receiveWebhook } from '../shopify.server.ts';
import { shopUninstalled } from '../sync/install.ts';

const scopesUpdate = z.object({ current: z.array(z.string()) });

/** What Shopify says about the installation itself. It is done before the answer, so that Shopify repeats it else. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, topic, triggeredAt, payload } = await receiveWebhook(request);
  if (topic === 'APP_UNINSTALLED') {
    await shopUninstalled(db, shop, triggeredAt);
  } else if (topic === 'APP_SCOPES_UPDATE') {
    const scope = scopesUpdate.parse(payload).current.join(',');
    await db.sessions.session.updateMany({ where: { shop }, data: { scope } });
  } else {
    log.warn({ shop, topic }, 'A webhook of an unknown topic');
  }
  return new Response();
};

import type { ActionFunctionArgs } from '@remix-run/node';
import { log } from '../services.server.ts';
import { receiveWebhook } from '../shopify.server.ts';

/** Shopify's privacy webhooks. The payload names people and is never logged. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, topic } = await receiveWebhook(request);
  log.info({ shop, topic }, 'A privacy request');
  return new Response();
};

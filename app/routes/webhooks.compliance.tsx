import type { ActionFunctionArgs } from '@remix-run/node';
import { db, log } from '../services.server.ts';
import { receiveWebhook } from '../shopify.server.ts';
import { takePrivacyRequest } from '../sync/privacy.ts';

/** Shopify's privacy webhooks. The payload names people and is never logged. */
export const action = async ({ request }: ActionFunctionArgs) => {
  await takePrivacyRequest(db, log, await receiveWebhook(request));
  return new Response();
};

/** A webhook is a POST. */
export const loader = () => new Response(undefined, { status: 405 });

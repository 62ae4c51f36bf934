import type { ActionFunctionArgs } from '@remix-run/node';
import { db, log } from '../services.server.ts';
import { receiveWebhook } from '../shopify.server.ts';
import { takeAppNews } from '../sync/install.ts';

/** What happened to the installation itself. It is done before the answer, so that Shopify repeats it else. */
export const action = async ({ request }: ActionFunctionArgs) => {
  await takeAppNews(db, log, await receiveWebhook(request));
  return new Response();
};

/** A webhook is a POST. */
export const loader = () => new Response(undefined, { status: 405 });

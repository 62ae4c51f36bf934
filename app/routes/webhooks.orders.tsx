import type { ActionFunctionArgs } from '@remix-run/node';
import { db, log } from '../services.server.ts';
import { receiveWebhook } from '../shopify.server.ts';
import { takeOrderNews } from '../sync/shopify-news.ts';

/** What happened to orders in Shopify. The knock is written before the answer, so that Shopify repeats it else. */
export const action = async ({ request }: ActionFunctionArgs) => {
  await takeOrderNews(db, log, await receiveWebhook(request));
  return new Response();
};

/** A webhook is a POST. */
export const loader = () => new Response(undefined, { status: 405 });

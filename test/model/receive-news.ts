import { buffer } from 'node:stream/consumers';
import type { RequestListener } from 'node:http';
import { openWebhook } from '../../app/shopify/webhook.ts';
import type { Services } from '../../app/sync/services.ts';
import { takeOrderNews } from '../../app/sync/shopify-news.ts';

/** Takes Shopify's webhooks in as the app's route does. `failed` hears what it throws. */
export function receiveNews(
  { db, log }: Services,
  secret: string,
  failed: (error: string) => void,
): RequestListener {
  return (request, response) => {
    const take = async () => {
      const headers = new Headers(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        ),
      );
      const body = new Uint8Array(await buffer(request));
      const webhook = await openWebhook(
        new Request('http://app/', { method: 'POST', headers, body }),
        secret,
      );
      if (typeof webhook === 'number') throw new Error(`A webhook was answered with ${webhook}.`);
      await takeOrderNews(db, log, webhook);
    };
    take().then(
      () => response.writeHead(200).end(),
      (error: unknown) => {
        failed(`webhook: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        response.writeHead(500).end();
      },
    );
  };
}

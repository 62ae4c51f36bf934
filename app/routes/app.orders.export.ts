import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { Readable } from 'node:stream';
import { shopDomain } from '../domain/ids.ts';
import { countLimit } from '../domain/request-tab.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { everyOrder } from '../sync/every-order.ts';
import { csvHead, csvOrder } from '../ui/order-csv.ts';
import { readOrderQuery } from '../ui/order-query.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { languageOf } from '../ui/languages.ts';

/** The orders of a list as a CSV file, at most `countLimit`, written while they are read. No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const at = now();
  const query = readOrderQuery(new URL(request.url).searchParams, at);
  const language = languageOf(request);
  const { t } = textsIn(language);
  async function* lines() {
    yield csvHead(t);
    for await (const rows of everyOrder(services, shopDomain(session.shop), query, countLimit))
      yield rows.map((row) => csvOrder(row, t, language, at)).join('');
  }
  return new Response(createReadableStreamFromReadable(Readable.from(lines())), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' },
  });
};

import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { Readable } from 'node:stream';
import { openProblems } from '../db/problems.ts';
import { solvedProblems } from '../db/solved-problems.ts';
import type { ListPlace } from '../db/order-list.ts';
import { shopDomain } from '../domain/ids.ts';
import { countLimit } from '../domain/request-tab.ts';
import { now } from '../lib/clock.ts';
import { db } from '../services.server.ts';
import { authenticateAdmin } from '../shopify.server.ts';
import { textsIn } from '../ui/all-texts.server.ts';
import { languageOf } from '../ui/languages.ts';
import { csvOpen, csvProblemHead, csvSolved } from '../ui/problem-csv.ts';

const perTurn = 500;

/** The problems of a tab as a CSV file, open ones or those that are over; at most `countLimit`, written while they are read. No buyer data. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const language = languageOf(request);
  const { t } = textsIn(language);
  const style = { language, timeZone: 'UTC', now: now() };
  const solved = new URL(request.url).searchParams.get('tab') === 'solved';
  async function* lines() {
    yield csvProblemHead(t);
    if (!solved) {
      const open = await db.forShop(shop, (tx) => openProblems(tx, shop, countLimit));
      yield open.map((one) => csvOpen(one, t, style)).join('');
      return;
    }
    let after: ListPlace | undefined;
    for (let read = 0; read < countLimit; read += perTurn) {
      const { rows, next } = await db.forShop(shop, (tx) =>
        solvedProblems(tx, shop, { limit: perTurn, after }),
      );
      yield rows.map((one) => csvSolved(one, t, style)).join('');
      if (!next) return;
      after = next;
    }
  }
  return new Response(createReadableStreamFromReadable(Readable.from(lines())), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' },
  });
};

import { z } from 'zod';
import { carriedSince } from '../db/carried.ts';
import type { Tx } from '../db/client.ts';
import { countByState } from '../db/order-list.ts';
import { countOpenProblems } from '../db/problems.ts';
import { ratesOf } from '../db/rate.ts';
import { countRequests } from '../db/request-list.ts';
import { digestDue, planDigest } from '../db/shops.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { nextDigestAt } from '../domain/notice-timing.ts';
import { now } from '../lib/clock.ts';
import { inStep } from '../ui/in-step.ts';
import { rateView } from '../ui/rate-view.ts';
import { mailToAll } from './mail-to-all.ts';
import type { NoticeShop } from './notice-shop.ts';

const dayMs = 24 * 3_600_000;
const count = z.number();

/** The numbers of a digest, as they are kept with its deliveries. Rates in percent. */
export const digestNumbers = z.object({
  agree: count,
  all: count,
  requests: count,
  problems: count,
  carried: z.object({ imported: count, cancelled: count, shipped: count, refunded: count }),
  rates: z.array(
    z.object({ storefront: z.string(), percent: count, counted: count, total: count, limit: count }),
  ),
});
export type DigestNumbers = z.infer<typeof digestNumbers>;

/** How the shop stands, as on the home page. */
async function numbersOf(tx: Tx, shop: ShopDomain): Promise<DigestNumbers> {
  const { agree, all } = inStep(await countByState(tx, shop));
  const rates = (await ratesOf(tx, shop, now())).map(rateView);
  return {
    ...{ agree, all, requests: (await countRequests(tx, shop)).open },
    problems: await countOpenProblems(tx, shop),
    carried: await carriedSince(tx, shop, now() - dayMs),
    rates: rates.flatMap(({ storefront, percent, counted, total, limit }) =>
      percent === null ? [] : [{ storefront, percent, counted, total, limit }],
    ),
  };
}

/** Whether there is something to tell. */
const isNews = ({ requests, problems, carried }: DigestNumbers): boolean =>
  requests + problems + Object.values(carried).reduce((sum, each) => sum + each, 0) > 0;

/** Writes the day's digest down for each address, where it is due and tells something, and plans the next one. */
export async function writeDigest(tx: Tx, of: NoticeShop): Promise<void> {
  const { shop, notices, hours } = of;
  if (!(await digestDue(tx, shop, now()))) return;
  await planDigest(tx, shop, notices.digest ? nextDigestAt(now(), hours.timeZone) : null);
  if (!notices.digest) return;
  await mailToAll(tx, of, 'digest', async () => {
    const numbers = await numbersOf(tx, shop);
    return isNews(numbers) ? numbers : null;
  });
}

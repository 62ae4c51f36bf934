import { closeAccountProblem, openAccountProblem } from '../db/problems.ts';
import { seeRequests } from '../db/sellers.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/** The subject of the problem that an account's requests cannot be seen, though its orders can. */
export const requestsSubject = (seller: string): string => `${seller}:requests`;

/** Whether fresh readings showed whether buyers asked: `null` where they tell nothing. */
function sight(works: readonly Work[]): boolean | null {
  const fresh = works.flatMap(({ amazon }) =>
    amazon.kind === 'read' && !amazon.remembered && amazon.order.fulfilledBy !== 'amazon' ? [amazon] : [],
  );
  const shown = (one: (typeof fresh)[number]) =>
    one.order.given.includes('CANCELLATION') || one.order.requestsFrom === 'order_v0';
  if (fresh.some((one) => !shown(one) && one.requestsAt === undefined)) return false;
  return fresh.some(shown) ? true : null;
}

/**
 * Notes for each account whether buyers' requests can be seen (REQ-12). That they cannot becomes a problem after a while, at
 * a later look; that they can again ends it, and is said.
 */
export async function noteSight(services: Services, shop: ShopDomain, works: readonly Work[]): Promise<void> {
  for (const seller of new Set(works.map(({ order }) => order.sellerId))) {
    const own = works.filter(({ order }) => order.sellerId === seller);
    const seen = sight(own);
    if (seen === null) continue;
    await services.db.forShop(shop, async (tx) => {
      const since = await seeRequests(tx, shop, seller, now(), seen);
      if (!seen || since === null) return;
      const said = await closeAccountProblem(tx, shop, now(), 'blind', requestsSubject(seller));
      if (!said) return;
      const params = { since: iso(since), time: iso(now()), n: own.length };
      await openAccountProblem(tx, shop, now(), { kind: 'recovered', subject: seller, params });
    });
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

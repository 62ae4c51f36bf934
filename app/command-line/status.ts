import { countByState } from '../db/order-list.ts';
import { countOpenProblems } from '../db/problems.ts';
import { sellersOf } from '../db/sellers.ts';
import type { Said, Session } from './command-line.ts';

const when = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());

/** Accounts with their last look at Amazon, orders by state, and how many problems are open. */
export async function status({ services, shop }: Session): Promise<Said> {
  const [sellers, states, open] = await services.db.forShop(
    shop,
    async (tx) =>
      [await sellersOf(tx, shop), await countByState(tx, shop), await countOpenProblems(tx, shop)] as const,
  );
  const accounts = sellers.map(({ sellerId, region, state, lastLookAt, blindSince, blindWhy }) => ({
    sellerId,
    region,
    state,
    lastLookAt: when(lastLookAt),
    blindSince: blindSince === null ? null : when(blindSince),
    blindWhy,
  }));
  const total = states.reduce((sum, one) => sum + one.count, 0);
  return {
    ok: true,
    data: { shop, accounts, orders: total, states, problems: open },
    lines: [
      `Shop ${shop}`,
      ...accounts.map(
        (a) =>
          `  Amazon ${a.sellerId} (${a.region}): ${a.state}, last look ${a.lastLookAt}${a.blindSince === null ? '' : `, not seen since ${a.blindSince}: ${a.blindWhy ?? ''}`}`,
      ),
      `${total} orders`,
      ...states.map((one) => `  ${String(one.count).padStart(7)} ${one.state}`),
      `${open} open problems`,
    ],
  };
}

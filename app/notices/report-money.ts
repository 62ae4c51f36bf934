import { z } from 'zod';
import type { Tx } from '../db/client.ts';
import { countLedger, dayTotals, type DayTotal } from '../db/ledger-totals.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { sumToDecimal } from '../domain/money.ts';
import { now } from '../lib/clock.ts';

const amounts = z.object({ amazon: z.string(), shopify: z.string() });

/** What both sides report of some days, as it is kept with a mail: decimal sums by currency, and orders that differ. */
export const reportMoney = z.object({
  totals: z.array(z.object({ currency: z.string(), sales: amounts, refunds: amounts })),
  /** Orders of these days that differ now. */
  different: z.number(),
  /** Orders of all other days that differ now. */
  differentElse: z.number(),
});
type ReportMoney = z.infer<typeof reportMoney>;

/** Days of a mail, times marketplaces and currencies: a month of thirty of them. */
const mostDays = 1_000;

function totalOf(currency: string, days: readonly DayTotal[]): ReportMoney['totals'][number] {
  const both = (part: 'sales' | 'refunds') => {
    const added = (side: 'amazon' | 'shopify') =>
      sumToDecimal(
        days.reduce((sum, day) => sum + day[part][side], 0n),
        currency,
      );
    return { amazon: added('amazon'), shopify: added('shopify') };
  };
  return { currency, sales: both('sales'), refunds: both('refunds') };
}

/** What the ledger tells of the days from one to another, of all marketplaces, each in its own days; voids in neither side. */
export async function reportMoneyOf(
  tx: Tx,
  shop: ShopDomain,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ReportMoney> {
  const filter = { now: now(), from, to };
  const { rows } = await dayTotals(tx, shop, { ...filter, voids: false }, { limit: mostDays });
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  const { orders } = await countLedger(tx, shop, filter);
  const everywhere = await countLedger(tx, shop, { now: now() });
  return {
    totals: [...byCurrency]
      .map(([currency, days]) => totalOf(currency, days))
      .sort((a, b) => a.currency.localeCompare(b.currency)),
    different: orders.different,
    differentElse: Math.max(0, everywhere.orders.different - orders.different),
  };
}

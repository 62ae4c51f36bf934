import type { MarketplaceRate, Rate } from '../domain/cancellation-rate.ts';
import { marketplaceName } from '../domain/marketplaces.ts';

/** A marketplace's cancellation rate as it goes to the browser. Rates in percent. */
export interface RateView {
  readonly storefront: string;
  readonly counted: number;
  readonly total: number;
  readonly notKnown: number;
  /** Null: there were no orders, so there is no rate. */
  readonly percent: number | null;
  /** The rate if all that are not known count. */
  readonly worst: number | null;
  readonly limit: number;
  readonly days: number;
  /** How many more reach the limit; null without orders. */
  readonly left: number | null;
  readonly tone: 'success' | 'warning' | 'critical';
  readonly marketplaceId: string;
  /** When the first of those that count leaves the window, ms UTC; null: none counts. */
  readonly firstLeavesAt: number | null;
}

const percent = (rate: Rate | null): number | null => rate && (rate.counted / rate.total) * 100;

/** From 60 % of the limit on it is near, and at the limit it is reached (REP-4). */
function toneOf(rate: number, limit: number): RateView['tone'] {
  if (rate >= limit) return 'critical';
  return rate >= limit * 0.6 ? 'warning' : 'success';
}

/** Makes a rate fit for the browser. */
export function rateView(rate: MarketplaceRate): RateView {
  const own = percent(rate.rate);
  return {
    storefront: marketplaceName(rate.marketplaceId),
    counted: rate.counted.length,
    total: rate.rate?.total ?? 0,
    notKnown: rate.notKnown.length,
    percent: own,
    worst: percent(rate.worst),
    limit: rate.limitPercent,
    days: rate.windowDays,
    left: rate.left,
    tone: toneOf(own ?? 0, rate.limitPercent),
    marketplaceId: rate.marketplaceId,
    firstLeavesAt: rate.counted.length === 0 ? null : Math.min(...rate.counted.map((one) => one.leavesAt)),
  };
}

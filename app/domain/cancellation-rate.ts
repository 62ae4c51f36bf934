import { marketplace } from './marketplaces.ts';

/** How an order was cancelled, as far as it is known: that alone says whether it counts. */
export interface CancelFacts {
  readonly by: 'BUYER' | 'MERCHANT' | 'AMAZON' | 'UNKNOWN';
  /** In Amazon's words, or as this app sent it. */
  readonly reason: string | null;
  /** Whether the buyer's own request was on file when it was cancelled; null: not known. */
  readonly requestOnFile: boolean | null;
  /** Amazon cancelled it by itself, because no shipment was confirmed in time. */
  readonly automaticAfterShipBy: boolean;
}

/** A cancelled order; several lines of one order are one cancel. Times in ms UTC. */
export interface KnownCancel extends CancelFacts {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  /** When the order was made: that is what the window goes by. */
  readonly createdAt: number;
  readonly cancelledAt: number;
}

/** Why a cancel counts, does not, or is not known. */
export type CountReason =
  | 'buyer_self'
  | 'request_on_file'
  | 'seller_reason'
  | 'buyer_cancelled_without_request'
  | 'ship_date_missed'
  | 'payment_or_pending'
  | 'unknown';

/** A cancel with its verdict; `leavesAt`: when its order leaves the window (ms UTC). */
interface Judged extends KnownCancel {
  readonly why: CountReason;
  readonly leavesAt: number;
}

/** Cancels that count out of orders; exact, and never more than one. */
export interface Rate {
  readonly counted: number;
  readonly total: number;
}

/** The cancellation rate of one marketplace. */
export interface MarketplaceRate {
  readonly marketplaceId: string;
  readonly windowDays: number;
  readonly limitPercent: number;
  readonly counted: readonly Judged[];
  readonly notCounted: readonly Judged[];
  readonly notKnown: readonly Judged[];
  /** Null: no orders in the window, so there is no rate. */
  readonly rate: Rate | null;
  /** The rate if all that are not known count. */
  readonly worst: Rate | null;
  /** How many more counting cancels reach the limit; 0: it is reached. Null without orders. */
  readonly left: number | null;
}

/** Whether a cancel counts. */
export const verdicts = ['counted', 'notCounted', 'notKnown'] as const;
export type Verdict = (typeof verdicts)[number];
const dayMs = 24 * 60 * 60_000;
const usual = { windowDays: 7, limitPercent: 2.5 };

/** How long an order counts for the rate of its marketplace, in days. */
export function rateWindowDays(marketplaceId: string): number {
  return marketplace(marketplaceId)?.cancellationRateWindowDays ?? usual.windowDays;
}

const buyersReason = /(buyer|customer)[\s_-]*(requested[\s_-]*)?cancel/i;

/**
 * Whether a cancel counts: by Seller Central's definition the seller's cancels of seller-fulfilled orders do, unless the
 * buyer's request was on file and its reason was given; so do automatic ones after a missed ship date. The buyer's own
 * cancels, and Amazon's for payment or while pending, do not.
 */
export function judgeCancel(cancel: CancelFacts): readonly [Verdict, CountReason] {
  const { by, reason, requestOnFile, automaticAfterShipBy } = cancel;
  const buyers = reason === null ? null : buyersReason.test(reason);
  if (by === 'BUYER') return ['notCounted', 'buyer_self'];
  if (automaticAfterShipBy && by !== 'MERCHANT') return ['counted', 'ship_date_missed'];
  if (by === 'AMAZON') return ['notCounted', 'payment_or_pending'];
  // Whoever it was: with the request and its reason nobody's cancel counts.
  if (requestOnFile === true && buyers !== false) return ['notCounted', 'request_on_file'];
  if (by === 'UNKNOWN') return ['notKnown', 'unknown'];
  if (buyers === false) return ['counted', 'seller_reason'];
  if (requestOnFile === null) return ['notKnown', 'unknown'];
  return ['counted', buyers ? 'buyer_cancelled_without_request' : 'seller_reason'];
}

/** What weighs more of two cancels of one order comes first: a cancel of one line is enough to count. */
const weight: Readonly<Record<Verdict, number>> = { counted: 0, notKnown: 1, notCounted: 2 };

function onePerOrder(cancels: readonly KnownCancel[]): (readonly [Verdict, CountReason, KnownCancel])[] {
  const judged = cancels
    .map((one) => [...judgeCancel(one), one] as const)
    .sort((a, b) => weight[a[0]] - weight[b[0]] || a[2].cancelledAt - b[2].cancelledAt);
  const byOrder = new Map<string, (typeof judged)[number]>();
  for (const one of judged) if (!byOrder.has(one[2].amazonOrderId)) byOrder.set(one[2].amazonOrderId, one);
  return [...byOrder.values()];
}

/** The smallest number of cancels in all with which the limit is reached. */
function atLimit(total: number, limitPercent: number): number {
  return Math.ceil((total * Math.round(limitPercent * 10_000)) / 1_000_000);
}

function rateOf(
  marketplaceId: string,
  orders: number,
  cancels: readonly KnownCancel[],
  now: number,
): MarketplaceRate {
  const row = marketplace(marketplaceId);
  const windowDays = rateWindowDays(marketplaceId);
  const limitPercent = row?.cancellationRateLimitPercent ?? usual.limitPercent;
  const window = windowDays * dayMs;
  const judged = onePerOrder(cancels.filter(({ createdAt }) => createdAt <= now && createdAt > now - window));
  const of = (verdict: Verdict): Judged[] =>
    judged.flatMap(([found, why, one]) =>
      found === verdict ? [{ ...one, why, leavesAt: one.createdAt + window }] : [],
    );
  const [counted, notCounted, notKnown] = [of('counted'), of('notCounted'), of('notKnown')];
  // A count of orders that is older than the cancels must not make more cancels than orders.
  const total = Math.max(orders, counted.length + notKnown.length);
  const share = (n: number): Rate | null => (total === 0 ? null : { counted: n, total });
  return {
    marketplaceId,
    windowDays,
    limitPercent,
    counted,
    notCounted,
    notKnown,
    rate: share(counted.length),
    worst: share(counted.length + notKnown.length),
    left: total === 0 ? null : Math.max(0, atLimit(total, limitPercent) - counted.length),
  };
}

/**
 * The cancellation rate of each marketplace, nearest to its limit first (REP-4): cancels that count out of all
 * seller-fulfilled orders created in the marketplace's window (7 days and 2.5 % where nothing else is known). `orders`: how
 * many were created in the window, by marketplace; `cancels` outside of it are left out. `now` in ms UTC.
 */
export function cancellationRates(
  orders: ReadonlyMap<string, number>,
  cancels: readonly KnownCancel[],
  now: number,
): MarketplaceRate[] {
  const ids = [...new Set([...orders.keys(), ...cancels.map((one) => one.marketplaceId)])].sort();
  const near = ({ rate, limitPercent }: MarketplaceRate): number =>
    rate === null ? -1 : rate.counted / rate.total / limitPercent;
  return (
    ids
      .map((id) =>
        rateOf(
          id,
          orders.get(id) ?? 0,
          cancels.filter((one) => one.marketplaceId === id),
          now,
        ),
      )
      // Of those that are equally near, the one that sells most.
      .sort((a, b) => near(b) - near(a) || (b.rate?.total ?? 0) - (a.rate?.total ?? 0))
  );
}

/**
 * What a rate becomes when `n` more of its orders are cancelled, for the sentence before a cancel (CAN-6). Their orders are
 * in the total already. Null stays null: without orders there is no rate.
 */
export function rateAfter(rate: Rate | null, counts: boolean, n = 1): Rate | null {
  return rate && { counted: Math.min(rate.total, rate.counted + (counts ? n : 0)), total: rate.total };
}

/** Who cancelled an order. After a request: the seller did what the buyer asked for. */
export const cancellers = ['buyer', 'you_after_request', 'you', 'amazon', 'unknown'] as const;
export type Canceller = (typeof cancellers)[number];

/** Who cancelled (REP-7): the same facts as say whether it counts. */
export function cancellerOf({ by, requestOnFile, automaticAfterShipBy }: CancelFacts): Canceller {
  if (by === 'MERCHANT') return requestOnFile === true ? 'you_after_request' : 'you';
  if (by === 'BUYER') return 'buyer';
  return by === 'AMAZON' || automaticAfterShipBy ? 'amazon' : 'unknown';
}

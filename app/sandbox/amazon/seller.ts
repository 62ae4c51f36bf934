import type { WorldClock } from '../contract.ts';
import { FeedStore } from './feeds/feed-store.ts';
import { Ledger } from './money/ledger.ts';
import { type Buckets, openBuckets } from './operations.ts';
import { OrderStore } from './order-store.ts';
import { ReportStore } from './report-store.ts';
import { ShipByDates } from './ship-by-dates.ts';
import { Timers } from './timers.ts';

/** A seller account as it is set up. `marketplaceIds` absent: sells everywhere. */
export interface SellerAccount {
  readonly sellerId: string;
  readonly refreshToken: string;
  readonly marketplaceIds?: readonly string[] | undefined;
  /** The store's name. */
  readonly name?: string | undefined;
}

/** What the seller has granted to the app. */
export interface Authorisation {
  readonly state: 'granted' | 'revoked' | 'expired';
  /** Names of roles that the app lacks. */
  readonly missingRoles?: readonly string[] | undefined;
}

/** A seller account in use. */
export interface Seller {
  readonly account: SellerAccount;
  readonly orders: OrderStore;
  readonly reports: ReportStore;
  readonly feeds: FeedStore;
  readonly ledger: Ledger;
  readonly shipBy: ShipByDates;
  readonly timers: Timers;
  readonly buckets: Buckets;
  authorisation: Authorisation;
}

/** A fresh seller: no orders, everything granted, full buckets. */
export function openSeller(account: SellerAccount, clock: WorldClock): Seller {
  const timers = new Timers(clock, 'idle');
  return {
    account,
    orders: new OrderStore(),
    reports: new ReportStore(),
    feeds: new FeedStore(timers),
    ledger: new Ledger(),
    shipBy: new ShipByDates(),
    timers,
    buckets: openBuckets(clock.now()),
    authorisation: { state: 'granted' },
  };
}

/** Whether the app lacks the role; names are compared without case, by their beginning. */
export function lacksRole(
  { authorisation }: Seller,
  role:
    | 'Inventory and Order Tracking'
    | 'Direct-to-Consumer'
    | 'Finance and Accounting'
    | 'Selling Partner Insights',
): boolean {
  const wanted = role.toLowerCase();
  return authorisation.missingRoles?.some((name) => name.toLowerCase().startsWith(wanted)) ?? false;
}

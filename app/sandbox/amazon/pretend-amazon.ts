import type { PretendService, WorldParts } from '../contract.ts';
import { type Done, refused } from './change.ts';
import { Codes } from './codes.ts';
import type { RegisteredApp } from './consent.ts';
import type { AccessToken } from './login.ts';
import { operate, type OperateParts } from './operate.ts';
import { openBuckets } from './operations.ts';
import type { BuyerMessage, Cancellation, FeedMessageRecord } from './order-store.ts';
import type { JsonObject } from './json.ts';
import { type Authorisation, lacksRole, openSeller, type Seller, type SellerAccount } from './seller.ts';
import { cancelOverdue } from './automatic-cancel.ts';
import { financeLagMs } from './money/books.ts';
import { isCharged, type Refund, type RefundedItem, upTo } from './money/refund.ts';
import { publishChange } from './publish.ts';
import { openDesk, type SellerDesk } from './seller-desk.ts';
import { serve } from './serve.ts';
import { type Shipment, shipmentsOf } from './ship-order.ts';
import { type NotificationsSetUp, type SetUpIds, Subscriptions } from './subscriptions.ts';
import { declareSwitches } from './switches.ts';
import { Timers } from './timers.ts';

/** Everything Amazon knows of an order. */
interface ShownOrder {
  readonly order: JsonObject;
  readonly shipments: readonly Shipment[];
  readonly refunds: readonly Refund[];
  readonly cancellations: readonly Cancellation[];
  readonly feedMessages: readonly FeedMessageRecord[];
}

/** An order in the pretend Seller Central's list. */
interface ListedOrder {
  readonly order: JsonObject;
  readonly messages: readonly BuyerMessage[];
  readonly refunds: readonly Refund[];
  /** What could still go back to the buyer; nothing before something is shipped. */
  readonly left: readonly RefundedItem[];
}

/** What the desk does for the inside only. */
type DeskInside = 'place' | 'change' | 'cancelled' | 'shipped' | 'noteFeedMessage';

type Desk = {
  [Act in Exclude<keyof SellerDesk, DeskInside>]: (
    sellerId: string,
    ...rest: Parameters<SellerDesk[Act]>
  ) => ReturnType<SellerDesk[Act]>;
};

/** The pretend Amazon, and what the control interface can do in it. A seller that does not exist is refused with 404. */
export interface PretendAmazon extends PretendService, Desk {
  /** Adds a seller; one that exists keeps its orders and gets the new refresh token. */
  addSeller(account: SellerAccount): void;
  removeSeller(sellerId: string): void;
  sellerIds(): string[];
  /** Places orders as they are, all or (where one is no object with an orderId) none; an id that exists is replaced. */
  placeOrders(sellerId: string, orders: readonly unknown[]): Done<{ ids: string[] }>;
  setAuthorisation(sellerId: string, authorisation: Authorisation): Done;
  /** A code as a seller's consent gives it. */
  codeFor(sellerId: string): string;
  /** Amazon's ids of how the app was set up for a seller from the start; null where it was not. */
  setUpOf(sellerId: string): SetUpIds | null;
  show(sellerId: string, orderId: string): ShownOrder | null;
  /** The latest orders by time of purchase, newest first. */
  list(sellerId: string, limit?: number): ListedOrder[];
  /** Milliseconds of the newest change that a search can find once it is two minutes old; null without orders. */
  lastChange(sellerId: string): number | null;
  /** When Finances shows the newest money that went back to a buyer (ms); null: there is none, or the app may not see it. */
  moneyShows(sellerId: string): number | null;
}

/** What the pretend Amazon is set up with; these sellers survive a reset. */
interface AmazonOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sellers: readonly SellerAccount[];
  /** The queue that all sellers' messages go to from the start; left out: nobody is subscribed. */
  readonly notifications?: NotificationsSetUp;
  /** The app as it is registered; null, or left out: none runs. */
  readonly app?: () => RegisteredApp | null;
}

/** Builds the pretend Amazon: login, Orders v2026-01-01 and notifications over HTTP, and the control interface's methods. */
export function createPretendAmazon(parts: WorldParts, options: AmazonOptions): PretendAmazon {
  declareSwitches(parts.behaviour);
  const now = () => parts.clock.now();
  const sellers = new Map<string, Seller>();
  const tokens = new Map<string, AccessToken>();
  const codes = new Codes(parts.clock);
  const { clientId, clientSecret } = options;
  const subscriptions = new Subscriptions(options.notifications ?? null);
  const ownBuckets = openBuckets(now());
  const deskOf = (seller: Seller) =>
    openDesk(seller, parts, (...change) => {
      publishChange(parts, subscriptions, seller, ...change);
    });
  const own: OperateParts = {
    clientId,
    clientSecret,
    sellers,
    tokens,
    codes,
    app: options.app ?? (() => null),
    now,
    subscriptions,
    ownBuckets,
    deskOf,
  };
  /** What Amazon does by itself when time has passed; looked at whenever somebody looks. */
  const catchUp = () => {
    for (const seller of sellers.values()) cancelOverdue(parts, seller, deskOf(seller));
  };
  const late = new Timers(parts.clock);
  const close = () => {
    late.close();
    for (const { timers } of sellers.values()) timers.close();
    sellers.clear();
  };
  const open = (account: SellerAccount) => {
    sellers.set(account.sellerId, openSeller(account, parts.clock));
    subscriptions.open(account.sellerId);
  };
  const atDesk = <Result extends object>(
    sellerId: string,
    act: (desk: SellerDesk) => Done<Result>,
  ): Done<Result> => {
    catchUp();
    const seller = sellers.get(sellerId);
    return seller === undefined ? refused(404, `There is no seller ${sellerId}.`) : act(deskOf(seller));
  };
  options.sellers.forEach(open);

  return {
    handle(request, response) {
      const answer = (call: Parameters<typeof operate>[2]) => {
        catchUp();
        return operate(parts, own, call);
      };
      serve({ ...parts, late }, request, response, answer).catch(() => response.destroy());
    },
    reset() {
      // Access tokens stay: whoever holds one keeps its session over a reset.
      close();
      codes.clear();
      subscriptions.reset();
      options.sellers.forEach(open);
    },
    addSeller(account) {
      const known = sellers.get(account.sellerId);
      if (known === undefined) open(account);
      else sellers.set(account.sellerId, { ...known, account });
    },
    removeSeller(sellerId) {
      sellers.get(sellerId)?.timers.close();
      sellers.delete(sellerId);
    },
    sellerIds: () => [...sellers.keys()],
    placeOrders: (sellerId, orders) => atDesk(sellerId, (desk) => desk.place(orders)),
    requestCancel: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.requestCancel(...rest)),
    withdrawRequest: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.withdrawRequest(...rest)),
    cancel: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.cancel(...rest)),
    ship: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.ship(...rest)),
    refund: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.refund(...rest)),
    claim: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.claim(...rest)),
    setAuthorisation(sellerId, authorisation) {
      const seller = sellers.get(sellerId);
      if (seller === undefined) return refused(404, `There is no seller ${sellerId}.`);
      seller.authorisation = authorisation;
      return { ok: true };
    },
    codeFor: (sellerId) => codes.give(sellerId),
    setUpOf: (sellerId) => subscriptions.setUpOf(sellerId),
    show(sellerId, orderId) {
      catchUp();
      const stored = sellers.get(sellerId)?.orders.get(orderId);
      if (stored === undefined) return null;
      const { order, cancellations, refunds, feedMessages } = stored;
      return { order, shipments: shipmentsOf(order), refunds, cancellations, feedMessages };
    },
    list(sellerId, limit = 100) {
      catchUp();
      const newest = sellers.get(sellerId)?.orders.newest(limit) ?? [];
      return newest.map(({ order, messages, refunds }) => ({
        order,
        messages,
        refunds,
        left: isCharged(order) ? upTo(order, refunds, Number.POSITIVE_INFINITY) : [],
      }));
    },
    lastChange(sellerId) {
      catchUp();
      return sellers.get(sellerId)?.orders.lastChange() ?? null;
    },
    moneyShows(sellerId) {
      const seller = sellers.get(sellerId);
      const at = seller && !lacksRole(seller, 'Finance and Accounting') ? seller.ledger.lastBack() : null;
      return at === null ? null : at + financeLagMs(parts);
    },
  };
}

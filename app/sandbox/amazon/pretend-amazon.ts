import type { PretendService, WorldParts } from '../contract.ts';
import { type Done, refused } from './change.ts';
import type { AccessToken } from './login.ts';
import { operate, type OperateParts } from './operate.ts';
import { openBuckets } from './operations.ts';
import type { BuyerMessage, Cancellation } from './order-store.ts';
import type { JsonObject } from './json.ts';
import { type Authorisation, openSeller, type Seller, type SellerAccount } from './seller.ts';
import { publishChange } from './publish.ts';
import { openDesk, type SellerDesk } from './seller-desk.ts';
import { serve } from './serve.ts';
import { type Shipment, shipmentsOf } from './ship-order.ts';
import { type NotificationsSetUp, type SetUpIds, Subscriptions } from './subscriptions.ts';
import { declareSwitches } from './switches.ts';

/** Everything Amazon knows of an order. */
interface ShownOrder {
  readonly order: JsonObject;
  readonly shipments: readonly Shipment[];
  readonly refunds: readonly JsonObject[];
  readonly cancellations: readonly Cancellation[];
  readonly feedMessages: readonly JsonObject[];
}

/** An order in the pretend Seller Central's list. */
interface ListedOrder {
  readonly order: JsonObject;
  readonly messages: readonly BuyerMessage[];
}

type Desk = {
  [Act in Exclude<keyof SellerDesk, 'place'>]: (
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
  /** Amazon's ids of how the app was set up for a seller from the start; null where it was not. */
  setUpOf(sellerId: string): SetUpIds | null;
  show(sellerId: string, orderId: string): ShownOrder | null;
  /** The latest orders by time of purchase, newest first. */
  list(sellerId: string, limit?: number): ListedOrder[];
  /** Milliseconds of the newest change that a search can find once it is two minutes old; null without orders. */
  lastChange(sellerId: string): number | null;
}

/** What the pretend Amazon is set up with; these sellers survive a reset. */
interface AmazonOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sellers: readonly SellerAccount[];
  /** The queue that all sellers' messages go to from the start; left out: nobody is subscribed. */
  readonly notifications?: NotificationsSetUp;
}

/** Builds the pretend Amazon: login, Orders v2026-01-01 and notifications over HTTP, and the control interface's methods. */
export function createPretendAmazon(parts: WorldParts, options: AmazonOptions): PretendAmazon {
  declareSwitches(parts.behaviour);
  const now = () => parts.clock.now();
  const sellers = new Map<string, Seller>();
  const tokens = new Map<string, AccessToken>();
  const { clientId, clientSecret } = options;
  const subscriptions = new Subscriptions(options.notifications ?? null);
  const ownBuckets = openBuckets(now());
  const own: OperateParts = { clientId, clientSecret, sellers, tokens, now, subscriptions, ownBuckets };
  const open = (account: SellerAccount) => {
    sellers.set(account.sellerId, openSeller(account, now()));
    subscriptions.open(account.sellerId);
  };
  const atDesk = <Result extends object>(
    sellerId: string,
    act: (desk: SellerDesk) => Done<Result>,
  ): Done<Result> => {
    const seller = sellers.get(sellerId);
    return seller === undefined
      ? refused(404, `There is no seller ${sellerId}.`)
      : act(
          openDesk(seller.orders, parts, (...change) => {
            publishChange(parts, subscriptions, seller, ...change);
          }),
        );
  };
  options.sellers.forEach(open);

  return {
    handle(request, response) {
      serve(parts, request, response, (call) => operate(parts, own, call)).catch(() => response.destroy());
    },
    reset() {
      // Access tokens stay: whoever holds one keeps its session over a reset.
      sellers.clear();
      subscriptions.reset();
      options.sellers.forEach(open);
    },
    addSeller(account) {
      const known = sellers.get(account.sellerId);
      if (known === undefined) open(account);
      else sellers.set(account.sellerId, { ...known, account });
    },
    removeSeller: (sellerId) => void sellers.delete(sellerId),
    sellerIds: () => [...sellers.keys()],
    placeOrders: (sellerId, orders) => atDesk(sellerId, (desk) => desk.place(orders)),
    requestCancel: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.requestCancel(...rest)),
    withdrawRequest: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.withdrawRequest(...rest)),
    cancel: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.cancel(...rest)),
    ship: (sellerId, ...rest) => atDesk(sellerId, (desk) => desk.ship(...rest)),
    setAuthorisation(sellerId, authorisation) {
      const seller = sellers.get(sellerId);
      if (seller === undefined) return refused(404, `There is no seller ${sellerId}.`);
      seller.authorisation = authorisation;
      return { ok: true };
    },
    setUpOf: (sellerId) => subscriptions.setUpOf(sellerId),
    show(sellerId, orderId) {
      const stored = sellers.get(sellerId)?.orders.get(orderId);
      if (stored === undefined) return null;
      const { order, cancellations } = stored;
      return { order, shipments: shipmentsOf(order), refunds: [], cancellations, feedMessages: [] };
    },
    list: (sellerId, limit = 100) =>
      (sellers.get(sellerId)?.orders.newest(limit) ?? []).map(({ order, messages }) => ({ order, messages })),
    lastChange: (sellerId) => sellers.get(sellerId)?.orders.lastChange() ?? null,
  };
}

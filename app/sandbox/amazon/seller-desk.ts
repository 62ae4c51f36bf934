import { randomUUID } from 'node:crypto';
import type { WorldParts } from '../contract.ts';
import { cancelOrder, type CancelOrder, placedCancellations } from './cancel-order.ts';
import { requestCancel, type RequestCancel, withdrawRequest } from './cancellation-request.ts';
import { type Done, refused } from './change.ts';
import { isObject, type JsonObject, textIn } from './json.ts';
import { postRefund, postShipment } from './money/books.ts';
import { type Claim, claimDraft, deskRefund, type DeskRefund } from './money/desk-money.ts';
import { madeRefund, type Refund, type RefundDraft } from './money/refund.ts';
import type { Cancellation, FeedMessageRecord, StoredOrder } from './order-store.ts';
import type { Seller } from './seller.ts';
import { shipOrder, type ShipOrder } from './ship-order.ts';
import { switches } from './switches.ts';

/** What becomes of an order: its new state where that changes, and what is kept beside it. */
interface OrderChange {
  readonly order?: JsonObject;
  readonly cancellation?: Cancellation;
  readonly refund?: RefundDraft;
}

/** What buyers, the seller in Seller Central and Amazon itself do to one seller's orders. */
export interface SellerDesk {
  place(orders: readonly unknown[]): Done<{ ids: string[] }>;
  requestCancel(orderId: string, request: RequestCancel & { readonly informal?: boolean | undefined }): Done;
  withdrawRequest(orderId: string, request: Pick<RequestCancel, 'orderItemIds'>): Done;
  cancel(orderId: string, cancel: CancelOrder): Done;
  ship(orderId: string, ship: ShipOrder): Done;
  refund(orderId: string, refund: DeskRefund): Done;
  claim(orderId: string, claim: Claim): Done;
  /** Anything else that is done to an order, by feeds and by the seller's own system. */
  change(orderId: string, run: (stored: StoredOrder) => Done<OrderChange>): Done;
  /** How a cancellation changes an order, as the switches stand. */
  cancelled(order: JsonObject, cancel: CancelOrder): Done<{ order: JsonObject; cancellation: Cancellation }>;
  /** How a shipment changes an order, as the switches stand. */
  shipped(order: JsonObject, ship: ShipOrder): Done<{ order: JsonObject }>;
  noteFeedMessage(orderId: string, message: FeedMessageRecord): void;
}

type PlacedOrder = JsonObject & { readonly orderId: string };

function isPlaced(order: unknown): order is PlacedOrder {
  return isObject(order) && (textIn(order, 'orderId') ?? '') !== '';
}

class Desk implements SellerDesk {
  readonly #seller: Seller;
  readonly #parts: Pick<WorldParts, 'clock' | 'behaviour'>;
  readonly #tell: (before: JsonObject | null, after: JsonObject) => void;

  constructor(
    seller: Seller,
    parts: Pick<WorldParts, 'clock' | 'behaviour'>,
    tell: (before: JsonObject | null, after: JsonObject) => void,
  ) {
    this.#seller = seller;
    this.#parts = parts;
    this.#tell = tell;
  }

  #stamp(): number {
    const now = this.#parts.clock.now();
    return this.#is(switches.updateTime, 'seconds') ? Math.floor(now / 1000) * 1000 : now;
  }

  #time(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }

  #is(name: string, value: string): boolean {
    return this.#parts.behaviour.get(name) === value;
  }

  change(orderId: string, run: (stored: StoredOrder) => Done<OrderChange>): Done {
    const { orders } = this.#seller;
    const stored = orders.get(orderId);
    if (stored === undefined) return refused(404, `There is no order ${orderId}.`);
    const result = run(stored);
    if (!result.ok) return result;
    const { order, cancellation } = result;
    const refund =
      result.refund && madeRefund(order ?? stored.order, result.refund, randomUUID(), this.#time());
    const beside = {
      messages: stored.messages,
      feedMessages: stored.feedMessages,
      cancellations: [...stored.cancellations, ...(cancellation ? [cancellation] : [])],
      refunds: [...stored.refunds, ...(refund ? [refund] : [])],
    };
    const isUpdate = order !== undefined || this.#is(switches.updateOnRefund, 'yes');
    if (isUpdate) orders.put(order ?? stored.order, orderId, this.#stamp(), beside);
    else orders.note(stored, beside);
    this.#post(stored.order, order ?? stored.order, refund);
    if (order !== undefined) this.#tell(stored.order, order);
    return { ok: true };
  }

  /** Puts into the books what a change moved. */
  #post(before: JsonObject | null, after: JsonObject, refund?: Refund): void {
    postShipment(this.#seller, this.#parts, before, after);
    if (refund) postRefund(this.#seller, this.#parts, after, refund);
  }

  place(orders: readonly unknown[]): Done<{ ids: string[] }> {
    const odd = orders.findIndex((order) => !isPlaced(order));
    if (odd >= 0) return refused(400, `Order number ${odd + 1} is not an object with a text orderId.`);
    const placed = orders.filter(isPlaced);
    const now = this.#stamp();
    for (const order of placed) {
      const before = this.#seller.orders.get(order.orderId);
      const { messages = [], refunds = [], feedMessages = [] } = before ?? {};
      const cancellations = placedCancellations(order);
      this.#seller.orders.put(order, order.orderId, now, { cancellations, messages, refunds, feedMessages });
      this.#seller.shipBy.note(order.orderId, order, this.#parts.clock.now());
      this.#post(before?.order ?? null, order);
      this.#tell(before?.order ?? null, order);
    }
    return { ok: true, ids: placed.map(({ orderId }) => orderId) };
  }

  requestCancel(orderId: string, request: Parameters<SellerDesk['requestCancel']>[1]): Done {
    const { orders } = this.#seller;
    const stored = orders.get(orderId);
    if (request.informal !== true) return this.change(orderId, ({ order }) => requestCancel(order, request));
    if (stored === undefined) return refused(404, `There is no order ${orderId}.`);
    const message = { time: this.#time(), text: request.reason ?? 'Please cancel my order.' };
    orders.note(stored, { messages: [...stored.messages, message] });
    return { ok: true };
  }

  withdrawRequest(orderId: string, request: Pick<RequestCancel, 'orderItemIds'>): Done {
    return this.change(orderId, ({ order }) => withdrawRequest(order, request));
  }

  cancelled(order: JsonObject, cancel: CancelOrder): ReturnType<typeof cancelOrder> {
    const requestStays = this.#is(switches.requestAfterCancel, 'stays');
    const quantityKeeps = this.#is(switches.quantityAfterCancel, 'keeps');
    return cancelOrder(order, cancel, { requestStays, quantityKeeps }, this.#time());
  }

  cancel(orderId: string, cancel: CancelOrder): Done {
    return this.change(orderId, ({ order }) => this.cancelled(order, cancel));
  }

  shipped(order: JsonObject, ship: ShipOrder): Done<{ order: JsonObject }> {
    return shipOrder(order, ship, this.#is(switches.requestAfterShipping, 'stays'), this.#time());
  }

  ship(orderId: string, ship: ShipOrder): Done {
    return this.change(orderId, ({ order }) => this.shipped(order, ship));
  }

  refund(orderId: string, refund: DeskRefund): Done {
    return this.change(orderId, (stored) => deskRefund(stored, refund));
  }

  claim(orderId: string, claim: Claim): Done {
    return this.change(orderId, (stored) => claimDraft(stored, claim));
  }

  noteFeedMessage(orderId: string, message: FeedMessageRecord): void {
    const stored = this.#seller.orders.get(orderId);
    if (stored) this.#seller.orders.note(stored, { feedMessages: [...stored.feedMessages, message] });
  }
}

/** Opens the desk of a seller's orders. Every change becomes the order's newest update, and is told (`before` null: new). */
export function openDesk(
  seller: Seller,
  parts: Pick<WorldParts, 'clock' | 'behaviour'>,
  tell: (before: JsonObject | null, after: JsonObject) => void,
): SellerDesk {
  return new Desk(seller, parts, tell);
}

import type { WorldParts } from '../contract.ts';
import { cancelOrder, type CancelOrder, placedCancellations } from './cancel-order.ts';
import { requestCancel, type RequestCancel, withdrawRequest } from './cancellation-request.ts';
import { type Done, refused } from './change.ts';
import { isObject, type JsonObject, textIn } from './json.ts';
import type { OrderStore, StoredOrder } from './order-store.ts';
import { shipOrder, type ShipOrder } from './ship-order.ts';
import { switches } from './switches.ts';

/** What buyers, the seller in Seller Central and Amazon itself do to one seller's orders. */
export interface SellerDesk {
  place(orders: readonly unknown[]): Done<{ ids: string[] }>;
  requestCancel(orderId: string, request: RequestCancel & { readonly informal?: boolean | undefined }): Done;
  withdrawRequest(orderId: string, request: Pick<RequestCancel, 'orderItemIds'>): Done;
  cancel(orderId: string, cancel: CancelOrder): Done;
  ship(orderId: string, ship: ShipOrder): Done;
}

type PlacedOrder = JsonObject & { readonly orderId: string };

function isPlaced(order: unknown): order is PlacedOrder {
  return isObject(order) && (textIn(order, 'orderId') ?? '') !== '';
}

/** Opens the desk of a seller's orders. Every change becomes the order's newest update, and is told (`before` null: new). */
export function openDesk(
  store: OrderStore,
  { clock, behaviour }: Pick<WorldParts, 'clock' | 'behaviour'>,
  tell: (before: JsonObject | null, after: JsonObject) => void,
): SellerDesk {
  const stamp = () => {
    const now = clock.now();
    return behaviour.get(switches.updateTime) === 'seconds' ? Math.floor(now / 1000) * 1000 : now;
  };
  const time = () => new Date(clock.now()).toISOString();
  const stays = (name: string) => behaviour.get(name) === 'stays';

  const change = (
    orderId: string,
    run: (
      stored: StoredOrder,
    ) => Done<{ order: JsonObject; cancellation?: StoredOrder['cancellations'][number] }>,
  ): Done => {
    const stored = store.get(orderId);
    if (stored === undefined) return refused(404, `There is no order ${orderId}.`);
    const result = run(stored);
    if (!result.ok) return result;
    const cancellations =
      result.cancellation === undefined
        ? stored.cancellations
        : [...stored.cancellations, result.cancellation];
    store.put(result.order, orderId, stamp(), { cancellations, messages: stored.messages });
    tell(stored.order, result.order);
    return { ok: true };
  };

  return {
    place(orders) {
      const odd = orders.findIndex((order) => !isPlaced(order));
      if (odd >= 0) return refused(400, `Order number ${odd + 1} is not an object with a text orderId.`);
      const placed = orders.filter(isPlaced);
      const now = stamp();
      for (const order of placed) {
        const before = store.get(order.orderId);
        const messages = before?.messages ?? [];
        store.put(order, order.orderId, now, { cancellations: placedCancellations(order), messages });
        tell(before?.order ?? null, order);
      }
      return { ok: true, ids: placed.map(({ orderId }) => orderId) };
    },
    requestCancel(orderId, request) {
      const stored = store.get(orderId);
      if (request.informal !== true) return change(orderId, ({ order }) => requestCancel(order, request));
      if (stored === undefined) return refused(404, `There is no order ${orderId}.`);
      store.addMessage(stored, { time: time(), text: request.reason ?? 'Please cancel my order.' });
      return { ok: true };
    },
    withdrawRequest: (orderId, request) => change(orderId, ({ order }) => withdrawRequest(order, request)),
    cancel: (orderId, cancel) =>
      change(orderId, ({ order }) => {
        const requestStays = stays(switches.requestAfterCancel);
        const quantityKeeps = behaviour.get(switches.quantityAfterCancel) === 'keeps';
        return cancelOrder(order, cancel, { requestStays, quantityKeeps }, time());
      }),
    ship: (orderId, ship) =>
      change(orderId, ({ order }) => shipOrder(order, ship, stays(switches.requestAfterShipping), time())),
  };
}

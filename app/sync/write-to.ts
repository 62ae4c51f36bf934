import type { Shipped } from '../amazon/shipments.ts';
import type { CommandToSend } from '../domain/command.ts';
import { fail, type Result } from '../domain/failure.ts';
import type { ShopDomain, ShopifyOrderId } from '../domain/ids.ts';
import { requestHoldHandle } from '../domain/request-keys.ts';
import { markOf } from '../domain/request-mark.ts';
import { sellerOf } from '../db/sellers.ts';
import { callBack } from '../shopify/call-back.ts';
import { cancelOrder, type WrittenJob } from '../shopify/cancel-order.ts';
import { fulfilOrder } from '../shopify/fulfil-order.ts';
import { holdOrder } from '../shopify/hold-order.ts';
import { markOrder } from '../shopify/mark-order.ts';
import { refundOrder } from '../shopify/refund-order.ts';
import { releaseHold } from '../shopify/release-hold.ts';
import { unfulfilOrder } from '../shopify/unfulfil-order.ts';
import { updateOrder } from '../shopify/update-order.ts';
import type { Written } from '../shopify/write-answer.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/** The Shopify order that a write is about; a write without one was decided wrongly. */
function orderOf(work: Work): ShopifyOrderId {
  const order = work.shopify?.kind === 'read' ? work.shopify.linked : null;
  if (!order) throw new Error('A write was decided without an order.');
  return order.id;
}

/** Confirms a parcel on Amazon, under the account that the order belongs to. */
async function ship(
  services: Services,
  shop: ShopDomain,
  work: Work,
  command: CommandToSend<'ship_amazon'>,
  mayStill: () => boolean,
): Promise<Result<Shipped>> {
  const { amazonOrderId: id, sellerId } = work.order;
  const seller = await services.db.forShop(shop, (tx) => sellerOf(tx, shop, sellerId));
  const marketplace = work.amazon.kind === 'read' ? work.amazon.order.marketplaceId : null;
  if (!seller || seller.state !== 'connected' || marketplace === null)
    return fail({
      kind: 'retry',
      code: 'not_connected',
      sentence: 'The Amazon account is not connected.',
      at: null,
    });
  return services.amazon(seller).confirmShipment(id, marketplace, command.args, mayStill);
}

/** The call that a write is, of those that go out one by one. Those that go in batches are sent by `feed-step`. */
export async function writeTo(
  { services, shop }: { readonly services: Services; readonly shop: ShopDomain },
  work: Work,
  command: Exclude<CommandToSend, CommandToSend<'create_order'>>,
  mayStill: () => boolean,
): Promise<Result<Written | WrittenJob | Shipped>> {
  const client = services.shopify(shop);
  switch (command.kind) {
    case 'hold_order': {
      const { fulfillmentOrder, parts, handle } = command.args;
      return holdOrder(client, fulfillmentOrder, parts, handle ?? requestHoldHandle, mayStill);
    }
    case 'release_hold':
      return releaseHold(client, command.args.fulfillmentOrder, command.args.hold, mayStill);
    case 'call_back':
      return callBack(client, command.args.fulfillmentOrder, command.args.how, mayStill);
    case 'cancel_shopify':
      return cancelOrder(client, orderOf(work), command.args, command.key, mayStill);
    case 'refund_shopify':
      return refundOrder(client, orderOf(work), command.args, command.key, mayStill);
    case 'fulfil_shopify':
      return fulfilOrder(client, command.args, mayStill);
    case 'unfulfil_shopify':
      return unfulfilOrder(client, command.args.fulfillment, mayStill);
    case 'ship_amazon':
      return ship(services, shop, work, command, mayStill);
    case 'update_order': {
      if (work.amazon.kind !== 'read') throw new Error('An update was decided without a reading.');
      return updateOrder(client, orderOf(work), work.amazon.order, command.args, mayStill);
    }
    case 'mark_order': {
      const request = work.decision?.request;
      if (!request) throw new Error('A mark was decided without a request.');
      return markOrder(client, orderOf(work), markOf(request), mayStill);
    }
    case 'cancel_amazon':
    case 'refund_amazon':
      throw new Error('What goes in batches was to be sent by itself.');
  }
}

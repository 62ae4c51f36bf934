import type { AmazonOrderId } from './ids.ts';

/** The key of the one cancel on Amazon for an intent: a choice's id, or `shopify` for the cancel in Shopify's admin (CAN-7). */
export function cancelAmazonKey(order: AmazonOrderId, intent: string): string {
  return `cancel_amazon:${order}:${intent}`;
}

/** The key of the one cancel of the Shopify order. */
export function cancelShopifyKey(order: AmazonOrderId): string {
  return `cancel_shopify:${order}`;
}

/** The key of a refund entered in Shopify: what it stands for, like a transaction of Amazon's, or the rest after a void. */
export function refundShopifyKey(order: AmazonOrderId, fact: string): string {
  return `refund_shopify:${order}:${fact}`;
}

/**
 * The key of the one refund on Amazon for a refund in Shopify (`refund:ID`), or for a person's choice (`choice:ID`). `turn`
 * counts the times after which a person found that Amazon has none.
 */
export function refundAmazonKey(order: AmazonOrderId, fact: string, turn = 0): string {
  return `refund_amazon:${order}:${fact}${turn === 0 ? '' : `:${String(turn)}`}`;
}

/** The key of the confirmation of a parcel; `turn` counts the edits of it. */
export function shipAmazonKey(order: AmazonOrderId, parcel: string, turn: number): string {
  return `ship_amazon:${order}:${parcel}:${turn}`;
}

/** The key of showing one of Amazon's parcels in Shopify; a parcel whose work lies in several places has several parts. */
export function fulfilShopifyKey(order: AmazonOrderId, reference: string, part: number): string {
  return `fulfil_shopify:${order}:${reference}:${part}`;
}

/** The key of taking one fulfilment back. */
export function unfulfilShopifyKey(order: AmazonOrderId, fulfillment: string): string {
  return `unfulfil_shopify:${order}:${fulfillment.split('/').at(-1) ?? fulfillment}`;
}

/** The key of a hold while a cancel for this intent is under way. */
export function cancelHoldKey(
  order: AmazonOrderId,
  intent: string,
  fulfillmentOrder: string,
  turn: number,
): string {
  return `hold_order:${order}:cancelling:${intent}:${fulfillmentOrder.split('/').at(-1) ?? ''}:${turn}`;
}

import { z } from 'zod';
import { type Answer, invalidInput, notFound } from './answers.ts';
import { knowsCarrier } from './carriers.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from './json.ts';
import { isCancelled, lineId, quantitiesOf, statusOf } from './lines.ts';
import type { SellerDesk } from './seller-desk.ts';
import type { Seller } from './seller.ts';
import { type ShipOrder, withoutParcel } from './ship-order.ts';

const text = z.string().trim().min(1);
const itemsShape = z
  .array(
    z.object({
      orderItemId: text,
      quantity: z.number().int().positive(),
      transparencyCodes: z.array(z.string()).optional(),
    }),
  )
  .min(1);
const shape = z.object({
  marketplaceId: text,
  codCollectionMethod: z.literal('DirectPayment').optional(),
  packageDetail: z.object({
    packageReferenceId: z.unknown(),
    carrierCode: text,
    carrierName: z.string().optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: text,
    shipDate: z.iso.datetime({ offset: true }),
    shipFromSupplySourceId: z.string().optional(),
    orderItems: z.unknown(),
  }),
});

interface Parcel {
  readonly marketplaceId: string;
  readonly reference: string;
  readonly ship: ShipOrder & { readonly items: NonNullable<ShipOrder['items']> };
}

const refuse = (message: string): Answer => ({
  status: 400,
  body: { errors: [{ code: 'InvalidInput', message, details: '' }] },
});
const wrongItem =
  'OrderItemId is invalid, please obtain the value through the getOrderItems API in the Orders API section.';
const nothingToPack =
  'Failed to create package due to not finding a matching package or order already fulfilled. Reason: PackageToUpdateNotFound';

/** What the body asks for, or why it is refused. */
function parcelOf(body: string): Parcel | Answer {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return invalidInput('The body is not JSON.');
  }
  const result = shape.safeParse(raw);
  if (!result.success)
    return invalidInput(`${result.error.issues[0]?.path.join('.') ?? 'body'} is not valid.`);
  const { marketplaceId, packageDetail: detail } = result.data;
  const { packageReferenceId: reference, carrierCode: code, carrierName = '' } = detail;
  if (typeof reference !== 'string' || !/^0*[1-9]\d{0,18}$/.test(reference))
    return refuse('PackageReferenceId: is invalid, must be a positive numeric value.');
  const items = itemsShape.safeParse(detail.orderItems);
  if (!items.success) return refuse(wrongItem);
  if (!knowsCarrier(code) && code !== 'Other') return refuse(`CarrierCode: ${code} is invalid.`);
  if (code === 'Other' && carrierName.trim() === '')
    return refuse('CarrierName is required when CarrierCode is Other.');
  const { trackingNumber, shipDate, shippingMethod } = detail;
  const service = shippingMethod === undefined ? {} : { service: shippingMethod };
  const carrier = code === 'Other' ? carrierName.trim() : code;
  const parcel = { reference, shipTime: shipDate, ...service };
  return { marketplaceId, reference, ship: { items: items.data, carrier, trackingNumber, parcel } };
}

/** Why the order takes no such parcel, in Amazon's words, or null. `order` is as if the parcel were not there yet. */
function objection(order: JsonObject, { marketplaceId, ship }: Parcel): string | null {
  if (textIn(objectIn(order, 'salesChannel'), 'marketplaceId') !== marketplaceId)
    return 'MarketplaceId is not that of the order.';
  if (textIn(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON')
    return 'The order is not fulfilled by the merchant.';
  if (['PENDING', 'PENDING_AVAILABILITY'].includes(statusOf(order) ?? ''))
    return 'The order is still pending.';
  const lines = objectsIn(order, 'orderItems');
  for (const { orderItemId, quantity } of ship.items) {
    const line = lines.find((one) => lineId(one) === orderItemId);
    if (!line) return wrongItem;
    if (isCancelled(line))
      return `The order item ${orderItemId} is cancelled and cannot be confirmed as shipped.`;
    const { open } = quantitiesOf(line);
    if (lines.every((one) => quantitiesOf(one).open === 0)) return nothingToPack;
    if (quantity > open)
      return `The quantity ${quantity} of ${orderItemId} is larger than the quantity that can be fulfilled, ${open}.`;
  }
  return null;
}

/**
 * Answers confirmShipment of Orders v0: 204, and the parcel is part of the order. A reference that the order has already
 * changes that parcel.
 */
export function confirmShipment(seller: Seller, desk: SellerDesk, orderId: string, body: string): Answer {
  const parcel = parcelOf(body);
  if ('status' in parcel) return parcel;
  const stored = seller.orders.get(orderId);
  if (!stored) return notFound(`The order ${orderId} was not found.`);
  const bare = withoutParcel(stored.order, parcel.reference);
  const wrong = objection(bare, parcel);
  if (wrong !== null) return refuse(wrong);
  const done = desk.change(orderId, () => desk.shipped(bare, parcel.ship));
  return done.ok
    ? { status: 204, body: '', headers: { 'content-type': 'application/json' } }
    : refuse(done.sentence);
}

import { type JsonObject, objectIn, textIn, without } from './json.ts';
import { lacksRole, type Seller } from './seller.ts';

const closedStatuses: readonly (string | null)[] = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'CANCELLED',
  'UNFULFILLABLE',
];

/**
 * The order without the buyer data that the app may not see: none without the Direct-to-Consumer role. With
 * `openOnly`, address and e-mail come only with seller-fulfilled orders that can ship or have shipped.
 */
export function withoutHiddenBuyer(order: JsonObject, seller: Seller, openOnly: boolean): JsonObject {
  if (lacksRole(seller, 'Direct-to-Consumer')) return without(order, ['buyer', 'recipient']);
  if (!openOnly) return order;
  const fulfillment = objectIn(order, 'fulfillment');
  const closed =
    textIn(fulfillment, 'fulfilledBy') === 'AMAZON' ||
    closedStatuses.includes(textIn(fulfillment, 'fulfillmentStatus'));
  if (!closed) return order;
  const hidden = without(order, ['recipient']);
  return 'buyer' in hidden ? { ...hidden, buyer: without(objectIn(order, 'buyer'), ['buyerEmail']) } : hidden;
}

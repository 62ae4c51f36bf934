import { type JsonObject, objectIn, objectsIn, textIn } from '../json.ts';
import { lineId, quantitiesOf, statusOf } from '../lines.ts';
import { isCharged, wholeRefund } from '../money/refund.ts';
import { switches } from '../switches.ts';
import { childOf, childText } from './envelope.ts';
import {
  codes,
  type Complaint,
  type FeedContext,
  type Judgement,
  refusedMessage,
  unknownOrder,
} from './judge.ts';
import type { XmlElement } from './xml.ts';

interface ListedItem {
  readonly id: string;
  readonly reason: string;
  /** Null: all of it. */
  readonly quantity: number | null;
}

const japan = 'A1VC38T7YXB528';

function itemsOf(body: XmlElement): ListedItem[] {
  return body.children
    .filter(({ name }) => name === 'Item')
    .map((item) => ({
      id: childText(item, 'AmazonOrderItemCode'),
      reason: childText(item, 'CancelReason'),
      quantity: childOf(item, 'Quantity') ? Number(childText(item, 'Quantity')) : null,
    }));
}

const invalid = (text: string, orderItemId?: string): Complaint => ({
  messageCode: codes.invalid,
  text: `The data you submitted is incomplete or invalid: ${text}`,
  ...(orderItemId === undefined ? {} : { orderItemId }),
});

/** Why an order as a whole cannot be cancelled by feed, or null. */
function orderComplaint(order: JsonObject): Complaint | null {
  const status = statusOf(order);
  if (textIn(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON')
    return invalid('the order is fulfilled by Amazon.');
  const inJapan = textIn(objectIn(order, 'salesChannel'), 'marketplaceId') === japan;
  if (['PENDING', 'PENDING_AVAILABILITY'].includes(status ?? '') && !inJapan)
    return invalid('the order is still pending.');
  return null;
}

/** Complaints about the listed lines, one for each. */
function itemComplaints(order: JsonObject, items: readonly ListedItem[]): Complaint[] {
  const lines = objectsIn(order, 'orderItems');
  return items.flatMap(({ id, reason, quantity }, position): Complaint[] => {
    const line = lines.find((one) => lineId(one) === id);
    if (!line) return [invalid('the order has no such item.', id)];
    if (items.findIndex((one) => one.id === id) < position) return [invalid('the item is listed twice.', id)];
    if (reason === '') return [invalid('the cancel reason is missing.', id)];
    const { open } = quantitiesOf(line);
    if (open > 0 && (quantity ?? open) <= open) return [];
    const text =
      'The quantities submitted are larger than the quantities that can be fulfilled (already cancelled or already fulfilled).';
    return [{ messageCode: codes.tooMany, text, orderItemId: id }];
  });
}

/** Whether every open line is listed with all its units. */
function isComplete(order: JsonObject, items: readonly ListedItem[]): boolean {
  return objectsIn(order, 'orderItems').every((line) => {
    const { open } = quantitiesOf(line);
    const item = items.find(({ id }) => id === lineId(line));
    return open === 0 || (item !== undefined && (item.quantity ?? open) >= open);
  });
}

function hasRequest(order: JsonObject): boolean {
  return objectsIn(order, 'orderItems').some((line) =>
    Object.hasOwn(objectIn(line, 'cancellation'), 'cancellationRequest'),
  );
}

/** Cancels: everything that is open, or with `listed` only those units. */
function cancelling(context: FeedContext, orderId: string, items: readonly ListedItem[], listed: boolean) {
  return () => {
    context.desk.change(orderId, ({ order }) => {
      const quantities = new Map(
        items.flatMap(({ id, quantity }) => (quantity === null ? [] : [[id, quantity] as const])),
      );
      return context.desk.cancelled(order, {
        by: 'MERCHANT',
        // With a request on file Amazon goes by the buyer's own reason.
        ...(hasRequest(order) ? {} : { reason: items[0]?.reason }),
        ...(listed ? { orderItemIds: items.map(({ id }) => id), quantities } : {}),
      });
    });
  };
}

/** The documented danger: a cancel of an order of which something is shipped gives all of it back. */
function refunding(context: FeedContext, orderId: string, items: readonly ListedItem[]) {
  return () => {
    context.desk.change(orderId, (stored) => {
      const reason = items[0]?.reason ?? null;
      const refund = wholeRefund(stored.order, stored.refunds, {
        by: 'feed',
        reason,
        feedId: context.feedId,
      });
      const cancelled = context.desk.cancelled(stored.order, { by: 'MERCHANT' });
      return cancelled.ok ? { ...cancelled, refund } : { ok: true, refund };
    });
  };
}

function judgeFailure(context: FeedContext, order: JsonObject, body: XmlElement): Judgement {
  const orderId = childText(body, 'AmazonOrderID');
  const items = itemsOf(body);
  const whole = orderComplaint(order);
  if (whole) return refusedMessage(orderId, whole);
  if (isCharged(order) && context.position(switches.cancelAfterShipping) === 'refunds-order')
    return { orderId, complaints: [], effect: refunding(context, orderId, items) };
  const complaints = itemComplaints(order, items);
  if (complaints.length > 0) return refusedMessage(orderId, ...complaints);
  if (isCharged(order)) {
    const text = 'The order cannot be cancelled: an item is already fulfilled.';
    return refusedMessage(orderId, { messageCode: codes.tooMany, text });
  }
  if (isComplete(order, items))
    return { orderId, complaints: [], effect: cancelling(context, orderId, items, false) };
  const position = context.position(switches.partialAcknowledgement);
  if (position === 'refused')
    return refusedMessage(orderId, invalid('not every item of the order is listed.'));
  const listed = position === 'listed-lines';
  const isNothing = position === 'no-effect' || items.length === 0;
  return {
    orderId,
    complaints: [],
    effect: isNothing ? () => undefined : cancelling(context, orderId, items, listed),
  };
}

/** Tells Amazon the seller's own number of an order. */
function judgeSuccess(context: FeedContext, orderId: string, body: XmlElement): Judgement {
  const aliasId = childText(body, 'MerchantOrderID');
  const effect = () => {
    context.desk.change(orderId, ({ order }) => ({
      ok: true,
      order: { ...order, orderAliases: [{ aliasId, aliasType: 'SELLER_ORDER_ID' }] },
    }));
  };
  return { orderId, complaints: [], effect: aliasId === '' ? () => undefined : effect };
}

/** Judges an OrderAcknowledgement: `Failure` cancels, `Success` tells the seller's own number. */
export function judgeAcknowledgement(context: FeedContext, body: XmlElement): Judgement {
  const orderId = childText(body, 'AmazonOrderID');
  const stored = context.order(orderId);
  if (!stored) return refusedMessage(orderId, unknownOrder);
  return childText(body, 'StatusCode') === 'Success'
    ? judgeSuccess(context, orderId, body)
    : judgeFailure(context, stored.order, body);
}

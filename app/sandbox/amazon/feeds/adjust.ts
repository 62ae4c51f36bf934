import { type JsonObject, objectIn, objectsIn, textIn } from '../json.ts';
import { lineId, quantitiesOf } from '../lines.ts';
import { amountOf, currencyOf, minorOf } from '../money/balances.ts';
import { isCharged, type RefundedItem, refundObjections } from '../money/refund.ts';
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

const invalid = (text: string, orderItemId?: string): Complaint => ({
  messageCode: codes.invalid,
  text: `The data you submitted is incomplete or invalid: ${text}`,
  ...(orderItemId === undefined ? {} : { orderItemId }),
});

interface Component {
  readonly type: string;
  readonly amount: string;
  readonly currency: string;
}

function componentsOf(holder: XmlElement): Component[] {
  return holder.children
    .filter(({ name }) => name === 'Component')
    .map((component) => ({
      type: childText(component, 'Type'),
      amount: childText(component, 'Amount'),
      currency: childOf(component, 'Amount')?.attributes.get('currency') ?? '',
    }));
}

const named = (item: XmlElement, name: string) => item.children.filter((child) => child.name === name);

/** The net of an item's prices and promotions by component, as decimal texts; what is no amount stays as it is. */
function netOf(item: XmlElement, currency: string): Record<string, string> {
  const net: Record<string, string> = {};
  const add = (type: string, amount: string, sign: (minor: number) => number) => {
    const minor = minorOf(amount, currency);
    const old = minorOf(net[type] ?? '0', currency);
    net[type] = minor === null || old === null ? amount : amountOf(old + sign(minor), currency);
  };
  for (const { type, amount } of named(item, 'ItemPriceAdjustments').flatMap(componentsOf))
    add(type, amount, (minor) => minor);
  // What a promotion gave is taken back from what the price gives.
  for (const { type, amount } of named(item, 'PromotionAdjustments').flatMap(componentsOf))
    add(type, amount, (minor) => -Math.abs(minor));
  return net;
}

function itemOf(item: XmlElement, order: JsonObject): RefundedItem {
  const key = childText(item, 'MerchantAdjustmentItemID');
  const cancelled = childText(item, 'QuantityCancelled');
  return {
    orderItemId: childText(item, 'AmazonOrderItemCode'),
    components: netOf(item, currencyOf(order)),
    ...(key === '' ? {} : { merchantAdjustmentItemId: key }),
    ...(cancelled === '' ? {} : { quantityCancelled: Number(cancelled) }),
  };
}

/** Complaints about amounts in another currency than the order's. */
function currencyComplaints(order: JsonObject, adjusted: readonly XmlElement[]): Complaint[] {
  return adjusted.flatMap((item) => {
    const holders = [...named(item, 'ItemPriceAdjustments'), ...named(item, 'PromotionAdjustments')];
    const odd = holders.flatMap(componentsOf).find(({ currency }) => currency !== currencyOf(order));
    const id = childText(item, 'AmazonOrderItemCode');
    return odd ? [invalid(`the currency ${odd.currency} is not that of the order.`, id)] : [];
  });
}

/** Complaints about units that are to be cancelled: only when they are all that is still open. */
function cancelComplaints(order: JsonObject, items: readonly RefundedItem[]): Complaint[] {
  const asked = new Map(
    items.flatMap(({ orderItemId, quantityCancelled: units }) =>
      units ? [[orderItemId, units] as const] : [],
    ),
  );
  if (asked.size === 0) return [];
  const lines = objectsIn(order, 'orderItems');
  const tooMany = lines.filter((line) => (asked.get(lineId(line) ?? '') ?? 0) > quantitiesOf(line).open);
  if (tooMany.length > 0)
    return tooMany.map((line) => ({
      messageCode: codes.tooMany,
      text: 'The quantity to cancel is larger than what is still open of the item.',
      orderItemId: lineId(line) ?? '',
    }));
  const rest = lines.some((line) => quantitiesOf(line).open > (asked.get(lineId(line) ?? '') ?? 0));
  return rest ? [invalid('the rest of the order must be shipped before units can be cancelled.')] : [];
}

function complaintsOf(
  stored: NonNullable<ReturnType<FeedContext['order']>>,
  body: XmlElement,
  adjusted: readonly XmlElement[],
  items: readonly RefundedItem[],
): Complaint[] {
  const { order, refunds } = stored;
  if (textIn(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON')
    return [invalid('the order is fulfilled by Amazon.')];
  if (childText(body, 'ActionType') === 'Cancel') return [invalid('the action Cancel is not allowed here.')];
  if (!isCharged(order)) return [invalid('the order has not been shipped.')];
  const odd = currencyComplaints(order, adjusted);
  if (odd.length > 0) return odd;
  const money = refundObjections(order, refunds, items).map((one) => invalid(one.text, one.orderItemId));
  return [...money, ...cancelComplaints(order, items)];
}

function refunding(context: FeedContext, orderId: string, items: readonly RefundedItem[], reason: string) {
  return () => {
    context.desk.change(orderId, (stored) => {
      const refund = {
        by: 'feed' as const,
        reason,
        feedId: context.feedId,
        items: items.filter(({ components }) => Object.keys(components).length > 0),
      };
      // Two messages about the same money may both have been found right before either had its effect.
      if (refundObjections(stored.order, stored.refunds, items).length > 0) return { ok: true };
      const quantities = new Map(
        items.flatMap(({ orderItemId, quantityCancelled: units }) =>
          units ? [[orderItemId, units] as const] : [],
        ),
      );
      const money = refund.items.length > 0 ? { refund } : {};
      if (quantities.size === 0) return { ok: true, ...money };
      const cancelled = context.desk.cancelled(stored.order, {
        by: 'MERCHANT',
        reason,
        orderItemIds: [...quantities.keys()],
        quantities,
      });
      return cancelled.ok ? { ...cancelled, ...money } : cancelled;
    });
  };
}

/** Judges an OrderAdjustment: refunds within what each component still holds, and units cancelled once the rest is shipped. */
export function judgeAdjustment(context: FeedContext, body: XmlElement): Judgement {
  const own = childText(body, 'MerchantOrderID');
  const stored =
    own === '' ? context.order(childText(body, 'AmazonOrderID')) : context.orderByMerchantId(own);
  if (!stored) return refusedMessage(childText(body, 'AmazonOrderID'), unknownOrder);
  const adjusted = named(body, 'AdjustedItem');
  const items = adjusted.map((item) => itemOf(item, stored.order));
  const complaints = complaintsOf(stored, body, adjusted, items);
  if (complaints.length > 0) return refusedMessage(stored.id, ...complaints);
  const reason = childText(adjusted[0], 'AdjustmentReason');
  return { orderId: stored.id, complaints: [], effect: refunding(context, stored.id, items, reason) };
}

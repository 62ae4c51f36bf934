import type { CommandArgs } from '../domain/command.ts';
import { type Component, components } from '../domain/components.ts';
import type { FeedKind } from '../domain/feed-kind.ts';
import { toDecimal } from '../domain/money.ts';
import { unfitFor } from './unfit-message.ts';
import { writeXml, type XmlParts, xmlText } from './xml-text.ts';

/** One message of a feed: its number, unique and from 1, its order, and what its command was told. */
export interface FeedMessage<Kind extends FeedKind> {
  readonly messageNo: number;
  readonly amazonOrderId: string;
  readonly args: CommandArgs[Kind];
}

const componentTypes: Readonly<Record<Component, string>> = {
  principal: 'Principal',
  tax: 'Tax',
  shipping: 'Shipping',
  shippingTax: 'ShippingTax',
  giftWrap: 'GiftWrap',
  giftWrapTax: 'GiftWrapTax',
};

function envelope<Kind extends FeedKind>(
  kind: Kind,
  messageType: string,
  sellerId: string,
  messages: readonly FeedMessage<Kind>[],
  body: (message: FeedMessage<Kind>) => XmlParts,
): string {
  const written = messages.map((message): XmlParts => {
    const unfit = unfitFor(kind, message.amazonOrderId, message.args);
    if (unfit !== null) throw new Error(`Message ${message.messageNo} would spoil its feed: ${unfit}`);
    return { MessageID: String(message.messageNo), [messageType]: body(message) };
  });
  return writeXml({
    AmazonEnvelope: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.01', MerchantIdentifier: xmlText(sellerId, 50) },
      MessageType: messageType,
      Message: written,
    },
  });
}

/**
 * A feed that cancels whole orders. Every line is listed, else a cancel has no effect. Element order here and below:
 * Amazon's XSDs, in which another order is an error of the whole feed. Throws on a message that `unfitFor` names.
 */
export function acknowledgementFeed(
  sellerId: string,
  messages: readonly FeedMessage<'cancel_amazon'>[],
): string {
  return envelope('cancel_amazon', 'OrderAcknowledgement', sellerId, messages, ({ amazonOrderId, args }) => ({
    AmazonOrderID: amazonOrderId,
    StatusCode: 'Failure',
    Item: args.orderItemIds.map((id) => ({ AmazonOrderItemCode: id, CancelReason: args.reason })),
  }));
}

type Refund = CommandArgs['refund_amazon'];

function priceParts(item: Refund['items'][number], currency: string): XmlParts {
  const parts = components.flatMap((name) => {
    const amount = item.components[name] ?? 0;
    const decimal = toDecimal({ amount, currency });
    return amount === 0
      ? []
      : [{ Type: componentTypes[name], Amount: { '@currency': currency, '#text': decimal } }];
  });
  return { Component: parts };
}

function adjustedItem(item: Refund['items'][number], { reason, currency }: Refund): XmlParts {
  const named = {
    AmazonOrderItemCode: item.orderItemId,
    MerchantAdjustmentItemID: item.adjustmentId,
    AdjustmentReason: reason,
  };
  if (item.quantityCancelled !== undefined)
    return { ...named, QuantityCancelled: String(item.quantityCancelled) };
  return { ...named, ItemPriceAdjustments: priceParts(item, currency) };
}

/** A feed that refunds, or tells of cancelled units (which move no money). `Quantity` stays out: it can refund too much. */
export function adjustmentFeed(sellerId: string, messages: readonly FeedMessage<'refund_amazon'>[]): string {
  return envelope('refund_amazon', 'OrderAdjustment', sellerId, messages, ({ amazonOrderId, args }) => {
    const movesMoney = args.items.every((item) => item.quantityCancelled === undefined);
    return {
      AmazonOrderID: amazonOrderId,
      // Its other value, `Cancel`, is refused more often than not.
      ActionType: movesMoney ? 'Refund' : undefined,
      AdjustedItem: args.items.map((item) => adjustedItem(item, args)),
    };
  });
}

/** Amazon's word for a carrier that has no code. */
const otherCarrier = 'Other';

const orNone = (text: string | null): string | undefined => {
  const clean = xmlText(text ?? '', 50);
  return clean === '' ? undefined : clean;
};

// Older versions of Amazon's schema take a code or a name, not both, and one of them must be there.
function carriage({ carrierCode, carrierName, tracking }: CommandArgs['ship_amazon']): XmlParts {
  const code = orNone(carrierCode);
  const number = { ShipperTrackingNumber: orNone(tracking) };
  if (code !== undefined && code !== otherCarrier) return { CarrierCode: code, ...number };
  return { CarrierName: orNone(carrierName) ?? otherCarrier, ShippingMethod: 'Standard', ...number };
}

/** A feed that confirms parcels. */
export function fulfillmentFeed(sellerId: string, messages: readonly FeedMessage<'ship_amazon'>[]): string {
  return envelope('ship_amazon', 'OrderFulfillment', sellerId, messages, ({ amazonOrderId, args }) => ({
    AmazonOrderID: amazonOrderId,
    MerchantFulfillmentID: args.reference,
    FulfillmentDate: new Date(args.shippedAt).toISOString(),
    FulfillmentData: carriage(args),
    Item: args.items.map((item) => ({
      AmazonOrderItemCode: item.orderItemId,
      Quantity: String(item.quantity),
    })),
  }));
}

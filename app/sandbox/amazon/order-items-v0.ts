import { type Answer, invalidInput, notFound } from './answers.ts';
import { isObject, type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { lineId, quantitiesOf } from './lines.ts';
import type { Seller } from './seller.ts';

const orderIdShape = /^[A-Z0-9]{3}-\d{7}-\d{7}$/;
const perPage = 100;

/** How the flag is written: as the model says, as was seen in answers, or left out where nobody asked. */
export type FlagStyle = 'text' | 'boolean' | 'absent';

function requestedCancel(line: JsonObject, style: FlagStyle): JsonObject {
  const request = objectIn(line, 'cancellation')['cancellationRequest'];
  const asked = isObject(request);
  if (style === 'absent' && !asked) return {};
  return {
    BuyerRequestedCancel: {
      IsBuyerRequestedCancel: style === 'boolean' ? asked : String(asked),
      BuyerCancelReason: asked ? (textIn(request, 'cancelReason') ?? '') : '',
    },
  };
}

function itemOf(line: JsonObject, style: FlagStyle): JsonObject {
  const product = objectIn(line, 'product');
  const { ordered, fulfilled } = quantitiesOf(line);
  const sku = textIn(product, 'sellerSku');
  return {
    ASIN: textIn(product, 'asin') ?? '',
    OrderItemId: lineId(line) ?? '',
    ...(sku === null ? {} : { SellerSKU: sku }),
    Title: textIn(product, 'title') ?? '',
    QuantityOrdered: ordered,
    QuantityShipped: fulfilled,
    ProductInfo: { NumberOfItems: String(numberIn(product, 'numberOfItems') ?? 1) },
    ...requestedCancel(line, style),
  };
}

/** Answers getOrderItems of Orders v0, at most 100 lines a page: ids, quantities and what the buyer asked for. */
export function orderItemsV0(
  seller: Seller,
  orderId: string,
  token: string | null,
  style: FlagStyle,
): Answer {
  const stored = seller.orders.get(orderId);
  if (stored === undefined)
    return orderIdShape.test(orderId)
      ? notFound(`The order ${orderId} was not found.`)
      : invalidInput('orderId is not valid.');
  const from = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
  if (!Number.isInteger(from) || from < 0) return invalidInput('NextToken is not valid.');
  const lines = objectsIn(stored.order, 'orderItems');
  const to = from + perPage;
  const more = to < lines.length ? { NextToken: Buffer.from(String(to)).toString('base64url') } : {};
  const OrderItems = lines.slice(from, to).map((line) => itemOf(line, style));
  return { status: 200, body: { payload: { AmazonOrderId: orderId, OrderItems, ...more } } };
}

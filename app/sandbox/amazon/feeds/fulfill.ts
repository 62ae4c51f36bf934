import { knowsCarrier } from '../carriers.ts';
import { type JsonObject, objectIn, textIn } from '../json.ts';
import { withoutParcel } from '../ship-order.ts';
import { childOf, childText } from './envelope.ts';
import { codes, type FeedContext, type Judgement, refusedMessage, unknownOrder } from './judge.ts';
import type { XmlElement } from './xml.ts';

/** Judges an OrderFulfillment: a parcel, or without items all that is open. */
export function judgeFulfillment(context: FeedContext, body: XmlElement): Judgement {
  const own = childText(body, 'MerchantOrderID');
  const stored =
    own === '' ? context.order(childText(body, 'AmazonOrderID')) : context.orderByMerchantId(own);
  if (!stored) return refusedMessage(childText(body, 'AmazonOrderID'), unknownOrder);
  const { id, order } = stored;
  const refuse = (text: string, messageCode: string = codes.invalid) =>
    refusedMessage(id, { messageCode, text });
  if (textIn(objectIn(order, 'fulfillment'), 'fulfilledBy') === 'AMAZON')
    return refuse('The data you submitted is incomplete or invalid: the order is fulfilled by Amazon.');
  const data = childOf(body, 'FulfillmentData');
  const [code, name] = [childText(data, 'CarrierCode'), childText(data, 'CarrierName')];
  if (!knowsCarrier(code) && name === '')
    return refuse('The data you submitted is incomplete or invalid: the carrier is missing or not known.');
  const items = body.children
    .filter((child) => child.name === 'Item')
    .map((item) => ({
      orderItemId: childText(item, 'AmazonOrderItemCode'),
      quantity: Number(childText(item, 'Quantity') || '1'),
    }));
  const reference = childText(body, 'MerchantFulfillmentID');
  const service = childText(data, 'ShippingMethod');
  const ship = {
    ...(items.length === 0 ? {} : { items }),
    carrier: name === '' ? code : name,
    trackingNumber: childText(data, 'ShipperTrackingNumber'),
    parcel: {
      shipTime: childText(body, 'FulfillmentDate'),
      ...(reference === '' ? {} : { reference }),
      ...(service === '' ? {} : { service }),
    },
  };
  const pack = (now: JsonObject) => context.desk.shipped(withoutParcel(now, reference), ship);
  const judged = pack(order);
  if (!judged.ok) return refuse(judged.sentence, judged.status === 409 ? codes.tooMany : codes.invalid);
  const effect = () => {
    context.desk.change(id, (now) => pack(now.order));
  };
  return { orderId: id, complaints: [], effect };
}

import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject, objectIn, objectsIn, textIn } from './json.ts';
import { lineId, quantitiesOf, statusOf } from './lines.ts';

/** Why Amazon tells of an order. */
export type OrderChangeType = 'BuyerRequestedChange' | 'OrderStatusChange';

/** What is undocumented about when Amazon tells of an order. */
export interface TellingSwitches {
  readonly newOrders: boolean;
  readonly withdrawals: boolean;
}

/** Statuses as v0 of the Orders API spells them, and these messages still do. */
const statuses: Readonly<Record<string, string>> = {
  PENDING: 'Pending',
  PENDING_AVAILABILITY: 'PendingAvailability',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
  UNFULFILLABLE: 'Unfulfillable',
};
const orderPrograms: Readonly<Record<string, string>> = {
  AMAZON_BUSINESS: 'Business',
  PRIME: 'Prime',
  PREMIUM: 'Premium',
  REPLACEMENT: 'Replacement',
};
const shippingPrograms: Readonly<Record<string, string>> = {
  AMAZON_EASY_SHIP: 'EasyShip',
  IN_STORE_PICK_UP: 'ISPU',
};
const reasons: Readonly<Record<OrderChangeType, string>> = {
  BuyerRequestedChange: 'Buyer Requested Cancel',
  OrderStatusChange: 'Order Status Change',
};

function requestOf(line: JsonObject): JsonObject | null {
  const request = objectIn(line, 'cancellation')['cancellationRequest'];
  return isObject(request) && request['requester'] === 'BUYER' ? request : null;
}

/** The requests of an order's lines, as texts to compare. */
function requestsOf(order: JsonObject): Map<string | null, string> {
  return new Map(
    objectsIn(order, 'orderItems').flatMap((line) => {
      const request = requestOf(line);
      return request ? [[lineId(line), JSON.stringify(request)]] : [];
    }),
  );
}

/** What Amazon tells when an order becomes another one; `before` is null for a new order. */
export function changesOf(
  before: JsonObject | null,
  after: JsonObject,
  { newOrders, withdrawals }: TellingSwitches,
): OrderChangeType[] {
  const old = before === null ? new Map<string | null, string>() : requestsOf(before);
  const now = requestsOf(after);
  const asked = [...now].some(([id, request]) => old.get(id) !== request);
  const taken = withdrawals && [...old.keys()].some((id) => !now.has(id));
  const moved = before === null ? newOrders : statusOf(before) !== statusOf(after);
  return [
    ...(asked ? (['BuyerRequestedChange'] as const) : []),
    ...(moved || taken ? (['OrderStatusChange'] as const) : []),
  ];
}

function itemsOf(order: JsonObject): JsonObject[] {
  const lines = objectsIn(order, 'orderItems');
  const shipped = lines.map((line) => quantitiesOf(line).open === 0 && quantitiesOf(line).fulfilled > 0);
  const mixed = new Set(shipped).size > 1;
  return lines.map((line, position) => ({
    OrderItemId: lineId(line) ?? '',
    SellerSKU: textIn(objectIn(line, 'product'), 'sellerSku') ?? '',
    SupplySourceId: null,
    ...(mixed ? { OrderItemStatus: shipped[position] ? 'Shipped' : 'Unshipped' } : {}),
    Quantity: quantitiesOf(line).ordered,
    QuantityShipped: quantitiesOf(line).fulfilled,
    IsBuyerRequestedCancel: requestOf(line) !== null,
  }));
}

function datesOf(order: JsonObject): JsonObject {
  const fulfillment = objectIn(order, 'fulfillment');
  const [deliver, ship] = [objectIn(fulfillment, 'deliverByWindow'), objectIn(fulfillment, 'shipByWindow')];
  const dates = {
    EarliestDeliveryDate: textIn(deliver, 'earliestDateTime'),
    LatestDeliveryDate: textIn(deliver, 'latestDateTime'),
    EarliestShipDate: textIn(ship, 'earliestDateTime'),
    LatestShipDate: textIn(ship, 'latestDateTime'),
  };
  return Object.fromEntries(Object.entries(dates).filter(([, value]) => value !== null));
}

function programsOf(order: JsonObject, names: Readonly<Record<string, string>>): string[] {
  const programs: unknown[] = Array.isArray(order['programs']) ? order['programs'] : [];
  return programs.flatMap((program) => (typeof program === 'string' ? (names[program] ?? []) : []));
}

function summaryOf(order: JsonObject): JsonObject {
  const items = objectsIn(order, 'orderItems').map(quantitiesOf);
  const fulfilledBy = textIn(objectIn(order, 'fulfillment'), 'fulfilledBy');
  const address = objectIn(objectIn(order, 'recipient'), 'deliveryAddress');
  return {
    MarketplaceId: textIn(objectIn(order, 'salesChannel'), 'marketplaceId') ?? '',
    OrderStatus: statuses[statusOf(order) ?? ''] ?? 'Unshipped',
    PurchaseDate: textIn(order, 'createdTime'),
    DestinationPostalCode: textIn(address, 'postalCode'),
    FulfillmentType: fulfilledBy === 'AMAZON' ? 'AFN' : 'MFN',
    OrderType: 'StandardOrder',
    NumberOfItemsShipped: items.reduce((sum, { fulfilled }) => sum + fulfilled, 0),
    NumberOfItemsUnshipped: items.reduce((sum, { open }) => sum + open, 0),
    ...datesOf(order),
    OrderPrograms: programsOf(order, orderPrograms),
    ShippingPrograms: programsOf(order, shippingPrograms),
    OrderItems: itemsOf(order),
  };
}

/** An ORDER_CHANGE message, as Amazon's schema OrderChangeNotification.json has it. `time` is ISO 8601. */
export function orderChangeMessage(
  order: JsonObject,
  type: OrderChangeType,
  about: { readonly sellerId: string; readonly subscriptionId: string; readonly time: string },
): JsonObject {
  const { sellerId, subscriptionId, time } = about;
  return {
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: '1.0',
    EventTime: time,
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: sellerId,
        AmazonOrderId: textIn(order, 'orderId'),
        OrderChangeType: type,
        OrderChangeTrigger: { TimeOfOrderChange: time, ChangeReason: reasons[type] },
        Summary: summaryOf(order),
      },
    },
    NotificationMetadata: {
      ApplicationId: 'amzn1.sp.solution.sandbox',
      SubscriptionId: subscriptionId,
      PublishTime: time,
      NotificationId: randomUUID(),
    },
  };
}

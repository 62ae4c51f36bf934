import { z } from 'zod';

/**
 * What Amazon sends for an order, as tolerant as can be: every field may be absent or null, unknown values of lists of
 * values pass as text, unknown fields are ignored. Ids are left unread here: they alone decide whether an order can be taken.
 * Source: Amazon's model orders_2026-01-01.
 */
const text = z.string().nullish();
const id = z.unknown().optional();
const number = z.union([z.number(), z.string()]).nullish();
const block = <T extends z.ZodRawShape>(shape: T) => z.object(shape).nullish();
const list = <T extends z.ZodType>(element: T) => z.array(element.nullable()).nullish();

const money = block({ amount: number, currencyCode: text });
const range = block({ earliestDateTime: text, latestDateTime: text });

const breakdown = z.object({
  type: text,
  subtotal: money,
  detailedBreakdowns: list(z.object({ subtype: text, value: money })),
});

const item = z.object({
  orderItemId: id,
  quantityOrdered: number,
  programs: list(z.string()),
  product: block({
    asin: text,
    title: text,
    sellerSku: text,
    price: block({ unitPrice: money }),
    customization: block({ customizedUrl: text }),
  }),
  proceeds: block({ proceedsTotal: money, breakdowns: list(breakdown) }),
  cancellation: block({
    cancellationRequest: block({ requester: text, cancelReason: text }),
    cancellationExecution: block({ cancelledBy: text, cancelReason: text }),
  }),
  fulfillment: block({
    quantityFulfilled: number,
    quantityUnfulfilled: number,
    packing: block({ giftOption: block({ giftMessage: text, giftWrapLevel: text }) }),
    shipping: block({ internationalShipping: block({ iossNumber: text }) }),
  }),
  tax: block({ taxCollections: list(z.object({ model: text })) }),
});

const address = block({
  name: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  districtOrCounty: text,
  stateOrRegion: text,
  municipality: text,
  postalCode: text,
  countryCode: text,
  phone: text,
  extendedFields: block({ neighborhood: text }),
});

const parcel = z.object({
  packageReferenceId: id,
  carrier: text,
  trackingNumber: text,
  shipTime: text,
  packageStatus: block({ status: text }),
  packageItems: list(z.object({ orderItemId: id, quantity: number })),
});

const order = z.object({
  orderId: id,
  createdTime: text,
  lastUpdatedTime: text,
  programs: list(z.string()),
  associatedOrders: list(z.object({ orderId: id, associationType: text })),
  salesChannel: block({ marketplaceId: text, marketplaceName: text }),
  buyer: block({ buyerPurchaseOrderNumber: text }),
  recipient: block({
    deliveryAddress: address,
    deliveryPreference: block({ dropOffLocation: text, addressInstruction: text }),
  }),
  proceeds: block({ grandTotal: money, breakdowns: list(breakdown) }),
  fulfillment: block({
    fulfillmentStatus: text,
    fulfilledBy: text,
    fulfillmentServiceLevel: text,
    shipByWindow: range,
    deliverByWindow: range,
  }),
  orderItems: list(item),
  packages: list(parcel),
});

export type RawMoney = z.infer<typeof money>;
export type RawRange = z.infer<typeof range>;
export type RawBreakdown = z.infer<typeof breakdown>;
export type RawItem = z.infer<typeof item>;
export type RawParcel = z.infer<typeof parcel>;
export type RawOrder = z.infer<typeof order>;

type Path = readonly PropertyKey[];

/** An order in Amazon's shape, and the places whose value had a wrong type and was taken as absent. */
export interface RawReading {
  readonly order: RawOrder;
  readonly misfits: readonly string[];
}

/** A path as it is shown to people: `orderItems[3].product.title`. */
function fieldName(path: Path): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.with(Number(key), without(list[Number(key)], rest));
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([k, inner]: [string, unknown]) => [
    k,
    k === key ? without(inner, rest) : inner,
  ]);
  return Object.fromEntries(entries) as unknown;
}

/** Reads one order of an answer. A value of a wrong type costs only itself; null where it is no object at all. */
export function readRawOrder(raw: unknown): RawReading | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const first = order.safeParse(raw);
  if (first.success) return { order: first.data, misfits: [] };
  const paths = first.error.issues.map((issue) => issue.path);
  const pruned = paths.reduce<unknown>(without, raw);
  return { order: order.parse(pruned), misfits: paths.map(fieldName) };
}

import { randomInt } from 'node:crypto';

/** Where an order was placed. `decimals`: digits behind the point of its currency. */
export interface Marketplace {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly decimals: number;
  /** An address of that country. */
  readonly address: Readonly<Record<string, string>>;
  readonly buyer: string;
}

/** One line; money in minor units of the marketplace's currency, for the whole line. */
export interface LineSpec {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly item: number;
  readonly tax?: number;
  readonly shipping?: number;
  readonly gift?: { readonly wrap: number; readonly message: string; readonly level: string };
}

/** What is to be ordered. */
export interface OrderSpec {
  readonly marketplace: Marketplace;
  readonly lines: readonly LineSpec[];
  readonly status: 'PENDING' | 'UNSHIPPED' | 'SHIPPED';
  /** Milliseconds UTC. */
  readonly placedAt: number;
  readonly id?: string;
}

const day = 86_400_000;
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
const iso = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

/** An order id of Amazon's form. */
function newOrderId(): string {
  return `${digits(3)}-${digits(7)}-${digits(7)}`;
}

function breakdownsOf(line: LineSpec, money: (minor: number) => object): object[] {
  const plain = [
    ['ITEM', line.item],
    ['SHIPPING', line.shipping ?? 0],
    ['GIFT_WRAP', line.gift?.wrap ?? 0],
  ] as const;
  const shown = plain
    .filter(([, minor]) => minor > 0)
    .map(([type, minor]) => ({ type, subtotal: money(minor) }));
  if (!line.tax) return shown;
  const details = [{ subtype: 'ITEM', value: money(line.tax) }];
  return [...shown, { type: 'TAX', subtotal: money(line.tax), detailedBreakdowns: details }];
}

const totalOf = ({ item, tax = 0, shipping = 0, gift }: LineSpec) =>
  item + tax + shipping + (gift?.wrap ?? 0);

function lineOf(
  { marketplace, status }: OrderSpec,
  line: LineSpec,
  money: (minor: number) => object,
): object {
  const shipped = status === 'SHIPPED' ? line.quantity : 0;
  const gift = line.gift && { giftMessage: line.gift.message, giftWrapLevel: line.gift.level };
  // Amazon tells no money while a payment is pending.
  const proceeds = { proceedsTotal: money(totalOf(line)), breakdowns: breakdownsOf(line, money) };
  const collects = marketplace.currency === 'USD';
  return {
    orderItemId: digits(14),
    quantityOrdered: line.quantity,
    product: {
      asin: `B0${digits(8)}`,
      title: line.title,
      sellerSku: line.sku,
      condition: { conditionType: 'NEW', conditionSubtype: 'NEW', conditionNote: '' },
      price: { unitPrice: money(Math.round(line.item / line.quantity)) },
    },
    ...(status === 'PENDING' ? {} : { proceeds }),
    fulfillment: {
      quantityFulfilled: shipped,
      quantityUnfulfilled: line.quantity - shipped,
      ...(gift ? { packing: { giftOption: gift } } : {}),
    },
    ...(collects
      ? {
          tax: {
            taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }],
          },
        }
      : {}),
  };
}

/** An order in the shape of Amazon's `Order`, fulfilled by the merchant, with the money summing up. */
export function makeOrder(spec: OrderSpec): Readonly<Record<string, unknown>> & { readonly orderId: string } {
  const { marketplace, lines, status, placedAt } = spec;
  const money = (minor: number) => ({
    amount: (minor / 10 ** marketplace.decimals).toFixed(marketplace.decimals),
    currencyCode: marketplace.currency,
  });
  const total = lines.reduce((sum, line) => sum + totalOf(line), 0);
  const window = (from: number, to: number) => ({
    earliestDateTime: iso(placedAt + from * day),
    latestDateTime: iso(placedAt + to * day),
  });
  const recipient = { deliveryAddress: { ...marketplace.address, addressType: 'RESIDENTIAL' } };
  return {
    orderId: spec.id ?? newOrderId(),
    createdTime: iso(placedAt),
    lastUpdatedTime: iso(placedAt),
    programs: [],
    salesChannel: { channelName: 'AMAZON', marketplaceId: marketplace.id, marketplaceName: marketplace.name },
    buyer: {
      buyerName: marketplace.buyer,
      buyerEmail: `${digits(14)}@marketplace.${marketplace.name.toLowerCase()}`,
    },
    ...(status === 'PENDING' ? {} : { recipient, proceeds: { grandTotal: money(total) } }),
    fulfillment: {
      fulfillmentStatus: status,
      fulfilledBy: 'MERCHANT',
      fulfillmentServiceLevel: 'STANDARD',
      shipByWindow: window(1, 10),
      deliverByWindow: window(11, 15),
    },
    orderItems: lines.map((line) => lineOf(spec, line, money)),
  };
}

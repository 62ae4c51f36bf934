type Json = Record<string, unknown>;

const money = (amount: string, currencyCode: string): Json => ({ amount, currencyCode });

/** The world's time at the start of a test (ms UTC): two days after these orders were placed, a week before they are due. */
export const sampleStart = Date.parse('2026-11-21T12:00:00Z');

/** A plain unshipped order of one line in Amazon's own shape; `change` replaces top-level fields. */
export function amazonOrder(id: string, change: Json = {}): Json {
  return {
    orderId: id,
    createdTime: '2026-11-19T10:11:12Z',
    lastUpdatedTime: '2026-11-20T09:00:00Z',
    programs: [],
    salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
    buyer: { buyerName: 'Ann Example', buyerEmail: 'hidden@marketplace.amazon.com' },
    recipient: {
      deliveryAddress: {
        name: 'Ann van Example',
        addressLine1: '1 Main Street',
        addressLine2: 'Floor 2',
        city: 'Seattle',
        stateOrRegion: 'WA',
        postalCode: '98101',
        countryCode: 'US',
        phone: '+1 206 555 0100',
      },
      deliveryPreference: { addressInstruction: 'Leave at the door' },
    },
    proceeds: { grandTotal: money('25.00', 'USD') },
    fulfillment: {
      fulfillmentStatus: 'UNSHIPPED',
      fulfilledBy: 'MERCHANT',
      fulfillmentServiceLevel: 'STANDARD',
      shipByWindow: { earliestDateTime: '2026-11-20T08:00:00Z', latestDateTime: '2026-11-29T07:59:59Z' },
      deliverByWindow: { earliestDateTime: '2026-11-25T08:00:00Z', latestDateTime: '2026-12-05T07:59:59Z' },
    },
    orderItems: [amazonLine('10000000000001', { sku: 'SKU-1', quantity: 1, item: '25.00' })],
    ...change,
  };
}

/** A line in Amazon's own shape; amounts are decimal texts of the line, tax and the others are left out where absent. */
export function amazonLine(
  id: string,
  line: {
    sku?: string | null;
    quantity?: number;
    item: string;
    currency?: string;
    title?: string;
    shipping?: string;
    giftWrap?: string;
    discount?: string;
    tax?: string;
    total?: string;
    byMarketplace?: boolean;
  },
): Json {
  const currency = line.currency ?? 'USD';
  const part = (type: string, amount: string | undefined, detailedBreakdowns?: Json[]) =>
    amount === undefined
      ? []
      : [{ type, subtotal: money(amount, currency), ...(detailedBreakdowns ? { detailedBreakdowns } : {}) }];
  const quantity = line.quantity ?? 1;
  return {
    orderItemId: id,
    quantityOrdered: quantity,
    product: {
      asin: 'B000000001',
      title: line.title ?? 'Blue mug',
      ...(line.sku === null ? {} : { sellerSku: line.sku ?? 'SKU-1' }),
    },
    proceeds: {
      ...(line.total === undefined ? {} : { proceedsTotal: money(line.total, currency) }),
      breakdowns: [
        ...part('ITEM', line.item),
        ...part('SHIPPING', line.shipping),
        ...part('GIFT_WRAP', line.giftWrap),
        ...part(
          'DISCOUNT',
          line.discount,
          line.discount === undefined ? [] : [{ subtype: 'ITEM', value: money(line.discount, currency) }],
        ),
        ...part(
          'TAX',
          line.tax,
          line.tax === undefined ? [] : [{ subtype: 'ITEM', value: money(line.tax, currency) }],
        ),
      ],
    },
    fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: quantity },
    ...(line.byMarketplace
      ? {
          tax: {
            taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }],
          },
        }
      : {}),
  };
}

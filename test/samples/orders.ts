import type { AmazonLine, AmazonOrder, LineProceeds } from '../../app/domain/amazon-order.ts';
import { amazonOrderId, amazonOrderItemId, shopifyOrderId, shopifyVariantId } from '../../app/domain/ids.ts';
import type { Money } from '../../app/domain/money.ts';
import type { ShopifyOrder, SkuMeaning } from '../../app/domain/shopify-order.ts';

/** Minor units of a currency, US dollars where none is named. */
export const money = (amount: number, currency = 'USD'): Money => ({ amount, currency });

/** What a sample's money is made of, in minor units; all that is not named is nothing. */
export interface Cents {
  readonly currency?: string;
  readonly item?: number;
  readonly shipping?: number;
  readonly giftWrap?: number;
  readonly codFee?: number;
  readonly other?: number;
  readonly itemDiscount?: number;
  readonly shippingDiscount?: number;
  readonly giftWrapDiscount?: number;
  readonly itemTax?: number;
  readonly shippingTax?: number;
  readonly giftWrapTax?: number;
  readonly otherTax?: number;
  readonly total?: number | null;
}

/** A line's money. */
export function proceedsOf(cents: Cents): LineProceeds {
  const of = (amount = 0) => money(amount, cents.currency);
  return {
    item: of(cents.item),
    shipping: of(cents.shipping),
    giftWrap: of(cents.giftWrap),
    codFee: of(cents.codFee),
    other: of(cents.other),
    discount: {
      item: of(cents.itemDiscount),
      shipping: of(cents.shippingDiscount),
      giftWrap: of(cents.giftWrapDiscount),
    },
    tax: {
      item: of(cents.itemTax),
      shipping: of(cents.shippingTax),
      giftWrap: of(cents.giftWrapTax),
      other: of(cents.otherTax),
    },
    total: typeof cents.total === 'number' ? of(cents.total) : null,
  };
}

/** An ordinary line: one lamp for 20.00 dollars. */
export function lineOf(changes: Partial<AmazonLine> = {}): AmazonLine {
  return {
    orderItemId: amazonOrderItemId('147645420374961'),
    asin: 'B000000001',
    sku: 'LAMP',
    title: 'A lamp',
    quantityOrdered: 1,
    quantityFulfilled: 0,
    quantityUnfulfilled: 1,
    unitPrice: money(2000),
    proceeds: proceedsOf({ item: 2000 }),
    taxByMarketplace: false,
    customizationUrl: null,
    giftMessage: null,
    giftWrapLevel: null,
    iossNumber: null,
    programmes: [],
    request: { state: 'none' },
    cancelled: null,
    ...changes,
  };
}

export const orderId = amazonOrderId('902-0000001-0000001');
/** When the sample order was made on Amazon. */
export const orderedAt = Date.UTC(2026, 10, 19, 10, 11, 12);

/** An ordinary order of amazon.com: unshipped, one lamp for 20.00 dollars, nothing odd. */
export function orderOf(changes: Partial<AmazonOrder> = {}): AmazonOrder {
  return {
    id: orderId,
    marketplaceId: 'ATVPDKIKX0DER',
    marketplaceName: 'Amazon.com',
    createdAt: orderedAt,
    updatedAt: orderedAt + 60_000,
    status: 'unshipped',
    fulfilledBy: 'merchant',
    serviceLevel: 'STANDARD',
    shipBy: { earliest: '2026-11-20T08:00:00Z', latest: '2026-11-23T07:59:59Z' },
    deliverBy: { earliest: null, latest: '2026-11-29T07:59:59Z' },
    programmes: [],
    replacementFor: null,
    businessOrderNumber: null,
    total: money(2000),
    lines: [lineOf()],
    requestsFrom: 'order',
    recipient: {
      name: 'Ada King Lovelace',
      company: null,
      addressLines: ['1 Road'],
      city: 'Reno',
      district: null,
      state: 'NV',
      postalCode: '89501',
      countryCode: 'US',
      phone: '+1 775 555 0100',
      deliveryInstructions: null,
    },
    packages: [],
    given: ['FULFILLMENT', 'PROCEEDS', 'RECIPIENT', 'CANCELLATION', 'BUYER', 'PACKAGES', 'PROMOTION', 'TAX'],
    oddities: [],
    ...changes,
  };
}

/** The sample order as Concord made it in Shopify. */
export function foundOrder(changes: Partial<ShopifyOrder> = {}): ShopifyOrder {
  return {
    id: shopifyOrderId('gid://shopify/Order/1'),
    name: '#1001',
    ownMark: orderId,
    sourceIdentifier: orderId,
    total: money(2000),
    financialStatus: 'PAID',
    fulfillmentStatus: 'UNFULFILLED',
    cancelledAt: null,
    updatedAt: '2026-11-20T10:00:00Z',
    edited: false,
    ...changes,
  };
}

/** The variant of the sample's SKU. */
export const lamp: SkuMeaning = {
  variantId: shopifyVariantId('gid://shopify/ProductVariant/7'),
  candidates: 1,
  byHand: false,
};

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { lamp, lineOf, orderedAt, orderId, orderOf } from '../../test/samples/orders.ts';
import type { AmazonOrder } from './amazon-order.ts';
import { draftOrder, type OrderDraft } from './order-draft.ts';
import { settingsSchema } from './settings.ts';

const settings = settingsSchema.parse({});
const skus = new Map([['LAMP', lamp]]);

function draftOf(order: AmazonOrder): OrderDraft {
  const draft = draftOrder(order, skus, settings);
  if (!draft) throw new Error('no draft');
  return draft;
}
const of = (changes: Partial<AmazonOrder> = {}) => draftOf(orderOf(changes));

describe('what a line is', () => {
  it('IMP-7: an exact SKU is its variant; anything else is a custom line', () => {
    const lines = ['LAMP', 'lamp', 'OTHER', null].map((sku) => lineOf({ sku }));
    expect(of({ lines }).lines.map((l) => l.variantId)).toEqual([lamp.variantId, null, null, null]);
  });

  it('IMP-1: a line is never without a title', () => {
    const names = [
      { title: ' A lamp ' },
      { title: '   ' },
      { title: null, sku: null },
      { title: '', sku: '', asin: null },
    ];
    expect(names.map((changes) => of({ lines: [lineOf(changes)] }).lines[0]?.title)).toEqual([
      'A lamp',
      'LAMP',
      'B000000001',
      'Amazon item',
    ]);
  });

  it('IMP-11: gift, customisation, IOSS and programmes come along with the line', () => {
    const line = lineOf({
      giftMessage: 'Happy day',
      giftWrapLevel: 'PAPER',
      customizationUrl: 'https://example.com/c.zip',
      iossNumber: 'IM123',
      programmes: ['TRANSPARENCY', 'PRIME'],
    });
    expect(of({ lines: [line] }).lines[0]?.properties).toEqual([
      ['_amazon_order_item_id', '147645420374961'],
      ['ASIN', 'B000000001'],
      ['Gift wrap', 'PAPER'],
      ['Gift message', 'Happy day'],
      ['Customisation', 'https://example.com/c.zip'],
      ['IOSS', 'IM123'],
      ['Amazon programmes', 'TRANSPARENCY, PRIME'],
    ]);
  });
});

describe('what an order is', () => {
  it('IMP-1, IMP-11: marketplace, windows, service and the rest are named; a link leads to Seller Central', () => {
    const draft = of({
      businessOrderNumber: 'PO-1',
      programmes: ['AMAZON_BUSINESS'],
      lines: [lineOf({ iossNumber: 'IM123' })],
    });
    expect(draft.attributes).toEqual([
      ['Amazon order', orderId],
      ['Marketplace', 'Amazon.com'],
      ['Ship from', '2026-11-20T08:00:00Z'],
      ['Ship by', '2026-11-23T07:59:59Z'],
      ['Deliver by', '2026-11-29T07:59:59Z'],
      ['Service level', 'STANDARD'],
      ['Amazon programmes', 'AMAZON_BUSINESS'],
      ['Business order number', 'PO-1'],
      ['IOSS', 'IM123'],
    ]);
    expect(draft).toMatchObject({ poNumber: 'PO-1', processedAt: orderedAt });
    expect(draft.sourceUrl).toBe(`https://sellercentral.amazon.com/orders-v3/order/${orderId}`);
    expect(of({ marketplaceName: null }).attributes[1]?.[1]).toBe('United States');
    expect(of({ marketplaceName: null, marketplaceId: 'NEWMARKET' })).toMatchObject({ sourceUrl: null });
  });

  it('IMP-6: what Amazon fulfils is already fulfilled and takes no stock', () => {
    expect(of({ fulfilledBy: 'amazon' })).toMatchObject({ shipped: { package: null }, takeStock: false });
  });

  it('IMP-7: stock is taken as the setting says', () => {
    expect(of().takeStock).toBe(true);
    expect(draftOrder(orderOf(), skus, { ...settings, stock: 'leave' })?.takeStock).toBe(false);
  });

  it('an order that was shipped comes in fulfilled, with its first parcel', () => {
    const parcel = {
      reference: '1',
      carrier: 'UPS',
      trackingNumber: '1Z',
      shippedAt: null,
      status: null,
      items: [],
    };
    expect(of({ status: 'shipped', packages: [parcel] }).shipped).toEqual({ package: parcel });
    expect(of({ packages: [parcel] }).shipped).toBeNull();
  });

  it('PRO-1: the same order gives the same draft', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order }) => {
        expect(draftOf(order)).toEqual(draftOf(structuredClone(order)));
      }),
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CommandArgs } from '../domain/command.ts';
import { acknowledgementFeed, adjustmentFeed, fulfillmentFeed } from './feed-xml.ts';
import { flatCancelFile } from './flat-cancel-file.ts';
import { unfitFor } from './unfit-message.ts';

const seller = 'A1EXAMPLESELLER';
const order = '902-0000001-0000004';
const items = ['10000000000001', '10000000000002'];
const one = { messageNo: 1, amazonOrderId: order };

const line = {
  orderItemId: '10000000000005',
  adjustmentId: 'adj-0001',
  components: { shipping: 490, principal: 2500 },
};
const refund: CommandArgs['refund_amazon'] = { reason: 'CustomerCancel', currency: 'EUR', items: [line] };
const parcel: CommandArgs['ship_amazon'] = {
  by: 'feed',
  reference: '7',
  carrierCode: 'DHL',
  carrierName: null,
  tracking: '00340000000000000001',
  shippedAt: Date.parse('2026-11-20T15:04:05Z'),
  items: [{ orderItemId: '10000000000007', quantity: 2 }],
};
const oneLine = (xml: string) => xml.replaceAll(/>\s+</g, '><').trim();
const bodyOf = (xml: string, type: string) =>
  new RegExp(`<${type}>(.*)</${type}>`, 's').exec(oneLine(xml))?.[1] ?? '';
const adjusted = (changes: Partial<CommandArgs['refund_amazon']>) =>
  bodyOf(adjustmentFeed(seller, [{ ...one, args: { ...refund, ...changes } }]), 'OrderAdjustment');
const shipped = (changes: Partial<CommandArgs['ship_amazon']>) =>
  bodyOf(fulfillmentFeed(seller, [{ ...one, args: { ...parcel, ...changes } }]), 'FulfillmentData');

describe('feeds as XML', () => {
  const sample = (name: string) => `../shared/amazon/samples/feeds/${name}.xml`;
  it.skipIf(!existsSync(sample('cancel-whole-order.OrderAcknowledgement')))(
    'CAN-13: are letter by letter what samples of Amazon’s form are',
    () => {
      const read = (name: string) => oneLine(readFileSync(sample(name), 'utf8'));
      const cancel = acknowledgementFeed(seller, [
        {
          messageNo: 1,
          amazonOrderId: '902-0000001-0000001',
          args: { reason: 'BuyerCanceled', orderItemIds: items },
        },
      ]);
      expect(oneLine(cancel)).toBe(read('cancel-whole-order.OrderAcknowledgement'));
      expect(oneLine(adjustmentFeed(seller, [{ ...one, args: refund }]))).toBe(
        read('refund-full-item.OrderAdjustment'),
      );
    },
  );

  it('CAN-7: hold many messages, each with its number', () => {
    const messages = [1, 2, 3].map((messageNo) => ({
      messageNo,
      amazonOrderId: `902-0000001-000000${messageNo}`,
      args: { reason: 'NoInventory', orderItemIds: items } as const,
    }));
    const xml = oneLine(acknowledgementFeed(seller, messages));
    expect([...xml.matchAll(/<MessageID>(\d+)<\/MessageID><OrderAck/g)].map(([, n]) => n)).toEqual([
      '1',
      '2',
      '3',
    ]);
    expect(xml.match(/<CancelReason>NoInventory</g)).toHaveLength(6);
  });

  it('REF-1: each component has its own Amazon type, in a fixed order, without those of nothing', () => {
    const components = {
      giftWrapTax: 6,
      giftWrap: 5,
      shippingTax: 4,
      shipping: 3,
      tax: 2,
      principal: 1,
    };
    const all = adjusted({ items: [{ ...line, components }] });
    expect(
      [...all.matchAll(/<Type>(\w+)<\/Type><Amount currency="EUR">([\d.]+)</g)].map((m) => m.slice(1)),
    ).toEqual([
      ['Principal', '0.01'],
      ['Tax', '0.02'],
      ['Shipping', '0.03'],
      ['ShippingTax', '0.04'],
      ['GiftWrap', '0.05'],
      ['GiftWrapTax', '0.06'],
    ]);
    expect(adjusted({})).not.toContain('Tax');
  });

  it('REF-1: an amount has the decimals of its currency, none in yen', () => {
    expect(adjusted({ currency: 'JPY' })).toContain('<Amount currency="JPY">2500</Amount>');
    expect(adjusted({ currency: 'GBP' })).toContain('<Amount currency="GBP">25.00</Amount>');
  });

  it('REF-3: every line carries its own key', () => {
    expect(adjusted({})).toContain(
      '<MerchantAdjustmentItemID>adj-0001</MerchantAdjustmentItemID><AdjustmentReason>',
    );
  });

  it('CAN-15: cancelled units go without money', () => {
    const body = adjusted({ items: [{ ...line, components: {}, quantityCancelled: 2 }] });
    expect(body).toContain('<QuantityCancelled>2</QuantityCancelled>');
    expect(body).not.toMatch(/ItemPriceAdjustments|ActionType/);
  });

  it.each([
    [{}, '<CarrierCode>DHL</CarrierCode><ShipperTrackingNumber>00340000000000000001</ShipperTrackingNumber>'],
    [{ tracking: null }, '<CarrierCode>DHL</CarrierCode>'],
    [
      { carrierCode: 'Other', carrierName: 'Brown & Sons', tracking: null },
      '<CarrierName>Brown &amp; Sons</CarrierName><ShippingMethod>Standard</ShippingMethod>',
    ],
    [
      { carrierCode: null, carrierName: ' Bike\u0000\tpost ', tracking: ' ' },
      '<CarrierName>Bike post</CarrierName><ShippingMethod>Standard</ShippingMethod>',
    ],
    [{ carrierName: 'DHL Paket', tracking: null }, '<CarrierCode>DHL</CarrierCode>'],
    [
      { carrierCode: null, tracking: '1' },
      '<CarrierName>Other</CarrierName><ShippingMethod>Standard</ShippingMethod><ShipperTrackingNumber>1</ShipperTrackingNumber>',
    ],
  ])('FUL-1: a parcel with %j', (changes, data) => {
    expect(shipped(changes)).toBe(data);
  });

  it('FUL-1: a parcel has its reference, date and units', () => {
    const body = bodyOf(fulfillmentFeed(seller, [{ ...one, args: parcel }]), 'OrderFulfillment');
    expect(body).toMatch(
      /^<AmazonOrderID>902-0000001-0000004<\/AmazonOrderID><MerchantFulfillmentID>7<\/MerchantFulfillmentID><FulfillmentDate>2026-11-20T15:04:05\.000Z<\/FulfillmentDate><FulfillmentData>/,
    );
    expect(body).toMatch(
      /<Item><AmazonOrderItemCode>10000000000007<\/AmazonOrderItemCode><Quantity>2<\/Quantity><\/Item>$/,
    );
  });
});

describe('messages that would spoil a whole feed', () => {
  it.each([
    ['order', () => unfitFor('cancel_amazon', '902', { reason: 'NoInventory', orderItemIds: items })],
    ['no line', () => unfitFor('cancel_amazon', order, { reason: 'NoInventory', orderItemIds: [] })],
    [
      'line id',
      () => unfitFor('cancel_amazon', order, { reason: 'NoInventory', orderItemIds: ['1</Item>'] }),
    ],
    ['line twice', () => unfitFor('refund_amazon', order, { ...refund, items: [line, line] })],
    [
      'no amount',
      () => unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, components: {} }] }),
    ],
    [
      'below zero',
      () => unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, components: { tax: -1 } }] }),
    ],
    [
      'part of a cent',
      () => unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, components: { tax: 0.5 } }] }),
    ],
    [
      'long key',
      () =>
        unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, adjustmentId: 'k'.repeat(51) }] }),
    ],
    [
      'odd key',
      () => unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, adjustmentId: 'k\u0001' }] }),
    ],
    [
      'no units',
      () => unfitFor('refund_amazon', order, { ...refund, items: [{ ...line, quantityCancelled: 0 }] }),
    ],
    ['currency', () => unfitFor('refund_amazon', order, { ...refund, currency: 'KWD' })],
    ['reference', () => unfitFor('ship_amazon', order, { ...parcel, reference: 'gid://1' })],
    ['reference 0', () => unfitFor('ship_amazon', order, { ...parcel, reference: '00' })],
    ['long number', () => unfitFor('ship_amazon', order, { ...parcel, tracking: '1'.repeat(51) })],
    [
      'quantity',
      () =>
        unfitFor('ship_amazon', order, { ...parcel, items: [{ orderItemId: items[0] ?? '', quantity: 0 }] }),
    ],
    ['date', () => unfitFor('ship_amazon', order, { ...parcel, shippedAt: Number.NaN })],
  ] as const)('CAN-13: are known before: %s', (_name, unfit) => {
    expect(unfit()).toMatch(/\.$/);
  });

  it('CAN-13: never get into a feed, and others are not kept out', () => {
    expect(() => adjusted({ items: [] })).toThrow('Message 1 would spoil its feed');
    expect(unfitFor('refund_amazon', order, refund)).toBeNull();
    expect(
      unfitFor('ship_amazon', order, { ...parcel, items: [...parcel.items, ...parcel.items] }),
    ).toBeNull();
  });
});

it('CAN-19: the file for Seller Central has a row for every line', () => {
  const file = flatCancelFile([
    { amazonOrderId: order, reason: 'BuyerCanceled', orderItemIds: items },
    { amazonOrderId: '902-0000001-0000009', reason: 'NoInventory', orderItemIds: ['1\t=2\n'] },
  ]);
  expect(file.split('\n')).toEqual([
    'TemplateType=OrderCancellation\tVersion=1.0/1.0.3\tThis row for Amazon.com use only.  Do not modify or delete.',
    'order-id\tcancellation-reason-code\tamazon-order-item-code',
    `${order}\tBuyerCanceled\t${items[0] ?? ''}`,
    `${order}\tBuyerCanceled\t${items[1] ?? ''}`,
    '902-0000001-0000009\tNoInventory\t1 =2',
    '',
  ]);
});

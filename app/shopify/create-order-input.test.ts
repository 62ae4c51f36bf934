import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedOrder } from '../../test/samples/generated-orders.ts';
import { lamp, lineOf, money, orderId, orderOf, proceedsOf } from '../../test/samples/orders.ts';
import type { AmazonOrder, AmazonRecipient } from '../domain/amazon-order.ts';
import { draftOrder } from '../domain/order-draft.ts';
import { settingsSchema } from '../domain/settings.ts';
import { createOrderInput } from './create-order-input.ts';

const settings = settingsSchema.parse({});
const location = 'gid://shopify/Location/1';

function inputOf(order: AmazonOrder, without: readonly string[] = [], locationId: string | null = location) {
  const draft = draftOrder(order, new Map([['LAMP', lamp]]), settings);
  if (!draft) throw new Error('no draft');
  return createOrderInput(draft, without, locationId) as {
    order: Record<string, unknown> & {
      lineItems: Record<string, unknown>[];
      shippingLines: Record<string, unknown>[];
    };
    options: Record<string, unknown>;
  };
}
const addressOf = (changes: Partial<AmazonRecipient>, without: readonly string[] = []) => {
  const { recipient } = orderOf();
  return (
    recipient &&
    inputOf(orderOf({ recipient: { ...recipient, ...changes } }), without).order['shippingAddress']
  );
};
const bag = (amount: string, currencyCode = 'USD') => {
  const value = { amount, currencyCode };
  return { shopMoney: value, presentmentMoney: value };
};

describe('createOrderInput', () => {
  it('IMP-1: tag, source, identifier, mark and link', () => {
    expect(inputOf(orderOf()).order).toMatchObject({
      tags: ['Amazon'],
      sourceName: 'amazon',
      sourceIdentifier: orderId,
      sourceUrl: `https://sellercentral.amazon.com/orders-v3/order/${orderId}`,
      metafields: [{ key: 'order_id', type: 'id', value: orderId }],
    });
  });

  it('IMP-3: paid by one sale on the gateway amazon, at Amazon’s time, in the order’s currency', () => {
    const { order } = inputOf(orderOf());
    const processedAt = '2026-11-19T10:11:12.000Z';
    expect(order).toMatchObject({
      currency: 'USD',
      presentmentCurrency: 'USD',
      processedAt,
      financialStatus: 'PAID',
    });
    expect(order['transactions']).toEqual([
      { kind: 'SALE', status: 'SUCCESS', gateway: 'amazon', amountSet: bag('20.00'), processedAt },
    ]);
  });

  it('IMP-3: a free replacement is paid without a transaction', () => {
    const { order } = inputOf(
      orderOf({ replacementFor: orderId, total: null, lines: [lineOf({ proceeds: null })] }),
    );
    expect(order).not.toHaveProperty('transactions');
    expect(order).toMatchObject({ financialStatus: 'PAID', lineItems: [{ priceSet: bag('0.00') }] });
  });

  it('IMP-3: taxes have their amount, a rate that is only told, and who is liable where that is known', () => {
    const line = (taxByMarketplace: boolean | null) =>
      lineOf({
        taxByMarketplace,
        proceeds: proceedsOf({ item: 2000, itemTax: 165, shipping: 1000, shippingTax: 83 }),
      });
    const tax = (order: AmazonOrder) => {
      const { lineItems, shippingLines } = inputOf(order).order;
      return [lineItems[0]?.['taxLines'], shippingLines[0]?.['taxLines']];
    };
    const title = 'Amazon tax';
    expect(tax(orderOf({ lines: [line(true)], total: money(3248) }))).toEqual([
      [{ title, rate: '0.0825', priceSet: bag('1.65'), channelLiable: true }],
      [{ title, rate: '0.0830', priceSet: bag('0.83'), channelLiable: true }],
    ]);
    expect(tax(orderOf({ lines: [line(null)], total: money(3000) }))[0]).toEqual([
      { title, rate: '0.0899', priceSet: bag('1.65') },
    ]);
    expect(tax(orderOf())).toEqual([[], []]);
  });

  it('IMP-3: amounts of currencies without decimals have none', () => {
    const lines = [lineOf({ proceeds: proceedsOf({ currency: 'JPY', item: 3490 }) })];
    const { order } = inputOf(orderOf({ lines, total: money(3490, 'JPY') }));
    expect(order).toMatchObject({ currency: 'JPY', lineItems: [{ priceSet: bag('3490', 'JPY') }] });
  });

  it('IMP-4: nothing on the order leads to the buyer, and no mail is sent', () => {
    fc.assert(
      fc.property(generatedOrder, ({ order: amazon }) => {
        const { order, options } = inputOf(amazon);
        for (const field of [
          'email',
          'phone',
          'customer',
          'customerId',
          'buyerAcceptsMarketing',
          'billingAddress',
          'note',
        ])
          expect(order).not.toHaveProperty(field);
        expect(options).toMatchObject({ sendReceipt: false, sendFulfillmentReceipt: false });
        if (order['fulfillment']) expect(order['fulfillment']).toMatchObject({ notifyCustomer: false });
      }),
    );
  });

  it('IMP-1: an unknown SKU becomes a custom line that ships, with title, SKU and price', () => {
    const [line] = inputOf(orderOf({ lines: [lineOf({ sku: 'UNSEEN' })] })).order.lineItems;
    expect(line).toMatchObject({
      title: 'A lamp',
      sku: 'UNSEEN',
      priceSet: bag('20.00'),
      requiresShipping: true,
    });
    expect(line).not.toHaveProperty('variantId');
  });

  it('IMP-7: a known SKU is its variant; stock is taken as the draft says', () => {
    expect(inputOf(orderOf())).toMatchObject({
      order: { lineItems: [{ variantId: lamp.variantId, requiresShipping: true }] },
      options: { inventoryBehaviour: 'DECREMENT_IGNORING_POLICY' },
    });
    expect(inputOf(orderOf({ fulfilledBy: 'amazon' })).options).toMatchObject({
      inventoryBehaviour: 'BYPASS',
    });
  });

  it('IMP-1: titles, SKUs and the lines of an address are cut to what Shopify takes, by whole characters', () => {
    const long = '😀'.repeat(300);
    const [line] = inputOf(orderOf({ lines: [lineOf({ title: long, sku: long })] })).order.lineItems;
    expect(line).toMatchObject({ title: '😀'.repeat(255), sku: '😀'.repeat(255) });
    expect(addressOf({ addressLines: [long] })).toMatchObject({ address1: '😀'.repeat(255) });
  });

  it('IMP-6: what is shipped comes in fulfilled, at the location if there is one', () => {
    const parcel = {
      reference: '1',
      carrier: 'UPS',
      trackingNumber: '1Z',
      shippedAt: null,
      status: null,
      items: [],
    };
    const order = orderOf({ status: 'shipped', packages: [parcel] });
    expect(inputOf(order).order['fulfillment']).toEqual({
      locationId: location,
      notifyCustomer: false,
      trackingCompany: 'UPS',
      trackingNumber: '1Z',
    });
    for (const { order: input } of [inputOf(order, [], null), inputOf(order, ['location'])]) {
      expect(input).toMatchObject({ fulfillmentStatus: 'FULFILLED' });
      expect(input).not.toHaveProperty('fulfillment');
    }
    expect(inputOf(orderOf()).order).not.toHaveProperty('fulfillment');
  });
});

describe('the address', () => {
  it('IMP-10: is given as Amazon has it', () => {
    expect(
      addressOf({ company: 'Engines', addressLines: ['1 Road', 'Flat 2', 'Ring'], district: 'Old Town' }),
    ).toEqual({
      firstName: 'Ada King',
      lastName: 'Lovelace',
      company: 'Engines',
      address1: '1 Road',
      address2: 'Flat 2, Ring, Old Town',
      city: 'Reno',
      zip: '89501',
      countryCode: 'US',
      provinceCode: 'NV',
      phone: '+1 775 555 0100',
    });
  });

  it.each([
    ['Madonna', { lastName: 'Madonna' }],
    ['  Ada   Lovelace ', { firstName: 'Ada', lastName: 'Lovelace' }],
    ['山田　太郎', { firstName: '山田', lastName: '太郎' }],
    ['Ada\nLovelace', { firstName: 'Ada', lastName: 'Lovelace' }],
    [null, {}],
    ['   ', {}],
  ])('the name %j is split', (name, split) => {
    const { firstName, lastName } = addressOf({ name }) as Record<string, unknown>;
    expect({ firstName, lastName }).toEqual({ firstName: undefined, lastName: undefined, ...split });
  });

  it('blank parts are left out, and a district alone is a line', () => {
    const blank = {
      city: ' ',
      state: '',
      postalCode: null,
      phone: null,
      company: '',
      countryCode: null,
      name: null,
    };
    expect(addressOf({ ...blank, addressLines: [], district: 'Old Town' })).toEqual({ address1: 'Old Town' });
  });
});

describe('IMP-1: what Shopify refused is left out, and only that', () => {
  const rich = orderOf({ businessOrderNumber: 'PO-1' });
  const whole = inputOf(rich).order;

  it.each([
    ['poNumber', 'poNumber'],
    ['attributes', 'customAttributes'],
    ['address', 'shippingAddress'],
  ])('%s', (name, field) => {
    expect(whole).toHaveProperty(field);
    const { [field]: _, ...rest } = whole;
    expect(inputOf(rich, [name]).order).toEqual(rest);
  });

  it('properties, but Amazon’s id of the line; variants', () => {
    expect(inputOf(rich, ['properties']).order.lineItems[0]?.['properties']).toEqual([
      { name: '_amazon_order_item_id', value: '147645420374961' },
    ]);
    expect(inputOf(rich, ['variants']).order.lineItems[0]).not.toHaveProperty('variantId');
  });

  it('properties of the line that stands for many', () => {
    const many = orderOf({ lines: Array.from({ length: 251 }, () => lineOf()) });
    expect(inputOf(many, ['properties']).order.lineItems.at(-1)).toMatchObject({ properties: [] });
  });

  it('phone, province and country of the address', () => {
    expect(addressOf({}, ['phone'])).not.toHaveProperty('phone');
    expect(addressOf({}, ['province'])).toMatchObject({ province: 'NV', countryCode: 'US' });
    expect(addressOf({}, ['province'])).not.toHaveProperty('provinceCode');
    const nowhere = addressOf({ countryCode: 'QQ' }, ['country']);
    expect(nowhere).toMatchObject({ address2: 'QQ', zip: '89501' });
    expect(nowhere).not.toHaveProperty('country');
  });
});

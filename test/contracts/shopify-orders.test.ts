import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bag,
  createMutation,
  entries,
  orderInput,
  shop,
  startShopify,
  type ShopifyTest,
} from './shopify-world.ts';

let world: ShopifyTest;
beforeEach(async () => {
  world = await startShopify();
});
afterEach(() => world.close());

const create = (order: Record<string, unknown>, options?: object) =>
  world.gql(createMutation, { order, options });
const userErrors = async (more: Record<string, unknown>, options?: object) =>
  (await create(orderInput('1', more), options)).data['orderCreate']?.['userErrors'];

const totalsQuery = /* GraphQL */ `
  query Totals {
    orders(first: 1, reverse: true) {
      nodes {
        subtotalPriceSet {
          shopMoney {
            amount
          }
        }
        totalTaxSet {
          shopMoney {
            amount
          }
        }
        totalShippingPriceSet {
          shopMoney {
            amount
          }
        }
        totalPriceSet {
          shopMoney {
            amount
            currencyCode
          }
          presentmentMoney {
            amount
            currencyCode
          }
        }
        displayFinancialStatus
      }
    }
  }
`;
const totals = async () => {
  const order = (await world.gql(totalsQuery)).data['orders']?.['nodes']?.[0];
  const amount = (name: string) => order?.[name]?.['shopMoney']?.['amount'];
  return {
    subtotal: amount('subtotalPriceSet'),
    tax: amount('totalTaxSet'),
    shipping: amount('totalShippingPriceSet'),
    total: amount('totalPriceSet'),
    status: order?.['displayFinancialStatus'],
  };
};

describe('money of an order', () => {
  it('adds lines, shipping and taxes to the minor unit', async () => {
    await create(
      orderInput('1', {
        lineItems: [
          {
            title: 'A',
            quantity: 3,
            priceSet: bag('0.10'),
            taxLines: [{ title: 'Tax', rate: '0.0825', priceSet: bag('0.03') }],
          },
          { title: 'B', quantity: 1, priceSet: bag('19.95') },
        ],
        shippingLines: [
          {
            title: 'Std',
            priceSet: bag('4.99'),
            taxLines: [{ title: 'Tax', rate: 0, priceSet: bag('0.41') }],
          },
        ],
        transactions: [{ gateway: 'amazon', amountSet: bag('25.68') }],
      }),
    );
    expect(await totals()).toEqual({
      subtotal: '20.25',
      tax: '0.44',
      shipping: '4.99',
      total: '25.68',
      status: 'PAID',
    });
  });

  it('counts yen without decimals and refuses fractions of one', async () => {
    const line = (amount: string) => ({
      currency: 'JPY',
      lineItems: [{ title: 'A', quantity: 2, priceSet: bag(amount, 'JPY') }],
      transactions: [],
    });
    await create(orderInput('1', line('1745')));
    expect(await totals()).toMatchObject({ total: '3490.0', status: 'PENDING' });
    expect(await userErrors({ ...line('17.45'), metafields: [] })).toMatchObject([
      { field: ['order', 'lineItems', '0', 'priceSet'], code: 'INVALID' },
    ]);
  });

  it('keeps taxes inside the prices where they are included', async () => {
    await create(
      orderInput('1', {
        taxesIncluded: true,
        lineItems: [
          { title: 'A', quantity: 1, priceSet: bag('11.90'), taxLines: [{ title: 'VAT', rate: 0.19 }] },
        ],
      }),
    );
    expect(await totals()).toMatchObject({ subtotal: '11.9', tax: '1.9', total: '11.9' });
  });

  it('splits taxes of the order over its taxable lines so that they add up', async () => {
    const lineItems = [1, 2, 3].map((n) => ({ title: `L${String(n)}`, quantity: 1, priceSet: bag('10.00') }));
    await create(
      orderInput('1', { lineItems, taxLines: [{ title: 'T', rate: 0.1, priceSet: bag('1.00') }] }),
    );
    expect(await totals()).toMatchObject({ tax: '1.0', total: '31.0' });
    const query =
      '{ orders(first: 1) { nodes { lineItems(first: 3) { nodes { taxLines { priceSet { shopMoney { amount } } } } } } } }';
    const lines = (await world.gql(query)).data['orders']?.['nodes']?.[0]?.['lineItems']?.['nodes'];
    expect(
      entries(lines).map((line) => line['taxLines']?.[0]?.['priceSet']?.['shopMoney']?.['amount']),
    ).toEqual(['0.34', '0.33', '0.33']);
  });

  it('derives the financial status from what was paid', async () => {
    await create(orderInput('1', { transactions: [{ amountSet: bag('5.00') }] }));
    expect((await totals()).status).toBe('PARTIALLY_PAID');
    await create(orderInput('2', { transactions: [], financialStatus: 'PAID' }));
    expect((await totals()).status).toBe('PAID');
  });
});

describe('what orderCreate refuses', () => {
  const line = { title: 'A', quantity: 1, priceSet: bag('1.00') };
  it.each([
    ['no lines', { lineItems: [] }, ['order', 'lineItems']],
    [
      'an unknown variant',
      { lineItems: [{ ...line, variantId: 'gid://shopify/ProductVariant/7' }] },
      ['order', 'lineItems', '0', 'variantId'],
    ],
    ['a blank title', { lineItems: [{ ...line, title: ' ' }] }, ['order', 'lineItems', '0', 'title']],
    [
      'a negative price',
      { lineItems: [{ ...line, priceSet: bag('-1.00') }] },
      ['order', 'lineItems', '0', 'priceSet'],
    ],
    ['no price', { lineItems: [{ title: 'A', quantity: 1 }] }, ['order', 'lineItems', '0', 'priceSet']],
    ['no units', { lineItems: [{ ...line, quantity: 0 }] }, ['order', 'lineItems', '0', 'quantity']],
    [
      'another currency',
      { lineItems: [{ ...line, priceSet: bag('1.00', 'EUR') }] },
      ['order', 'lineItems', '0', 'priceSet'],
    ],
    ['a protected source', { sourceName: 'web' }, ['order', 'sourceName']],
    ['a long tag', { tags: ['x'.repeat(41)] }, ['order', 'tags']],
    [
      'a long address',
      { shippingAddress: { address1: 'x'.repeat(256) } },
      ['order', 'shippingAddress', 'address1'],
    ],
    [
      'a wrong metafield type',
      { metafields: [{ namespace: '$app', key: 'order_id', type: 'json', value: '{}' }] },
      ['order', 'metafields', '0', 'type'],
    ],
    [
      'a metafield that is no JSON',
      { metafields: [{ namespace: '$app', key: 'cancel_request', value: '{' }] },
      ['order', 'metafields', '0', 'value'],
    ],
  ])('%s', async (_, more, field) => {
    expect(await userErrors(more)).toMatchObject([{ field, code: 'INVALID' }]);
    expect(world.shopify.listOrders(shop)).toEqual([]);
  });

  it('taxes both on the order and on a line', async () => {
    const taxLines = [{ title: 'T', rate: 0.1 }];
    expect(await userErrors({ taxLines, lineItems: [{ ...line, taxLines }] })).toMatchObject([
      { field: ['order', 'taxLines'] },
    ]);
  });

  it('long titles and future times, as the switches say', async () => {
    const long = { lineItems: [{ ...line, title: 'x'.repeat(256) }] };
    expect(await userErrors(long)).toHaveLength(1);
    world.switches.set('shopify.long-line-title', 'accepts');
    expect(await userErrors(long)).toEqual([]);
    const later = { processedAt: '2027-01-01T00:00:00Z', metafields: [] };
    expect(await userErrors(later)).toEqual([]);
    expect(world.shopify.listOrders(shop)[0]?.processedAt).toBe(world.clock.now());
    world.switches.set('shopify.processed-at-in-future', 'rejects');
    expect(await userErrors(later)).toMatchObject([{ code: 'PROCESSED_AT_INVALID' }]);
  });

  it('a currency that is not enabled, as the switch says', async () => {
    const yen = { currency: 'JPY', lineItems: [{ ...line, priceSet: bag('1', 'JPY') }], transactions: [] };
    expect(await userErrors(yen)).toEqual([]);
    world.switches.set('shopify.currency-not-enabled', 'rejects');
    expect(await userErrors({ ...yen, metafields: [] })).toMatchObject([{ field: ['order', 'currency'] }]);
  });

  it('a country that is none, but takes one by name', async () => {
    const to = (country: string) => ({ shippingAddress: { country }, metafields: [] });
    expect(await userErrors(to('Narnia'))).toMatchObject([
      { field: ['order', 'shippingAddress', 'country'] },
    ]);
    expect(await userErrors(to('germany'))).toEqual([]);
    expect(world.shopify.listOrders(shop)[0]?.shippingAddress).toEqual(['DE']);
  });

  it('a sixth order in a minute where the shop is a trial', async () => {
    world.switches.set('shopify.order-create-limit', 'five-a-minute');
    for (let n = 0; n < 5; n += 1) expect(await userErrors({ metafields: [] })).toEqual([]);
    expect(await userErrors({ metafields: [] })).toHaveLength(1);
    await world.clock.advance(60_000);
    expect(await userErrors({ metafields: [] })).toEqual([]);
  });
});

describe('stock', () => {
  it.each([
    ['BYPASS', 3],
    ['DECREMENT_IGNORING_POLICY', 1],
  ])('%s leaves %i of 3 after two were sold', async (inventoryBehaviour, left) => {
    const [variant] = world.shopify.addVariants(shop, [{ sku: 'A', title: 'A', price: 5, inventory: 3 }]);
    await create(orderInput('1', { lineItems: [{ variantId: variant?.id, quantity: 2 }] }), {
      inventoryBehaviour,
    });
    expect(world.shopify.listVariants(shop)[0]?.inventory).toBe(left);
    expect(world.shopify.listOrders(shop)[0]?.lines[0]).toMatchObject({
      title: 'A',
      sku: 'A',
      unitPrice: '5.00',
    });
  });

  it('is not taken where there is too little and the policy counts', async () => {
    const [variant] = world.shopify.addVariants(shop, [{ sku: 'A', title: 'A', price: 5, inventory: 1 }]);
    const lineItems = [{ variantId: variant?.id, quantity: 2 }];
    expect(await userErrors({ lineItems }, { inventoryBehaviour: 'DECREMENT_OBEYING_POLICY' })).toMatchObject(
      [{ code: 'INVENTORY_CLAIM_FAILED' }],
    );
    expect(world.shopify.listVariants(shop)[0]?.inventory).toBe(1);
  });
});

describe('IMP-5: an order id is there once', () => {
  it('IMP-5: a second order with the same id metafield is refused', async () => {
    await create(orderInput('111-1'));
    expect(
      await userErrors({ metafields: [{ namespace: '$app', key: 'order_id', value: '111-1' }] }),
    ).toMatchObject([{ field: ['order', 'metafields', '0', 'value'] }]);
    expect(world.shopify.listOrders(shop)).toHaveLength(1);
  });

  it('IMP-5: or made twice, as the switch says, and the first one is found', async () => {
    world.switches.set('shopify.duplicate-id-metafield', 'accepts');
    await create(orderInput('111-1'));
    const second = await create(orderInput('111-1'));
    expect(second.data['orderCreate']?.['userErrors']).toEqual([]);
    expect(world.shopify.listOrders(shop)).toHaveLength(2);
    const query =
      '{ orderByIdentifier(identifier: { customId: { namespace: "$app", key: "order_id", value: "111-1" } }) { name } }';
    expect((await world.gql(query)).data['orderByIdentifier']?.['name']).toBe('#1001');
  });

  it('IMP-5: a deleted order frees its id', async () => {
    const id = (await create(orderInput('111-1'))).data['orderCreate']?.['order']?.['id'];
    await world.gql(
      'mutation D($id: ID!) { orderDelete(orderId: $id) { deletedId userErrors { message } } }',
      { id },
    );
    expect((await create(orderInput('111-1'))).data['orderCreate']?.['userErrors']).toEqual([]);
    expect(world.shopify.listOrders(shop)).toHaveLength(1);
  });
});

describe('what is kept', () => {
  it('IMP-4: no mail goes out without an address, and one is noticed where there is an address', async () => {
    await create(orderInput('1'), { sendReceipt: true });
    expect(world.shopify.listMails(shop)).toEqual([]);
    await create(orderInput('2', { email: 'ann@example.com' }), { sendReceipt: true });
    expect(world.shopify.listMails(shop)).toEqual([
      { order: '#1002', kind: 'receipt', to: 'ann@example.com' },
    ]);
  });

  it('texts of every kind stay as they are', async () => {
    const note = '🎁 שלום <b>"&amp;</b>\r\n\u0007';
    await create(orderInput('1', { note, customAttributes: [{ key: 'ß', value: note }] }));
    expect(world.shopify.listOrders(shop)[0]).toMatchObject({
      note,
      customAttributes: [{ key: 'ß', value: note }],
    });
  });

  it('ids grow beyond what a double holds', async () => {
    for (let n = 0; n < 5; n += 1) await create(orderInput(String(n)));
    const ids = world.shopify.listOrders(shop).map(({ id }) => BigInt(id.split('/').at(-1) ?? ''));
    expect(new Set(ids.map(Number)).size).toBeLessThan(5);
    expect(new Set(ids).size).toBe(5);
  });
});

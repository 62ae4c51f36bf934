import { expect, it } from 'vitest';
import { amazonLine, amazonOrder } from '../amazon-orders.ts';
import { runningWorld } from '../running-world.ts';

const world = runningWorld();
const usd = (amount: string | null) => ({ amount, currencyCode: 'USD' });
const total = (amount: string) => ({ grandTotal: usd(amount) });

const odd: [what: string, order: Record<string, unknown>, problem: string | null][] = [
  [
    'an unknown status',
    amazonOrder('112-1', { fulfillment: { fulfillmentStatus: 'TELEPORTED', fulfilledBy: 'MERCHANT' } }),
    'amazon_data_odd',
  ],
  ['an unknown programme', amazonOrder('112-2', { programs: ['MOON_BASE'] }), 'programme_unknown'],
  [
    'no buyer, recipient or proceeds',
    amazonOrder('112-3', { buyer: undefined, recipient: undefined, proceeds: undefined }),
    null,
  ],
  [
    'money that is null',
    amazonOrder('112-4', {
      orderItems: [
        {
          orderItemId: '1',
          quantityOrdered: 1,
          product: { sellerSku: 'SKU-1', title: 'Mug' },
          proceeds: { breakdowns: [{ type: 'ITEM', subtotal: usd(null) }] },
        },
      ],
    }),
    'totals_differ',
  ],
  [
    'a line that is given twice',
    amazonOrder('112-5', {
      orderItems: [amazonLine('1', { item: '25.00' }), amazonLine('1', { item: '25.00' })],
    }),
    'amazon_data_odd',
  ],
  [
    '500 lines',
    amazonOrder('112-6', {
      proceeds: total('500.00'),
      orderItems: Array.from({ length: 500 }, (_, i) =>
        amazonLine(String(i + 1), { item: '1.00', sku: 'SKU-1' }),
      ),
    }),
    'amazon_data_odd',
  ],
  [
    'emoji, right-to-left script, markup and control characters',
    amazonOrder('112-7', {
      orderItems: [
        amazonLine('1', { item: '25.00', title: '😀 مرحبا <script>alert(1)</script>\u0000\u0007 =1+1' }),
      ],
    }),
    'amazon_data_odd',
  ],
  [
    'line ids of 15 digits',
    amazonOrder('112-8', { orderItems: [amazonLine('147645420374961', { item: '25.00' })] }),
    null,
  ],
  [
    'too many decimals',
    amazonOrder('112-9', { proceeds: total('25.001'), orderItems: [amazonLine('1', { item: '25.001' })] }),
    'amazon_data_odd',
  ],
  [
    'a currency the shop does not use',
    amazonOrder('112-10', {
      proceeds: { grandTotal: { amount: '25.00', currencyCode: 'SEK' } },
      orderItems: [amazonLine('1', { item: '25.00', currency: 'SEK' })],
    }),
    'currency_unknown',
  ],
  [
    'an empty SKU',
    amazonOrder('112-11', { orderItems: [amazonLine('1', { item: '25.00', sku: '' })] }),
    'sku_unlinked',
  ],
  [
    'a country Shopify does not know',
    amazonOrder('112-12', {
      recipient: {
        deliveryAddress: {
          name: 'A',
          addressLine1: 'B',
          city: 'C',
          countryCode: 'ZZ',
          stateOrRegion: 'Somewhere far away',
        },
      },
    }),
    null,
  ],
  [
    'a nameless line',
    amazonOrder('112-13', {
      orderItems: [
        {
          orderItemId: '1',
          quantityOrdered: 1,
          product: {},
          proceeds: { breakdowns: [{ type: 'ITEM', subtotal: usd('25.00') }] },
        },
      ],
    }),
    'sku_unlinked',
  ],
  [
    'a title of 3,000 characters',
    amazonOrder('112-14', { orderItems: [amazonLine('1', { item: '25.00', title: '长'.repeat(3000) })] }),
    null,
  ],
];

it.each(odd)('IMP-1: an order with %s is created and flagged', async (_, order, problem) => {
  await world.control('POST', '/shopify/variants', [{ sku: 'SKU-1', title: 'Mug', price: '1.00' }]);
  const id = order['orderId'] as string;
  await world.place(order, amazonOrder('112-0'));
  await world.settle();
  expect(await world.order('112-0')).toBeDefined();
  expect(await world.order(id), JSON.stringify(await world.problems(id))).toBeDefined();
  const kinds = (await world.problems(id)).map((one) => one.kind);
  if (problem) expect(kinds).toContain(problem);
  // Nothing more is to be done but to look at its ship-by time.
  const due = await world.database.owner(
    "select 1 from amazon_order where due_at is not null and due_reason is distinct from 'ship_by'",
  );
  expect(due).toEqual([]);
});

const impossible: [what: string, order: Record<string, unknown>, field: string][] = [
  ['no lines', amazonOrder('113-1', { orderItems: [] }), 'orderItems'],
  ['lines that are absent', amazonOrder('113-2', { orderItems: undefined }), 'orderItems'],
  ['a line without an id', amazonOrder('113-3', { orderItems: [{ quantityOrdered: 1 }] }), 'orderItems'],
];

it.each(impossible)(
  'IMP-1 PRO-4: an order with %s becomes a problem that names order and field, and the rest goes on',
  async (_, order, field) => {
    const id = order['orderId'] as string;
    await world.place(order, amazonOrder('113-0'));
    await world.settle();
    expect(await world.order('113-0')).toBeDefined();
    expect(await world.order(id)).toBeUndefined();
    const problem = (await world.problems(id)).find((one) => one.kind === 'import_failed');
    expect(problem?.params['field']).toContain(field);
    expect(await world.row(id)).toMatchObject({ state: 'import_failed', due_at: null });
  },
);

it('IMP-3: a free replacement comes in without a payment', async () => {
  await world.place(
    amazonOrder('112-20', { proceeds: total('0.00'), orderItems: [amazonLine('1', { item: '0.00' })] }),
  );
  await world.settle();
  expect(await world.order('112-20')).toMatchObject({ transactions: [], displayFinancialStatus: 'PAID' });
});

it('PRO-4: what Shopify refuses is parked with its words, and tried again when a person asks', async () => {
  await world.control('POST', '/behaviour', { name: 'shopify.currency-not-enabled', value: 'rejects' });
  const order = amazonOrder('112-21', {
    proceeds: { grandTotal: { amount: '25.00', currencyCode: 'SEK' } },
    orderItems: [amazonLine('1', { item: '25.00', currency: 'SEK' })],
  });
  await world.place(order);
  await world.settle(true);
  expect(await world.row('112-21')).toMatchObject({ state: 'import_failed', due_at: null });
  expect((await world.problems('112-21')).map((one) => one.kind)).toContain('import_failed');
  await world.control('POST', '/behaviour', { name: 'shopify.currency-not-enabled', value: 'accepts' });
  await world.database.owner(
    "update amazon_order set wanted_at = now() + interval '1 day', due_at = now() - interval '10 years', knocks = knocks + 1 where amazon_order_id = '112-21'",
  );
  await world.settle();
  expect(await world.order('112-21')).toBeDefined();
  expect((await world.problems('112-21')).map((one) => one.kind)).not.toContain('import_failed');
});

const hostile = [
  '\u0000',
  '\ud800',
  '\u0000\udfff x',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '0000-00-00',
  '2026-02-30T00:00:00Z',
  '',
];

it.each(hostile)('IMP-1 PRO-4: %j in every field of an order keeps no other order back', async (text) => {
  await world.place(
    amazonOrder('118-1', {
      // Without any readable time the order would be refused before the rest is looked at.
      ...(Number.isNaN(Date.parse(text)) ? {} : { createdTime: text, lastUpdatedTime: text }),
      programs: [text],
      associatedOrders: [{ orderId: text, associationType: text }],
      salesChannel: { channelName: text, marketplaceId: text, marketplaceName: text },
      buyer: { buyerPurchaseOrderNumber: text },
      recipient: {
        deliveryAddress: {
          name: text,
          addressLine1: text,
          city: text,
          countryCode: text,
          phone: text,
          stateOrRegion: text,
        },
      },
      fulfillment: {
        fulfillmentStatus: text,
        fulfilledBy: text,
        fulfillmentServiceLevel: text,
        shipByWindow: { earliestDateTime: text, latestDateTime: text },
      },
      orderItems: [
        {
          orderItemId: `1${text}`,
          quantityOrdered: 1,
          product: {
            asin: text,
            title: text,
            sellerSku: text,
            price: { unitPrice: { amount: text, currencyCode: text } },
          },
          programs: [text],
          proceeds: { breakdowns: [{ type: text, subtotal: { amount: '1.00', currencyCode: text } }] },
        },
      ],
    }),
    amazonOrder('118-0'),
  );
  await world.settle();
  expect(await world.order('118-0')).toBeDefined();
  const stands = (await world.order('118-1')) !== undefined;
  const said = [...(await world.problems('118-1')), ...(await world.problems())];
  expect(stands || said.length > 0).toBe(true);
  expect(await world.row('118-0')).toMatchObject({ due_reason: 'ship_by' });
});

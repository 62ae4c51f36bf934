import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AmazonData, AmazonOrder } from '../domain/amazon-order.ts';
import { wantedData } from './included-data.ts';
import { toDomain } from './to-domain.ts';

const usd = (amount: unknown, currencyCode: unknown = 'USD') => ({ amount, currencyCode });
const item = (changes: object = {}) => ({
  orderItemId: '147645420374961',
  quantityOrdered: 2,
  product: { asin: 'B000000001', title: 'A lamp', sellerSku: 'LAMP', price: { unitPrice: usd('10.00') } },
  proceeds: { proceedsTotal: usd('20.00'), breakdowns: [{ type: 'ITEM', subtotal: usd('20.00') }] },
  fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 2 },
  ...changes,
});
const order = (changes: object = {}) => ({
  orderId: '902-0000001-0000001',
  createdTime: '2026-11-19T10:11:12Z',
  lastUpdatedTime: '2026-11-20T09:00:00Z',
  salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER', marketplaceName: 'Amazon.com' },
  recipient: { deliveryAddress: { name: 'Ada', addressLine1: '1 Road', countryCode: 'US' } },
  proceeds: { grandTotal: usd('20.00') },
  fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
  orderItems: [item()],
  ...changes,
});

function read(raw: unknown, given: readonly AmazonData[] = wantedData): AmazonOrder {
  const parsed = toDomain(raw, given);
  if (!parsed.ok) throw new Error(parsed.sentence);
  return parsed.order;
}
const line = (changes: object) => read(order({ orderItems: [item(changes)] })).lines[0];
const oddities = (changes: object) => read(order(changes)).oddities;

describe('an order without oddities', () => {
  it('IMP-1: is read as it is', () => {
    expect(read(order())).toMatchObject({
      id: '902-0000001-0000001',
      marketplaceId: 'ATVPDKIKX0DER',
      createdAt: Date.parse('2026-11-19T10:11:12Z'),
      updatedAt: Date.parse('2026-11-20T09:00:00Z'),
      status: 'unshipped',
      fulfilledBy: 'merchant',
      total: { amount: 2000, currency: 'USD' },
      lines: [{ orderItemId: '147645420374961', sku: 'LAMP', quantityOrdered: 2, taxByMarketplace: false }],
      given: wantedData,
      oddities: [],
    });
  });

  it('IMP-4: of the buyer only the address and the business order number are taken', () => {
    const buyer = { buyerName: 'Bob', buyerEmail: 'bob@example.com', buyerPurchaseOrderNumber: 'PO-1' };
    const text = JSON.stringify(read(order({ buyer })));
    expect(text).toContain('PO-1');
    expect(text).not.toMatch(/Bob|bob@/);
  });

  it('IMP-11: windows, service level, gift, customisation, instructions and IOSS come along', () => {
    const window = { earliestDateTime: '2026-11-20T08:00:00Z', latestDateTime: '2026-11-23T07:59:59Z' };
    const raw = order({
      recipient: {
        deliveryAddress: {
          name: 'Ada',
          city: '',
          municipality: 'Olinda',
          extendedFields: { neighborhood: 'Carmo' },
        },
        deliveryPreference: { dropOffLocation: 'Porch', addressInstruction: 'Ring twice' },
      },
      fulfillment: {
        fulfillmentStatus: 'UNSHIPPED',
        fulfilledBy: 'MERCHANT',
        fulfillmentServiceLevel: 'NEXT_DAY',
        shipByWindow: window,
      },
      orderItems: [
        item({
          programs: ['TRANSPARENCY'],
          product: { title: 'A lamp', customization: { customizedUrl: 'https://example.com/c.zip' } },
          fulfillment: {
            packing: { giftOption: { giftMessage: 'Happy day', giftWrapLevel: 'PAPER' } },
            shipping: { internationalShipping: { iossNumber: 'IM123' } },
          },
        }),
      ],
    });
    expect(read(raw)).toMatchObject({
      serviceLevel: 'NEXT_DAY',
      shipBy: { earliest: window.earliestDateTime, latest: window.latestDateTime },
      deliverBy: { earliest: null, latest: null },
      recipient: { city: 'Olinda', district: 'Olinda', deliveryInstructions: 'Porch\nRing twice' },
      lines: [
        {
          programmes: ['TRANSPARENCY'],
          customizationUrl: 'https://example.com/c.zip',
          giftMessage: 'Happy day',
          giftWrapLevel: 'PAPER',
          iossNumber: 'IM123',
          quantityFulfilled: null,
        },
      ],
    });
  });

  it.each([
    ['PENDING_AVAILABILITY', 'pending_availability'],
    ['PENDING', 'pending'],
    ['UNSHIPPED', 'unshipped'],
    ['PARTIALLY_SHIPPED', 'partially_shipped'],
    ['SHIPPED', 'shipped'],
    ['CANCELLED', 'cancelled'],
    ['Canceled', 'cancelled'],
    ['UNFULFILLABLE', 'unfulfillable'],
  ])('status %s is %s', (fulfillmentStatus, status) => {
    expect(read(order({ fulfillment: { fulfillmentStatus, fulfilledBy: 'MERCHANT' } }))).toMatchObject({
      status,
      oddities: [],
    });
  });

  it('IMP-13: a replacement names the order it replaces, and need not have money', () => {
    const associatedOrders = [
      { orderId: '1-1', associationType: 'EXCHANGE_ORIGINAL_ID' },
      { orderId: '2-2', associationType: 'REPLACEMENT_ORIGINAL_ID' },
    ];
    const raw = order({ associatedOrders, proceeds: null, orderItems: [item({ proceeds: null })] });
    expect(read(raw)).toMatchObject({
      replacementFor: '2-2',
      total: null,
      lines: [{ proceeds: null }],
      oddities: [],
    });
  });

  it('a pending order has no money, and that is not odd', () => {
    const fulfillment = { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' };
    const raw = order({
      fulfillment,
      proceeds: undefined,
      recipient: undefined,
      orderItems: [item({ proceeds: undefined, product: {} })],
    });
    expect(read(raw)).toMatchObject({ total: null, recipient: null, oddities: [] });
  });

  it('FUL-4: packages are read with their lines', () => {
    const packages = [
      {
        packageReferenceId: '1',
        carrier: 'UPS',
        trackingNumber: '1Z',
        shipTime: '2026-11-20T18:00:00Z',
        packageStatus: { status: 'PENDING' },
        packageItems: [
          { orderItemId: '147645420374961', quantity: 2 },
          { orderItemId: '', quantity: 1 },
        ],
      },
      { carrier: 'DHL' },
    ];
    const read1 = read(order({ packages }));
    expect(read1.packages).toEqual([
      {
        reference: '1',
        carrier: 'UPS',
        trackingNumber: '1Z',
        shippedAt: '2026-11-20T18:00:00Z',
        status: 'PENDING',
        items: [{ orderItemId: '147645420374961', quantity: 2 }],
      },
    ]);
    expect(read1.oddities).toEqual([{ field: 'packages[1].packageReferenceId', what: 'absent' }]);
  });
});

describe('REQ-1: what the buyer asks', () => {
  const request = (cancellationRequest: unknown) => line({ cancellation: { cancellationRequest } })?.request;

  it.each([
    [
      { requester: 'BUYER', cancelReason: 'By mistake' },
      { state: 'asked', reason: 'By mistake' },
    ],
    [
      { requester: 'BUYER', cancelReason: '' },
      { state: 'asked', reason: null },
    ],
    [{ requester: 'buyer' }, { state: 'asked', reason: null }],
    [{ requester: 'AMAZON', cancelReason: 'x' }, { state: 'unknown' }],
    [{ requester: '', cancelReason: '' }, { state: 'none' }],
    [{ cancelReason: 'x' }, { state: 'unknown' }],
    [{}, { state: 'none' }],
    [null, { state: 'none' }],
    [undefined, { state: 'none' }],
    ['BUYER', { state: 'none' }],
  ])('%j is %j', (block, expected) => {
    expect(request(block)).toEqual(expected);
  });

  it('is none where the whole block is absent, and unknown where its data was not given', () => {
    expect(line({})?.request).toEqual({ state: 'none' });
    const given = wantedData.filter((data) => data !== 'CANCELLATION');
    const raw = order({
      orderItems: [item({ cancellation: { cancellationRequest: { requester: 'BUYER' } } })],
    });
    expect(read(raw, given).lines[0]?.request).toEqual({ state: 'unknown' });
  });

  it('REQ-2: stands at its own line only', () => {
    const asked = item({ orderItemId: '2', cancellation: { cancellationRequest: { requester: 'BUYER' } } });
    expect(read(order({ orderItems: [item(), asked] })).lines.map((one) => one.request.state)).toEqual([
      'none',
      'asked',
    ]);
  });

  it('CAN-9: who cancelled is kept', () => {
    const cancelled = (cancellationExecution: object) =>
      line({ cancellation: { cancellationExecution } })?.cancelled;
    expect(cancelled({ cancelledBy: 'BUYER', cancelReason: '' })).toEqual({ by: 'BUYER', reason: null });
    expect(cancelled({ cancelReason: 'NoInventory' })).toEqual({ by: 'UNKNOWN', reason: 'NoInventory' });
    expect(cancelled({})).toBeNull();
  });
});

describe('data that was not given is unknown', () => {
  it.each([
    ['PROCEEDS', { total: null, lines: [{ proceeds: null, unitPrice: { amount: 1000 } }] }],
    ['RECIPIENT', { recipient: null }],
    ['TAX', { lines: [{ taxByMarketplace: null }] }],
  ] as const)('%s', (data, expected) => {
    const given = wantedData.filter((one) => one !== data);
    expect(read(order(), given)).toMatchObject({ ...expected, given, oddities: [] });
  });

  it('IMP-3: tax that the marketplace collects is marked so', () => {
    const tax = { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon' }] };
    expect(line({ tax })?.taxByMarketplace).toBe(true);
    expect(line({ tax: { taxCollections: [] } })?.taxByMarketplace).toBe(false);
  });
});

describe('IMP-1: odd input is read and flagged', () => {
  it.each([
    [
      'unknown status',
      { fulfillment: { fulfillmentStatus: 'FROZEN', fulfilledBy: 'MERCHANT' } },
      'fulfillment.fulfillmentStatus',
      'unknown_value',
    ],
    ['absent fulfilment', { fulfillment: undefined }, 'fulfillment.fulfillmentStatus', 'absent'],
    [
      'unknown fulfiller',
      { fulfillment: { fulfillmentStatus: 'SHIPPED', fulfilledBy: 'ROBOT' } },
      'fulfillment.fulfilledBy',
      'unknown_value',
    ],
    [
      'a constructor as status',
      { fulfillment: { fulfillmentStatus: 'constructor', fulfilledBy: 'MERCHANT' } },
      'fulfillment.fulfillmentStatus',
      'unknown_value',
    ],
    ['null total', { proceeds: { grandTotal: null } }, 'proceeds.grandTotal', 'absent'],
    ['null amount', { proceeds: { grandTotal: usd(null) } }, 'proceeds.grandTotal.amount', 'absent'],
    [
      'not a number',
      { proceeds: { grandTotal: usd('twenty') } },
      'proceeds.grandTotal.amount',
      'not_a_number',
    ],
    ['NaN', { proceeds: { grandTotal: usd('NaN') } }, 'proceeds.grandTotal.amount', 'not_a_number'],
    [
      'too many decimals',
      { proceeds: { grandTotal: usd('20.005') } },
      'proceeds.grandTotal.amount',
      'too_many_decimals',
    ],
    ['money of a wrong type', { proceeds: { grandTotal: '20.00' } }, 'proceeds.grandTotal', 'unknown_value'],
    [
      'a currency of four letters',
      { proceeds: { grandTotal: usd('20.00', 'USDT') } },
      'proceeds.grandTotal',
      'unknown_value',
    ],
    [
      'a currency that is none',
      { proceeds: { grandTotal: usd('20.00', 'XQX') } },
      'proceeds',
      'unknown_value',
    ],
    [
      'a foreign line',
      { orderItems: [item({ proceeds: { proceedsTotal: usd('20', 'EUR') } })] },
      'orderItems[0].proceeds.proceedsTotal',
      'currency_mixed',
    ],
    ['no lines', { orderItems: [] }, 'orderItems', 'absent'],
    ['lines absent', { orderItems: undefined }, 'orderItems', 'absent'],
    ['lines that are text', { orderItems: 'none' }, 'orderItems', 'unknown_value'],
    ['a line that is text', { orderItems: ['x', item()] }, 'orderItems[0]', 'unknown_value'],
    ['no proceeds', { orderItems: [item({ proceeds: null })] }, 'orderItems[0].proceeds', 'absent'],
    [
      'a total without parts',
      { orderItems: [item({ proceeds: { proceedsTotal: usd('20') } })] },
      'orderItems[0].proceeds.breakdowns',
      'absent',
    ],
    [
      'a part without money',
      { orderItems: [item({ proceeds: { breakdowns: [{ type: 'ITEM' }] } })] },
      'orderItems[0].proceeds.breakdowns[0].subtotal',
      'absent',
    ],
    ['a line twice', { orderItems: [item(), item()] }, 'orderItems[1].orderItemId', 'duplicate_line'],
    [
      'half a piece',
      { orderItems: [item({ quantityOrdered: 1.5 })] },
      'orderItems[0].quantityOrdered',
      'not_a_number',
    ],
    [
      'less than nothing',
      { orderItems: [item({ quantityOrdered: -1 })] },
      'orderItems[0].quantityOrdered',
      'not_a_number',
    ],
    [
      'no quantity',
      { orderItems: [item({ quantityOrdered: undefined })] },
      'orderItems[0].quantityOrdered',
      'absent',
    ],
    [
      'a title that is a number',
      { orderItems: [item({ product: { title: 7 } })] },
      'orderItems[0].product.title',
      'unknown_value',
    ],
    [
      'control characters',
      { salesChannel: { marketplaceName: 'a\u0000b\u0007\u009f\ud800' } },
      'salesChannel.marketplaceName',
      'text_cleaned',
    ],
    ['no creation time', { createdTime: undefined }, 'createdTime', 'absent'],
    ['no update time', { lastUpdatedTime: 'yesterday' }, 'lastUpdatedTime', 'unknown_value'],
    [
      'a window that is no time',
      {
        fulfillment: {
          fulfillmentStatus: 'SHIPPED',
          fulfilledBy: 'MERCHANT',
          shipByWindow: { latestDateTime: 'soon' },
        },
      },
      'fulfillment.shipByWindow.latestDateTime',
      'unknown_value',
    ],
    ['no address', { recipient: undefined }, 'recipient', 'absent'],
    [
      'a tip for the driver',
      { proceeds: { grandTotal: usd('20.00'), breakdowns: [{ type: 'DELIVERY_TIP', subtotal: usd('2') }] } },
      'proceeds.breakdowns[0].type',
      'unknown_value',
    ],
  ])('%s', (_name, changes, field, what) => {
    expect(oddities(changes)).toContainEqual(expect.objectContaining({ field, what }));
  });

  it.each([
    ['orderId', order({ orderId: undefined }), null],
    ['orderId', order({ orderId: '' }), null],
    ['orderId', order({ orderId: { id: 1 } }), null],
    ['orderId', order({ orderId: 'a\u0000' }), null],
    [
      'orderItems[1].orderItemId',
      order({ orderItems: [item(), item({ orderItemId: null })] }),
      '902-0000001-0000001',
    ],
    ['createdTime', order({ createdTime: 'x', lastUpdatedTime: null }), '902-0000001-0000001'],
    ['order', null, null],
    ['order', [], null],
    ['order', 'text', null],
  ])('only what cannot be stood on is rejected, by field: %s', (field, raw, orderId) => {
    const parsed = toDomain(raw, wantedData);
    expect(parsed).toMatchObject({ ok: false, field, orderId });
    expect(!parsed.ok && parsed.sentence).toContain(field);
  });

  it('an absent quantity is what is fulfilled and open together, else one', () => {
    expect(line({ quantityOrdered: null })?.quantityOrdered).toBe(2);
    expect(line({ quantityOrdered: null, fulfillment: {} })?.quantityOrdered).toBe(1);
    expect(line({ quantityOrdered: '3' })?.quantityOrdered).toBe(3);
    expect(line({ quantityOrdered: 0 })?.quantityOrdered).toBe(0);
  });

  it('emoji, right-to-left script and markup stay as they are', () => {
    const title = '👩‍👩‍👧 مرحبا <b>"&amp;\ttext\nnext';
    expect(line({ product: { title } })).toMatchObject({ title });
    expect(oddities({ orderItems: [item({ product: { title } })] })).toEqual([]);
  });

  it('IMP-7: an empty SKU is none', () => {
    expect(line({ product: { sellerSku: '' } })?.sku).toBeNull();
    expect(line({ product: { sellerSku: '  ' } })?.sku).toBeNull();
    expect(line({ product: { sellerSku: ' A 1' } })?.sku).toBe(' A 1');
  });

  it('ids of 15 digits stay exact, also as numbers', () => {
    expect(line({ orderItemId: 147645420374961 })?.orderItemId).toBe('147645420374961');
  });

  it('an order of 500 lines is read whole, also when each of them is odd', () => {
    const orderItems = Array.from({ length: 500 }, (_, i) => item({ orderItemId: `${i}`, programs: 'none' }));
    const many = read(order({ orderItems }));
    expect(many.lines).toHaveLength(500);
    expect(many.oddities).toHaveLength(500);
  });

  it('IMP-3: JPY has no decimals', () => {
    const raw = order({
      proceeds: { grandTotal: usd('19940', 'JPY') },
      orderItems: [item({ product: {}, proceeds: { proceedsTotal: usd('19940.4', 'JPY') } })],
    });
    expect(read(raw)).toMatchObject({
      total: { amount: 19940, currency: 'JPY' },
      lines: [{ proceeds: { total: { amount: 19940 } } }],
    });
  });

  it('SEC-2, SEC-5: an oddity never shows what the buyer wrote', () => {
    const deliveryAddress = { name: 'Eve\u0000', phone: 'secret\u0001', addressLine1: 7 };
    const raw = order({
      recipient: { deliveryAddress },
      orderItems: [
        item({
          cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'private\u0002' } },
        }),
      ],
    });
    expect(JSON.stringify(read(raw).oddities)).not.toMatch(/Eve|secret|private/);
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (raw) => typeof toDomain(raw, wantedData).ok === 'boolean'));
  });

  it('never throws when any one value of an order is another one, and gives text Postgres can keep', () => {
    const paths = leaves(
      order({
        orderItems: [
          item({
            cancellation: { cancellationRequest: { requester: 'BUYER' } },
            tax: { taxCollections: [{ model: 'X' }] },
          }),
        ],
        packages: [{ packageReferenceId: '1', packageItems: [{ orderItemId: '1', quantity: 1 }] }],
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
        ({ root, path }, value) => {
          const parsed = toDomain(replaced(root, path, value), wantedData);
          expect(JSON.stringify(parsed)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

interface Place {
  readonly root: unknown;
  readonly path: readonly string[];
}

function leaves(root: unknown, value: unknown = root, path: readonly string[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [{ root, path }];
  const inner = Object.entries(value).flatMap(([key, next]) => leaves(root, next, [...path, key]));
  return [...inner, { root, path }];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === key ? replaced(one, rest, by) : one));
  const entries = Object.entries(value as object).map(([k, one]: [string, unknown]) => [
    k,
    k === key ? replaced(one, rest, by) : one,
  ]);
  return Object.fromEntries(entries);
}

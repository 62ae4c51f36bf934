import { describe, expect, it } from 'vitest';
import { lineOf, orderOf } from '../../test/samples/orders.ts';
import { recall, remember } from './remembered.ts';

const prints = { address: 'h1', dates: 'h2', quantities: 'h3' };

/** An order in which every field that can hold a text holds one. */
const full = orderOf({
  serviceLevel: 'STANDARD',
  programmes: ['PRIME'],
  replacementFor: orderOf().id,
  businessOrderNumber: 'PO-1',
  recipient: {
    name: 'Ada',
    company: 'Engines',
    addressLines: ['1 Road', 'Floor 2'],
    city: 'Reno',
    district: 'North',
    state: 'NV',
    postalCode: '89501',
    countryCode: 'US',
    phone: '+1 775 555 0100',
    deliveryInstructions: 'Ring twice',
  },
  lines: [
    lineOf({
      customizationUrl: 'https://a.example/1',
      giftMessage: 'With love',
      giftWrapLevel: 'PLAIN',
      iossNumber: 'IM1',
      programmes: ['TRANSPARENCY'],
      request: { state: 'asked', reason: 'By mistake' },
      cancelled: { by: 'BUYER', reason: 'Too dear' },
    }),
  ],
  packages: [
    {
      reference: '1',
      carrier: 'UPS',
      trackingNumber: '1Z',
      shippedAt: '2026-11-20T00:00:00Z',
      status: 'SHIPPED',
      items: [],
    },
  ],
  oddities: [{ field: 'orderItems.0.quantity', what: 'unknown_value', value: 'NEW' }],
});

/** Puts its own path in place of every text. */
function marked(value: unknown, path: string): unknown {
  if (typeof value === 'string') return `canary ${path};`;
  if (Array.isArray(value)) return value.map((one) => marked(one, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      marked(inner, path === '' ? name : `${path}.${name}`),
    ]),
  );
}

/** Nothing of these is of a buyer. A field that is new has to be thought about before it is added here. */
const kept = [
  'deliverBy.latest',
  'fulfilledBy',
  'given',
  'id',
  'lines.asin',
  'lines.cancelled.by',
  'lines.giftWrapLevel',
  'lines.iossNumber',
  'lines.orderItemId',
  'lines.programmes',
  'lines.sku',
  'lines.title',
  'marketplaceId',
  'marketplaceName',
  'oddities.field',
  'oddities.value',
  'oddities.what',
  'packages.carrier',
  'packages.reference',
  'packages.shippedAt',
  'packages.status',
  'packages.trackingNumber',
  'programmes',
  'replacementFor',
  'requestsFrom',
  'serviceLevel',
  'shipBy.earliest',
  'shipBy.latest',
  'status',
];

describe('SEC-5: what is remembered of an order', () => {
  it('has nothing of its buyer: no address, no name, no words', () => {
    const canaries = marked(full, '') as typeof full;
    // What says whether somebody asked is no text of the buyer.
    const lines = canaries.lines.map((line) => ({
      ...line,
      request: { state: 'asked' as const, reason: 'canary lines.request.reason;' },
    }));
    const text = JSON.stringify(remember({ ...canaries, lines }, 1, prints));
    const there = [...text.matchAll(/canary ([^;]+);/g)].map(([, path]) => path ?? '');
    const money = (path: string) => path.includes('currency');
    expect([...new Set(there)].filter((path) => !money(path)).sort()).toEqual(kept);
  });

  it('still says that there is somebody to send to, and that the buyer asked', () => {
    const { order } = remember(full, 1, prints);
    expect(order.recipient).not.toBeNull();
    expect(order.lines[0]?.request).toEqual({ state: 'asked', reason: null });
    expect(remember(orderOf({ recipient: null }), 1, prints).order.recipient).toBeNull();
  });
});

describe('what comes back', () => {
  it('is what was kept', () => {
    const one = remember(full, 5, prints);
    expect(recall(JSON.parse(JSON.stringify(one)))).toEqual(one);
  });

  it.each([null, undefined, 'text', 1, {}, { form: 0, readAt: 1, order: full }])('not of %j', (value) => {
    expect(recall(value)).toBeNull();
  });
});

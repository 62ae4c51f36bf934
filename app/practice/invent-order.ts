import type { AmazonLine, AmazonOrder } from '../domain/amazon-order.ts';
import { describe } from '../domain/describe.ts';
import { amazonOrderId, amazonOrderItemId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PracticeOrder } from './practice-shop.ts';

const dayMs = 24 * 3_600_000;
const currency = 'USD';
const marketplaceId = 'ATVPDKIKX0DER';

/** What is sold in practice: SKU, name, price in cents. */
const goods = {
  blue: ['PRACTICE-BLUE', 'Blue mug', 1_290],
  red: ['PRACTICE-RED', 'Red mug', 2_200],
  tea: ['PRACTICE-TEA', 'Teapot', 3_990],
} as const;

/** The orders that can come in, in their turn. */
const baskets: readonly (readonly (keyof typeof goods)[])[] = [
  ['blue', 'red'],
  ['tea'],
  ['red'],
  ['blue', 'tea'],
  ['blue'],
  ['tea', 'red'],
];

/** What a buyer writes into the request, in their turn. */
export const reasons = [
  'Ordered by mistake 😀 <b>',
  'Found it cheaper elsewhere',
  'Arrives too late',
] as const;

const money = (amount: number): Money => ({ amount, currency });

function lineOf(order: number, place: number, what: keyof typeof goods): AmazonLine {
  const [sku, title, price] = goods[what];
  const none = money(0);
  return {
    orderItemId: amazonOrderItemId(`9000000000${order}${place}`),
    asin: null,
    sku,
    title,
    quantityOrdered: 1,
    quantityFulfilled: 0,
    quantityUnfulfilled: 1,
    unitPrice: money(price),
    proceeds: {
      item: money(price),
      shipping: none,
      giftWrap: none,
      codFee: none,
      other: none,
      discount: { item: none, shipping: none, giftWrap: none },
      tax: { item: none, shipping: none, giftWrap: none, other: none },
      total: money(price),
    },
    taxByMarketplace: false,
    customizationUrl: null,
    giftMessage: null,
    giftWrapLevel: null,
    iossNumber: null,
    programmes: [],
    request: { state: 'none' },
    cancelled: null,
  };
}

/** There is somebody to send to, and nobody in particular. */
const nobody = {
  name: null,
  company: null,
  addressLines: [],
  city: null,
  district: null,
  state: null,
  postalCode: null,
  countryCode: 'US',
  phone: null,
  deliveryInstructions: null,
};

function amazonOrder(n: number, now: number): AmazonOrder {
  const basket = baskets[(n - 1) % baskets.length] ?? ['tea'];
  const lines = basket.map((what, place) => lineOf(n, place, what));
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    id: amazonOrderId(`000-0000000-000000${n}`),
    marketplaceId,
    marketplaceName: 'Amazon.com',
    createdAt: now - 60_000,
    updatedAt: now - 60_000,
    status: 'unshipped',
    fulfilledBy: 'merchant',
    serviceLevel: 'STANDARD',
    shipBy: { earliest: at(now), latest: at(now + 4 * dayMs) },
    deliverBy: { earliest: null, latest: at(now + 9 * dayMs) },
    programmes: [],
    replacementFor: null,
    businessOrderNumber: null,
    total: money(lines.reduce((sum, { unitPrice }) => sum + (unitPrice?.amount ?? 0), 0)),
    lines,
    requestsFrom: 'order',
    recipient: nobody,
    packages: [],
    given: ['BUYER', 'RECIPIENT', 'PROCEEDS', 'PROMOTION', 'CANCELLATION', 'FULFILLMENT', 'PACKAGES', 'TAX'],
    oddities: [],
  };
}

/** An invented order of a pretend buyer, the `n`th of its practice, placed a minute before `now` (ms UTC). */
export function inventOrder(n: number, now: number): PracticeOrder {
  return {
    amazon: amazonOrder(n, now),
    shopify: null,
    commands: [],
    requests: [],
    choices: [],
    facts: [],
    coming: [],
    refuses: false,
    said: describe([{ key: 'importing', params: {} }]),
    problems: [],
  };
}

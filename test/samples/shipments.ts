import { packageReference } from '../../app/domain/package-reference.ts';
import type { AmazonPackage } from '../../app/domain/amazon-order.ts';
import type { Choice } from '../../app/domain/choice.ts';
import type { Command } from '../../app/domain/command.ts';
import type { Case } from '../../app/domain/dealing.ts';
import type { Situation } from '../../app/domain/decide.ts';
import { amazonOrderItemId } from '../../app/domain/ids.ts';
import { answerSubject } from '../../app/domain/choice.ts';
import { fulfilShopifyKey, shipAmazonKey } from '../../app/domain/money-keys.ts';
import type { BookedFulfillment, BookedLine, OrderBooks } from '../../app/domain/order-books.ts';
import type { FulfillmentOrder } from '../../app/domain/shopify-order.ts';
import { foundOrder, lineOf, money, orderId, orderOf } from './orders.ts';
import { sampleNow, situationOf, toOwn } from './situations.ts';

export const lampItem = '147645420374961';
export const bulbItem = '147645420374962';
const items: Readonly<Record<string, string>> = { L1: lampItem, L2: lampItem, L3: bulbItem };

/** An Amazon order of three lamps and a bulb. */
export const ofFour = (changes: Parameters<typeof orderOf>[0] = {}) =>
  orderOf({
    lines: [
      lineOf({ quantityOrdered: 3, quantityUnfulfilled: 3 }),
      lineOf({ orderItemId: amazonOrderItemId(bulbItem), sku: 'BULB' }),
    ],
    ...changes,
  });

const bookedLine = (id: string, quantity: number): BookedLine => ({
  id,
  orderItemId: items[id] ?? null,
  sku: items[id] === bulbItem ? 'BULB' : 'LAMP',
  quantity,
  currentQuantity: quantity,
  unfulfilled: quantity,
  unitPrice: money(1000),
  tax: money(0),
});

/** Shopify's books: two lamps, one lamp and a bulb as lines L1, L2 and L3, and GIFT, which staff added. */
export const booksOf = (fulfillments: readonly BookedFulfillment[] = []): OrderBooks => ({
  cancelReason: null,
  cancelKey: null,
  taxesIncluded: false,
  currency: 'USD',
  sale: null,
  lines: [bookedLine('L1', 2), bookedLine('L2', 1), bookedLine('L3', 1), bookedLine('GIFT', 1)],
  shipping: { price: money(0), tax: money(0) },
  refunds: [],
  fulfillments,
  locationId: null,
});

/** A fulfilment of units by line, with its tracking numbers. */
export const fulfilled = (
  n: number,
  lines: Readonly<Record<string, number>>,
  numbers: readonly string[] = ['1Z999AA10123456784'],
  changes: Partial<BookedFulfillment> = {},
): BookedFulfillment => ({
  id: `gid://shopify/Fulfillment/${String(n)}`,
  status: 'SUCCESS',
  at: sampleNow - 60_000,
  updatedAt: sampleNow - 60_000,
  tracking: numbers.map((number) => ({ number, company: 'UPS' })),
  lines: Object.entries(lines).map(([lineItemId, quantity]) => ({ lineItemId, quantity })),
  ...changes,
});

/** A parcel that Amazon shows. */
export const parcelOf = (
  reference: string,
  units: Readonly<Record<string, number>>,
  trackingNumber: string | null = 'SC1',
): AmazonPackage => ({
  reference,
  carrier: 'UPS',
  trackingNumber,
  shippedAt: null,
  status: 'SHIPPED',
  items: Object.entries(units).map(([id, quantity]) => ({ orderItemId: amazonOrderItemId(id), quantity })),
});

const rest = { attempt: 1, refusal: null, notBefore: null, provedAt: null, job: null } as const;
const sent = { sentAt: sampleNow - 30_000, endedAt: sampleNow - 29_000 } as const;

/** A confirmation of fulfilment `n`, as it was sent half a minute ago. */
export const shipCommand = (
  n: number,
  units: Readonly<Record<string, number>>,
  changes: Partial<Command<'ship_amazon'>> = {},
  turn = 0,
): Command<'ship_amazon'> => ({
  ...rest,
  ...sent,
  id: `s${String(n)}-${String(turn)}`,
  key: shipAmazonKey(orderId, String(n), turn),
  kind: 'ship_amazon',
  state: 'accepted',
  args: {
    by: 'call',
    reference: packageReference(`gid://shopify/Fulfillment/${String(n)}`),
    carrierCode: 'UPS',
    carrierName: null,
    tracking: '1Z999AA10123456784',
    shippedAt: sampleNow - 60_000,
    items: Object.entries(units).map(([orderItemId, quantity]) => ({ orderItemId, quantity })),
  },
  ...changes,
});

/** A fulfilment that was entered in Shopify for one of Amazon's parcels. */
export const fulfilCommand = (
  reference: string,
  changes: Partial<Command<'fulfil_shopify'>> = {},
): Command<'fulfil_shopify'> => ({
  ...rest,
  ...sent,
  id: `f${reference}`,
  key: fulfilShopifyKey(orderId, reference, 0),
  kind: 'fulfil_shopify',
  state: 'accepted',
  args: {
    reference,
    tracking: 'SC1',
    company: 'UPS',
    work: [{ fulfillmentOrder: 'FO1', parts: [{ id: 'FO1-L1', quantity: 1 }] }],
  },
  ...changes,
});

/** Open work of units by line. */
export const workOf = (
  id: string,
  units: Readonly<Record<string, number>>,
  changes: Partial<FulfillmentOrder> = {},
): FulfillmentOrder => ({
  id,
  status: 'OPEN',
  requestStatus: 'UNSUBMITTED',
  actions: ['HOLD'],
  location: 'Shop',
  holds: [],
  lines: Object.entries(units).map(([lineItemId, remaining]) => ({
    id: `${id}-${lineItemId}`,
    lineItemId,
    orderItemId: items[lineItemId] ?? null,
    sku: null,
    remaining,
  })),
  ...changes,
});

/** What a person answered to a problem. */
export const answered = (problem: string, subject: string, choice: string, value = ''): Choice<'answer'> => ({
  id: `${problem}-${subject}`,
  kind: 'answer',
  subject: answerSubject(problem, subject),
  args: { choice, value: value === '' ? null : value },
  state: 'open',
  by: 'staff',
  at: sampleNow - 1000,
  undoUntil: sampleNow - 1000,
  endedAt: null,
  outcome: null,
});

/** The order of four on both sides, looked at just now. */
export function shipCase(
  changes: Partial<Omit<Case, 'situation'>> & {
    readonly situation?: Partial<Situation>;
    readonly work?: readonly FulfillmentOrder[];
  } = {},
): Case {
  const { situation, work, ...others } = changes;
  return {
    situation: situationOf({ link: toOwn, ...situation }),
    order: ofFour(),
    readAt: sampleNow - 1000,
    askedAt: sampleNow - 1000,
    linked: foundOrder(),
    books: booksOf(),
    handling: work ? { mark: null, tagged: false, fulfillmentOrders: work } : null,
    request: null,
    ...others,
  };
}

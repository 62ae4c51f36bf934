import fc from 'fast-check';
import type { AmazonLine, AmazonOrder } from '../../app/domain/amazon-order.ts';
import { amazonOrderItemId } from '../../app/domain/ids.ts';
import { lineOf, money, orderOf, proceedsOf, type Cents } from './orders.ts';

/** Currencies with none, two and three decimals, each with a marketplace (none is known for the dinar). */
const places = [
  { currency: 'USD', marketplaceId: 'ATVPDKIKX0DER' },
  { currency: 'EUR', marketplaceId: 'A1PA6795UKMFR9' },
  { currency: 'JPY', marketplaceId: 'A1VC38T7YXB528' },
  { currency: 'KWD', marketplaceId: 'NEWMARKET' },
] as const;

const some = (max: number) => fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat({ max }));
/** A price with what is taken off it, never more than it is. */
const price = (max: number) =>
  fc.tuple(fc.nat({ max }), fc.nat({ max })).map(([a, b]) => [Math.max(a, b), Math.min(a, b)] as const);
const maybe = (max: number) => fc.oneof({ weight: 2, arbitrary: fc.constant([0, 0] as const) }, price(max));

const centsOf = fc
  .record({
    goods: price(99_999),
    ship: maybe(2_000),
    wrap: maybe(800),
    codFee: some(500),
    other: some(300),
    itemTax: some(9_999),
    shippingTax: some(300),
    giftWrapTax: some(99),
    otherTax: some(50),
  })
  .map(
    ({
      goods: [item, itemDiscount],
      ship: [shipping, shippingDiscount],
      wrap: [giftWrap, giftWrapDiscount],
      ...rest
    }) => ({
      ...{ item, itemDiscount, shipping, shippingDiscount, giftWrap, giftWrapDiscount },
      ...rest,
    }),
  );

/** Texts that programs stumble over; none of them is dropped by reading. */
export const hostile = fc.oneof(
  fc.constantFrom(
    '😀 mug',
    'كوب أزرق',
    '<script>alert(1)</script>',
    '"; drop table orders; --',
    '\\" OR tag:x',
    '   ',
    '=1+1',
    '${name}',
    'ａ'.repeat(600),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
);
const text = fc.oneof(fc.constant(null), fc.constant('plain'), hostile);

const recipient = fc.option(
  fc.record({
    name: text,
    company: text,
    addressLines: fc.array(hostile, { maxLength: 3 }),
    city: text,
    district: text,
    state: fc.oneof(text, fc.constantFrom('CA', 'ca', 'NSW', 'Essex', '東京都')),
    postalCode: text,
    countryCode: fc.oneof(
      text,
      fc.constantFrom('US', 'us', 'PR', 'UK', 'ZZ', 'QQ', 'AQ', 'JP', 'Deutschland'),
    ),
    phone: text,
    deliveryInstructions: text,
  }),
);

const shapeOf = fc.record({
  title: text,
  asin: text,
  sku: text,
  quantityOrdered: fc.integer({ min: 1, max: 7 }),
  taxByMarketplace: fc.constantFrom(true, false, null),
  giftMessage: text,
  giftWrapLevel: text,
  iossNumber: text,
  customizationUrl: text,
  programmes: fc.array(fc.constantFrom('PRIME', 'TRANSPARENCY', 'NEW'), { maxLength: 2 }),
});

function net(c: Required<Omit<Cents, 'currency' | 'total' | `${string}Tax`>>): number {
  return (
    c.item -
    c.itemDiscount +
    c.shipping -
    c.shippingDiscount +
    c.giftWrap -
    c.giftWrapDiscount +
    c.codFee +
    c.other
  );
}

/** An order whose parts add up to its total, and the tax in it (minor units). */
export interface GeneratedOrder {
  readonly order: AmazonOrder;
  readonly tax: number;
  readonly inclusive: boolean;
}

/** Orders as Amazon may send them: any cents, discounts and taxes, in prices with and without tax. */
export const generatedOrder: fc.Arbitrary<GeneratedOrder> = fc
  .record({
    place: fc.constantFrom(...places),
    lines: fc.array(fc.tuple(centsOf, shapeOf), { minLength: 1, maxLength: 5 }),
    inclusive: fc.boolean(),
    recipient,
    serviceLevel: text,
    businessOrderNumber: text,
    totalOnLines: fc.boolean(),
    status: fc.constantFrom('unshipped', 'partially_shipped', 'shipped', 'unknown'),
  })
  .map(({ place, lines, inclusive, totalOnLines, ...rest }) => {
    const { currency, marketplaceId } = place;
    const taxes = lines.map(([c]) => c.itemTax + c.shippingTax + c.giftWrapTax + c.otherTax);
    const totals = lines.map(([c], i) => net(c) + (inclusive ? 0 : (taxes[i] ?? 0)));
    const made = lines.map(([cents, shape], i): AmazonLine => {
      const total = totals[i] ?? 0;
      return lineOf({
        ...shape,
        orderItemId: amazonOrderItemId(String(10_000_000_000_000 + i)),
        proceeds: proceedsOf({ ...cents, currency, total }),
        unitPrice: null,
      });
    });
    const add = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    const total = totalOnLines ? null : money(add(totals), currency);
    return { order: orderOf({ ...rest, marketplaceId, total, lines: made }), tax: add(taxes), inclusive };
  });

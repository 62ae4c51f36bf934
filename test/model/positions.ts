import fc from 'fast-check';
import { stocks } from './places.ts';

/** What may be one way or another in a run: undocumented behaviour of both services, and where the products lie. */
const choices = {
  'shopify.duplicate-id-metafield': ['rejects', 'accepts'],
  'shopify.identifier-lookup': ['immediate', 'lags-like-search'],
  'shopify.search-lag-default': ['none', 'ten-seconds'],
  'shopify.fulfillment-orders-appear': ['at-once', 'after-5-seconds'],
  'shopify.new-fulfillment-orders': ['open', 'open', 'scheduled'],
  'shopify.fulfillment-order-split': ['allowed', 'allowed', 'refused'],
  'shopify.held-part': ['keeps-id', 'new-id'],
  'shopify.hold-partly-fulfilled': ['allowed', 'allowed', 'refused'],
  'shopify.merge-after-release': ['merges', 'stays'],
  'shopify.release-hold-of-others': ['allowed', 'refused'],
  'shopify.release-without-hold': ['accepts', 'refuses'],
  'shopify.unknown-fulfillment-order': ['user-error', 'user-error', 'invalid-id'],
  'amazon.request-after-shipping': ['stays', 'goes'],
  'amazon.request-after-cancel': ['stays', 'goes'],
  'amazon.quantity-after-cancel': ['keeps', 'zero'],
  'amazon.update-time': ['seconds', 'milliseconds'],
  'amazon.cancel-after-shipping': ['refused', 'refused', 'refunds-order'],
  'amazon.partial-acknowledgement': ['refused', 'no-effect', 'whole-order', 'listed-lines'],
  'amazon.feed-effect': ['with-report', 'later'],
  'amazon.feed-report-packing': ['plain', 'gzip'],
  'amazon.feed-report-encoding': ['utf-8', 'iso-8859-1'],
  'amazon.feed-report-info': ['order', 'none', 'another-order'],
  'amazon.fatal-feed-report': ['none', 'report'],
  'amazon.update-on-refund': ['no', 'yes'],
  'amazon.finance-lag': ['48h', '6h', 'none'],
  'amazon.breakdown-names': ['live', 'model'],
  'shopify.idempotency-errors': ['user-errors', 'request-errors'],
  'shopify.key-of-refused-request': ['tried-again', 'spent'],
  'shopify.refund-without-restock': ['not-to-send', 'still-to-send'],
  'shopify.restock-of-untaken': ['adds', 'ignored'],
  'shopify.order-cancel-duration': ['a-moment', 'a-minute', 'at-once'],
  'shopify.order-cancel-checks': ['at-once', 'in-job'],
  'shopify.cancel-without-refund': ['removes-lines', 'keeps-lines'],
  'shopify.cancel-at-third-party': ['refused', 'accepted'],
  'shopify.fulfillment-orders-of-cancelled-order': ['closed', 'cancelled'],
  /** The merchant's own settings. */
  refundsOnAmazon: ['sometimes', 'never'],
  restock: ['yes', 'no'],
  stock: stocks,
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Choices = typeof choices;
/** How everything is in one run. */
export type Positions = { readonly [Name in keyof Choices]: Choices[Name][number] };

const names = Object.keys(choices) as (keyof Choices)[];

/** The first choice of everything. */
export const usual = Object.fromEntries(names.map((name) => [name, choices[name][0]])) as Positions;

/** Any choice of everything. */
export const positions = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom<string>(...choices[name])])),
) as fc.Arbitrary<Positions>;

import fc from 'fast-check';
import type { Fault } from '../../app/sandbox/contract.ts';

/** What people decide about cancels and money, here, in Shopify's own admin, or in Seller Central. */
const deeds = [
  'approve',
  'approve-with-reason',
  'undo',
  'cancel-in-shopify',
  'cancel-in-shopify-without-refund',
  'refund-in-shopify',
  'refund-all-in-shopify',
  'refund-on-amazon',
  'claim-on-amazon',
  'answer',
] as const;
export type Deed = (typeof deeds)[number];

/** What can happen around cancels, shipments and refunds. `which` counts the orders placed so far, round and round. */
export interface DealingStep {
  readonly do: 'deed';
  readonly deed: Deed;
  readonly which: number;
  /** Which of several ways, where there are some: amounts, answers. */
  readonly pick: number;
}

const second = 1_000;
const minute = 60 * second;
const which = fc.nat({ max: 9 });

/** A person decides something. */
export const dealingStep: fc.Arbitrary<DealingStep> = fc.record({
  do: fc.constant('deed'),
  deed: fc.constantFrom<Deed>('approve', 'approve', ...deeds),
  which,
  pick: fc.nat({ max: 5 }),
});

const lost = fc.constantFrom('drop-answer', 'drop-request', 'error', 'throttle');

const late = (service: 'amazon' | 'shopify', operation: string) =>
  fc.integer({ min: second, max: 8 * minute }).map((ms): Fault => ({
    service,
    match: { operation },
    kind: 'late-effect',
    ms,
  }));

const writes: readonly { readonly service: 'amazon' | 'shopify'; readonly operation: string }[] = [
  { service: 'amazon', operation: 'createFeed' },
  { service: 'amazon', operation: 'confirmShipment' },
  { service: 'shopify', operation: 'orderCancel' },
  { service: 'shopify', operation: 'refundCreate' },
  { service: 'shopify', operation: 'fulfillmentCreate' },
];

/** Faults of the writes that move money, and of batches. */
export const dealingFault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ write: fc.constantFrom(...writes), kind: lost, times: fc.integer({ min: 1, max: 2 }) })
      .map(({ write: { service, operation }, kind, times }): Fault => ({
        service,
        match: { operation },
        kind,
        times,
      })),
  },
  { weight: 3, arbitrary: fc.oneof(late('amazon', 'createFeed'), late('amazon', 'confirmShipment')) },
  { weight: 1, arbitrary: late('shopify', 'fulfillmentCreate') },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('uploadFeed', 'createFeedDocument', 'getFeed', 'getFeeds', 'getFeedDocument')
      .map((operation): Fault => ({ service: 'amazon', match: { operation }, kind: 'error', status: 503 })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('fatal-feed', 'reject-message')
      .map((kind): Fault => ({ service: 'amazon', match: {}, kind })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: minute, max: 200 * minute })
      .map((ms): Fault => ({ service: 'amazon', match: {}, kind: 'stuck-feed', ms })),
  },
);

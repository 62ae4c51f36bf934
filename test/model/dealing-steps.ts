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
  'refund-on-both',
  'refund-here',
  'claim-on-amazon',
  'decline',
  'record-message',
  'remove-mark',
  'cancel-lines',
  'answer',
  'solve',
  'dry-run-on',
  'dry-run-off',
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

/** Deeds by how often they happen; most runs are not in dry run. */
const anyDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Deed>('approve', 'approve-with-reason', 'answer', 'solve') },
  {
    weight: 9,
    arbitrary: fc.constantFrom<Deed>(...deeds.filter((deed) => !deed.startsWith('dry-run'))),
  },
  { weight: 1, arbitrary: fc.constantFrom<Deed>('dry-run-on', 'dry-run-off', 'dry-run-off') },
);

/** A person decides something. */
export const dealingStep: fc.Arbitrary<DealingStep> = fc.record({
  do: fc.constant('deed'),
  deed: anyDeed,
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

interface Write {
  readonly service: 'amazon' | 'shopify';
  readonly operation: string;
}

const writes: readonly Write[] = [
  { service: 'amazon', operation: 'createFeed' },
  { service: 'amazon', operation: 'confirmShipment' },
  { service: 'shopify', operation: 'orderCancel' },
  { service: 'shopify', operation: 'refundCreate' },
  { service: 'shopify', operation: 'fulfillmentCreate' },
];

/** The very next calls of one of these writes go wrong, or take effect later than they answer. */
export const struck = (...those: readonly Write[]): fc.Arbitrary<Fault> =>
  fc.constantFrom(...those).chain((write) =>
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc
          .constantFrom('drop-answer', 'drop-answer', 'drop-request', 'error')
          .map((kind): Fault => ({ service: write.service, match: { operation: write.operation }, kind })),
      },
      { weight: 1, arbitrary: late(write.service, write.operation) },
    ),
  );

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
  {
    weight: 2,
    arbitrary: fc.oneof(
      late('shopify', 'fulfillmentCreate'),
      late('shopify', 'orderCancel'),
      late('shopify', 'refundCreate'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'uploadFeed',
        'createFeedDocument',
        'getFeed',
        'getFeeds',
        'getFeedDocument',
        'listTransactions',
      )
      .map((operation): Fault => ({ service: 'amazon', match: { operation }, kind: 'error', status: 503 })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        kind: fc.constantFrom('fatal-feed', 'reject-message'),
        value: fc.constantFrom('none', 'some', 'all'),
      })
      .map(({ kind, value }): Fault => ({
        service: 'amazon',
        match: {},
        kind,
        ...(kind === 'fatal-feed' ? { value } : {}),
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        ms: fc.integer({ min: minute, max: 200 * minute }),
        value: fc.constantFrom('none', 'some', 'all', 'queue'),
      })
      .map(({ ms, value }): Fault => ({ service: 'amazon', match: {}, kind: 'stuck-feed', ms, value })),
  },
);

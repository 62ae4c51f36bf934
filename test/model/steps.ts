import fc from 'fast-check';
import type { Fault } from '../../app/sandbox/contract.ts';
import { orderShapes, type OrderShape } from './orders.ts';
import { requestFault, type RequestStep } from './request-steps.ts';
import { dealingFault, type DealingStep } from './dealing-steps.ts';
import type { Cut } from './worker.ts';

export const changes = [
  'ship',
  'ship-line',
  'ship-one',
  'cancel',
  'cancel-line',
  'touch',
  'pay',
  'delete-in-shopify',
] as const;
export type Job = 'poll' | 'drain' | 'feed' | 'finances';

/** What can happen in the model's world. `which` counts the orders placed so far, round and round. */
export type Step =
  | { readonly do: 'place'; readonly shapes: readonly OrderShape[] }
  | { readonly do: 'change'; readonly how: (typeof changes)[number]; readonly which: number }
  /** A person asks for an order. */
  | { readonly do: 'ask'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'work'; readonly job: Job; readonly cut?: Cut }
  /** Two workers at once. */
  | { readonly do: 'both'; readonly jobs: readonly [Job, Job]; readonly cut?: Cut }
  /** So much real time passes that every lease nobody renews runs out. */
  | { readonly do: 'leases-run-out' }
  /** A worker that stood still goes on; 0 is the one that stopped last. */
  | { readonly do: 'let-go'; readonly which: number }
  | { readonly do: 'fault'; readonly fault: Fault }
  | RequestStep
  | DealingStep;

export const second = 1_000;
export const minute = 60 * second;
/** Later than this after a lost create nobody looks for its effect any more; see createEffectMs. */
export const latestEffectMs = 9 * minute;

const wait = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => n * second) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }).map((n) => n * minute) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => n * 60 * minute) },
);
export const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.integer({ min: 1, max: 40 }),
  then: fc.constantFrom('die', 'stall'),
});
const times = fc.integer({ min: 1, max: 3 });

const amazonFault: fc.Arbitrary<Fault> = fc
  .record({
    operation: fc.constantFrom('searchOrders', 'getOrder'),
    kind: fc.constantFrom('error', 'throttle', 'drop-answer', 'drop-request'),
    times,
  })
  .map(({ operation, kind, times: n }) => ({ service: 'amazon', match: { operation }, kind, times: n }));

const createFault: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .record({
      kind: fc.constantFrom('drop-answer', 'drop-request', 'error', 'throttle'),
      times,
    })
    .map(({ kind, times: n }): Fault => ({
      service: 'shopify',
      match: { operation: 'orderCreate' },
      kind,
      times: n,
    })),
  fc.integer({ min: second, max: 5 * minute }).map((ms): Fault => ({
    service: 'shopify',
    match: { operation: 'orderCreate' },
    kind: 'late-effect',
    ms,
  })),
  fc.constantFrom(10, 10, 60).map((s): Fault => ({
    service: 'shopify',
    match: { operation: 'orderCreate' },
    kind: 'search-lag',
    ms: s * second,
    times: 3,
  })),
  fc
    .constantFrom('nodes', 'productVariants', 'token')
    .map((operation): Fault => ({ service: 'shopify', match: { operation }, kind: 'error' })),
);

export const which = fc.nat({ max: 9 });
export const job = fc.constantFrom<Job>('poll', 'poll', 'drain', 'drain', 'feed', 'finances');
export const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight, arbitrary }, { weight: 10 - weight, arbitrary: fc.constant(undefined) });
export const withCut = <T extends object>(step: T, at: Cut | undefined) => (at ? { ...step, cut: at } : step);

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(
        fc.oneof({ weight: 2, arbitrary: fc.constant<OrderShape>('plain') }, fc.constantFrom(...orderShapes)),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((shapes): Step => ({ do: 'place', shapes })),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change'), how: fc.constantFrom(...changes), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask'), which }) },
  { weight: 6, arbitrary: wait.map((ms): Step => ({ do: 'wait', ms })) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(job, maybe(cut, 3))
      .map(([which, at]): Step => withCut({ do: 'work', job: which } as const, at)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.tuple(job, job), maybe(cut, 3))
      .map(([two, at]): Step => withCut({ do: 'both', jobs: two } as const, at)),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'leases-run-out' }) },
  { weight: 2, arbitrary: which.map((n): Step => ({ do: 'let-go', which: n })) },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        { weight: 1, arbitrary: amazonFault },
        { weight: 2, arbitrary: createFault },
        { weight: 3, arbitrary: requestFault },
        { weight: 3, arbitrary: dealingFault },
      )
      .map((fault): Step => ({ do: 'fault', fault })),
  },
);

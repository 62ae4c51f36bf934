import fc from 'fast-check';
import type { Fault } from '../../app/sandbox/contract.ts';
import { orderShapes, type OrderShape } from './orders.ts';
import { positions, type Positions } from './positions.ts';
import { requestFault, requestStep, type RequestStep, type Whose } from './request-steps.ts';
import { dealingFault, dealingStep, type DealingStep, type Deed } from './dealing-steps.ts';
import type { Cut } from './worker.ts';

const changes = [
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

/** One run of the model. */
export interface Run {
  readonly positions: Positions;
  readonly steps: readonly Step[];
}

const second = 1_000;
const minute = 60 * second;
/** Later than this after a lost create nobody looks for its effect any more; see createEffectMs. */
export const latestEffectMs = 9 * minute;

const wait = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map((n) => n * second) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }).map((n) => n * minute) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((n) => n * 60 * minute) },
);
const cut: fc.Arbitrary<Cut> = fc.record({
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

const which = fc.nat({ max: 9 });
const job = fc.constantFrom<Job>('poll', 'poll', 'drain', 'drain', 'feed', 'finances');
const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight, arbitrary }, { weight: 10 - weight, arbitrary: fc.constant(undefined) });
const withCut = <T extends object>(step: T, at: Cut | undefined) => (at ? { ...step, cut: at } : step);

const step: fc.Arbitrary<Step> = fc.oneof(
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

/** Something happens to an order, and is told, while a worker stands still over it. */
const meanwhile: fc.Arbitrary<readonly Step[]> = fc
  .record({
    job,
    at: fc.integer({ min: 2, max: 24 }),
    how: fc.constantFrom(...changes),
    which,
    ms: fc.integer({ min: 1, max: 8 * 60 }).map((n) => n * second),
    told: fc.constantFrom<Step['do']>('ask', 'work'),
  })
  .map(({ job: which1, at, how, which: n, ms, told }): Step[] => [
    { do: 'work', job: which1, cut: { at, then: 'stall' } },
    { do: 'change', how, which: n },
    { do: 'wait', ms },
    told === 'ask' ? { do: 'ask', which: n } : { do: 'work', job: 'poll' },
    { do: 'let-go', which: 0 },
  ]);

/** Orders come in, so that what follows has something to be about. */
const comeIn: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.constantFrom<OrderShape>('plain', 'lines', 'lines', 'twoUnits', 'unlisted'), {
    minLength: 1,
    maxLength: 2,
  })
  .map((shapes): Step[] => [
    { do: 'place', shapes },
    { do: 'wait', ms: 155 * second },
    { do: 'work', job: 'poll' },
  ]);

const lookedAt = (n: number, ms: number): Step[] => [
  { do: 'ask', which: n },
  { do: 'work', job: 'drain' },
  { do: 'wait', ms },
  { do: 'work', job: 'drain' },
];

/** Amazon gives neither of its orders with what the buyer asked for. */
const goBlind: readonly Step[] = [
  {
    do: 'fault',
    fault: {
      service: 'amazon',
      match: { operation: 'getOrder' },
      kind: 'refuse-data',
      value: 'CANCELLATION',
      times: 9,
    },
  },
  {
    do: 'fault',
    fault: { service: 'amazon', match: { operation: 'getOrderItems' }, kind: 'error', times: 9 },
  },
];

/** A buyer asks, it is held, something happens, and the app looks twice: the way on which holds go and come. */
const wish: fc.Arbitrary<readonly Step[]> = fc
  .record({
    which,
    lines: fc.constantFrom<Whose>('all', 'first', 'last'),
    between: fc.oneof<fc.Arbitrary<readonly Step[]>[]>(
      fc.constant<readonly Step[]>([]),
      fc.constant(goBlind),
      fc
        .constantFrom('release-own', 'release', 'hold', 'hold-by-app')
        .map((act): readonly Step[] => [{ do: 'people', act, which: 0, pick: 0 }]),
      fc.array(requestStep, { minLength: 1, maxLength: 2 }),
      requestFault.map((fault): readonly Step[] => [{ do: 'fault', fault }]),
      fc.constantFrom(...changes).map((how): readonly Step[] => [{ do: 'change', how, which: 0 }]),
    ),
    back: fc.boolean(),
    ms: fc.constantFrom(second, 30 * second, 61 * second),
  })
  .map(({ which: n, lines, between, back, ms }): Step[] => [
    { do: 'buyer', how: 'asks', which: n, lines, reason: 0 },
    ...lookedAt(n, second),
    ...between.map((one) => ('which' in one && one.do !== 'let-go' ? { ...one, which: n } : one)),
    ...(back ? [{ do: 'buyer', how: 'takes-back', which: n, lines, reason: null } as const] : []),
    ...lookedAt(n, ms),
    ...lookedAt(n, second),
  ]);

/** The app looks at what an order is about, and time passes. */
const looked: fc.Arbitrary<readonly Step[]> = fc
  .record({ which, ms: fc.constantFrom(second, 10 * second, 61 * second) })
  .map(({ which: n, ms }): Step[] => lookedAt(n, ms));

/** Somebody wants an order cancelled, the app looks, the undo time passes, and a batch goes out. */
const cancelled: fc.Arbitrary<readonly Step[]> = fc
  .record({
    which,
    asked: fc.boolean(),
    deed: fc.constantFrom<Deed>('approve', 'approve-with-reason', 'cancel-in-shopify'),
    between: fc.oneof<fc.Arbitrary<readonly Step[]>[]>(
      fc.constant<readonly Step[]>([]),
      dealingFault.map((fault): readonly Step[] => [{ do: 'fault', fault }]),
      fc.constantFrom(...changes).map((how): readonly Step[] => [{ do: 'change', how, which: 0 }]),
      dealingStep.map((one): readonly Step[] => [one]),
    ),
    /** What was proved may be old when the batch goes. */
    late: fc.constantFrom<readonly Step[]>([], [], [{ do: 'wait', ms: 6 * minute }]),
    at: maybe(cut, 3),
  })
  .map(({ which: n, asked, deed, between, late, at }): Step[] => [
    ...(asked ? [{ do: 'buyer', how: 'asks', which: n, lines: 'all', reason: 0 } as const] : []),
    ...lookedAt(n, second),
    { do: 'deed', deed, which: n, pick: 0 },
    { do: 'work', job: 'drain' },
    ...between.map((one) => ('which' in one && one.do !== 'let-go' ? { ...one, which: n } : one)),
    { do: 'wait', ms: 130 * second },
    { do: 'work', job: 'drain' },
    ...late,
    withCut({ do: 'work', job: 'feed' } as const, at),
    { do: 'wait', ms: 120 * second },
    { do: 'work', job: 'feed' },
    { do: 'work', job: 'drain' },
  ]);

/** Money of a shipped order goes back, on one side or on both, once or twice, and the finances show it. */
const refunded: fc.Arbitrary<readonly Step[]> = fc
  .record({
    which,
    deeds: fc.array(
      fc.record({
        deed: fc.constantFrom<Deed>(
          'refund-in-shopify',
          'refund-in-shopify',
          'refund-all-in-shopify',
          'refund-on-both',
          'refund-on-amazon',
          'refund-here',
        ),
        pick: fc.nat({ max: 5 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    between: fc.oneof<fc.Arbitrary<readonly Step[]>[]>(
      fc.constant<readonly Step[]>([]),
      dealingFault.map((fault): readonly Step[] => [{ do: 'fault', fault }]),
      dealingStep.map((one): readonly Step[] => [one]),
    ),
    shown: fc.constantFrom(0, 7 * 60 * minute, 50 * 60 * minute),
    at: maybe(cut, 3),
  })
  .map(({ which: n, deeds, between, shown, at }): Step[] => [
    { do: 'change', how: 'ship', which: n },
    ...lookedAt(n, second),
    ...deeds.map(({ deed, pick }): Step => ({ do: 'deed', deed, which: n, pick })),
    { do: 'wait', ms: shown },
    { do: 'work', job: 'finances' },
    { do: 'work', job: 'drain' },
    ...between.map((one) => ('which' in one && one.do !== 'let-go' ? { ...one, which: n } : one)),
    withCut({ do: 'work', job: 'feed' } as const, at),
    { do: 'wait', ms: 130 * second },
    { do: 'work', job: 'feed' },
    { do: 'work', job: 'drain' },
  ]);

const piece = fc.oneof(
  { weight: 8, arbitrary: step.map((one): readonly Step[] => [one]) },
  { weight: 6, arbitrary: requestStep.map((one): readonly Step[] => [one]) },
  { weight: 4, arbitrary: dealingStep.map((one): readonly Step[] => [one]) },
  { weight: 3, arbitrary: cancelled },
  { weight: 2, arbitrary: refunded },
  { weight: 1, arbitrary: meanwhile },
  { weight: 1, arbitrary: comeIn },
  { weight: 2, arbitrary: looked },
  { weight: 2, arbitrary: wish },
);

/** Any run of up to `most` steps. */
export const runs = (most: number): fc.Arbitrary<Run> =>
  fc.record({
    positions,
    steps: fc
      .tuple(
        fc.oneof(
          { weight: 2, arbitrary: comeIn },
          { weight: 1, arbitrary: fc.constant<readonly Step[]>([]) },
        ),
        fc.array(piece, { minLength: 1, maxLength: most, size: 'max' }),
      )
      .map(([first, pieces]) => [...first, ...pieces.flat()].slice(0, most)),
  });

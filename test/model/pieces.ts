import fc from 'fast-check';
import type { OrderShape } from './orders.ts';
import { requestFault, requestStep, type Whose } from './request-steps.ts';
import { changes, job, second, which, type Step } from './steps.ts';

/** Something happens to an order, and is told, while a worker stands still over it. */
export const meanwhile: fc.Arbitrary<readonly Step[]> = fc
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
export const comeIn: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.constantFrom<OrderShape>('plain', 'lines', 'lines', 'twoUnits', 'unlisted'), {
    minLength: 1,
    maxLength: 2,
  })
  .map((shapes): Step[] => [
    { do: 'place', shapes },
    { do: 'wait', ms: 155 * second },
    { do: 'work', job: 'poll' },
  ]);

export const lookedAt = (n: number, ms: number): Step[] => [
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
export const wish: fc.Arbitrary<readonly Step[]> = fc
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
export const looked: fc.Arbitrary<readonly Step[]> = fc
  .record({ which, ms: fc.constantFrom(second, 10 * second, 61 * second) })
  .map(({ which: n, ms }): Step[] => lookedAt(n, ms));

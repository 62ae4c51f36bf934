import fc from 'fast-check';
import type { Fault } from '../../app/sandbox/contract.ts';
import { dealingFault, dealingStep, struck, type Deed } from './dealing-steps.ts';
import { lookedAt } from './pieces.ts';
import { changes, cut, maybe, minute, second, which, withCut, type Step } from './steps.ts';

const batch = { service: 'amazon', operation: 'createFeed' } as const;
const strike = (fault: Fault): readonly Step[] => [{ do: 'fault', fault }];

/** Somebody wants an order cancelled, the app looks, the undo time passes, and a batch goes out. */
export const cancelled: fc.Arbitrary<readonly Step[]> = fc
  .record({
    which,
    asked: fc.boolean(),
    deed: fc.constantFrom<Deed>(
      ...(['approve', 'approve', 'approve-with-reason', 'cancel-in-shopify'] as const),
      'cancel-in-shopify-without-refund',
    ),
    between: fc.oneof<fc.Arbitrary<readonly Step[]>[]>(
      fc.constant<readonly Step[]>([]),
      struck(batch, { service: 'shopify', operation: 'orderCancel' }).map(strike),
      dealingFault.map(strike),
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
export const refunded: fc.Arbitrary<readonly Step[]> = fc
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
      struck(batch, { service: 'shopify', operation: 'refundCreate' }).map(strike),
      dealingFault.map(strike),
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

import fc from 'fast-check';
import { cancelled, refunded } from './dealing-pieces.ts';
import { dealingStep } from './dealing-steps.ts';
import { comeIn, looked, meanwhile, wish } from './pieces.ts';
import { positions, type Positions } from './positions.ts';
import { requestStep } from './request-steps.ts';
import { step, type Step } from './steps.ts';

/** One run of the model. */
export interface Run {
  readonly positions: Positions;
  readonly steps: readonly Step[];
}

/** What a run is made of, by how often it comes; a run that is about money alone finds what goes wrong with money sooner. */
const ofAnything = fc.oneof(
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
const ofMoney = fc.oneof(
  { weight: 2, arbitrary: step.map((one): readonly Step[] => [one]) },
  { weight: 3, arbitrary: dealingStep.map((one): readonly Step[] => [one]) },
  { weight: 4, arbitrary: cancelled },
  { weight: 6, arbitrary: refunded },
  { weight: 1, arbitrary: meanwhile },
  { weight: 1, arbitrary: comeIn },
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
        fc.oneof(
          ...[ofAnything, ofMoney].map((piece) =>
            fc.array(piece, { minLength: 1, maxLength: most, size: 'max' }),
          ),
        ),
      )
      .map(([first, pieces]) => [...first, ...pieces.flat()].slice(0, most)),
  });

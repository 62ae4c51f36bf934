import { statesThat } from '../domain/agreement.ts';

/** How many orders agree on both sides, of how many; what could not be read is neither (PRO-1). */
export interface InStep {
  readonly agree: number;
  readonly all: number;
  readonly notKnown: number;
}

const agreeing = new Set<string>(statesThat('agree'));
const unreadable = new Set<string>(statesThat('not_known'));
const outside = new Set<string>(statesThat('outside'));

/** Sums the orders of a shop, counted by state, into the number on the home page. */
export function inStep(counts: readonly { state: string; count: number }[]): InStep {
  const total = (some: typeof counts) => some.reduce((sum, each) => sum + each.count, 0);
  const inside = counts.filter((each) => !outside.has(each.state));
  return {
    agree: total(inside.filter((each) => agreeing.has(each.state))),
    all: total(inside),
    notKnown: total(inside.filter((each) => unreadable.has(each.state))),
  };
}

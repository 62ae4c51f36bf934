import type { OfKind } from '../db/problem-kinds.ts';
import type { OpenProblem } from '../db/problems.ts';
import type { SolvedProblem } from '../db/solved-problems.ts';
import { worstFirst } from './tone.ts';
import { flatParams, type Params } from './wording.ts';

/** An open problem as it goes to the browser; `since` in ms UTC. */
export interface ProblemView {
  readonly id: string;
  readonly kind: string;
  readonly tone: string;
  readonly amazonOrderId: string;
  readonly subject: string;
  readonly params: Params;
  readonly since: number;
}

/** All open problems of one kind, the oldest first. */
export interface ProblemGroup {
  readonly kind: string;
  readonly tone: string;
  readonly count: number;
  readonly oldest: number;
  /** At most `mostShown` of them. */
  readonly shown: readonly ProblemView[];
}

/** All of a kind that something is done for: what is shown, and the others. */
export interface WholeGroup extends ProblemGroup {
  readonly rest: readonly ProblemView[];
}

/** How many problems of one kind are shown at most. */
export const mostShown = 50;

/** Makes rows of the database fit for the browser. */
export function problemViews(problems: readonly OpenProblem[]): ProblemView[] {
  return problems.map((problem) => ({ ...problem, params: flatParams(problem.params) }));
}

/** Groups open problems by kind: the worst tone first, in it the group with the oldest problem. */
export function groupProblems(problems: readonly OfKind[]): ProblemGroup[] {
  const rank = (tone: string) => {
    const place = worstFirst.findIndex((each) => each === tone);
    return place === -1 ? worstFirst.length : place;
  };
  return [...Map.groupBy(problems, ({ kind }) => kind)]
    .flatMap(([kind, some]): ProblemGroup[] => {
      const sorted = some.toSorted((a, b) => a.since - b.since);
      const [first] = sorted;
      if (!first) return [];
      const { tone, count, since: oldest } = first;
      return [{ kind, tone, count, oldest, shown: problemViews(sorted.slice(0, mostShown)) }];
    })
    .sort((a, b) => rank(a.tone) - rank(b.tone) || a.oldest - b.oldest);
}

/** Problems of one kind as a group with all of them at hand; null where there are none. */
export function groupOf(kind: string, problems: readonly ProblemView[]): WholeGroup | null {
  const all = problems.toSorted((a, b) => a.since - b.since);
  const [first] = all;
  if (!first) return null;
  const { tone, since: oldest } = first;
  return {
    kind,
    tone,
    count: all.length,
    oldest,
    shown: all.slice(0, mostShown),
    rest: all.slice(mostShown),
  };
}

/** A problem that is over, as it goes to the browser. */
export interface SolvedView extends Omit<SolvedProblem, 'params'> {
  readonly params: Params;
}

/** Makes a row of the database fit for the browser. */
export function solvedView(problem: SolvedProblem): SolvedView {
  return { ...problem, params: flatParams(problem.params) };
}

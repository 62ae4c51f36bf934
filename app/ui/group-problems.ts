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
  /** At most 50 of them. */
  readonly shown: readonly ProblemView[];
  /** The others, where they are at hand; without it all of the kind are meant. */
  readonly rest?: readonly ProblemView[];
}

const most = 50;

/** Makes rows of the database fit for the browser. */
export function problemViews(problems: readonly OpenProblem[]): ProblemView[] {
  return problems.map((problem) => ({ ...problem, params: flatParams(problem.params) }));
}

/** Groups open problems by kind: the worst tone first, in it the group with the oldest problem. */
export function groupProblems(problems: readonly OpenProblem[]): ProblemGroup[] {
  const byKind = Map.groupBy(problemViews(problems), (problem) => problem.kind);
  const rank = (tone: string) => {
    const place = worstFirst.findIndex((each) => each === tone);
    return place === -1 ? worstFirst.length : place;
  };
  return [...byKind]
    .flatMap(([kind, all]) => {
      const sorted = all.toSorted((a, b) => a.since - b.since);
      const [first] = sorted;
      if (!first) return [];
      return [
        { kind, tone: first.tone, count: all.length, oldest: first.since, shown: sorted.slice(0, most) },
      ];
    })
    .sort((a, b) => rank(a.tone) - rank(b.tone) || a.oldest - b.oldest);
}

/** Problems of one kind as a group with all of them at hand; null where there are none. */
export function groupOf(kind: string, problems: readonly ProblemView[]): ProblemGroup | null {
  const all = problems.toSorted((a, b) => a.since - b.since);
  const [first] = all;
  if (!first) return null;
  const { tone, since: oldest } = first;
  return { kind, tone, count: all.length, oldest, shown: all.slice(0, most), rest: all.slice(most) };
}

/** A problem that is over, as it goes to the browser. */
export interface SolvedView extends Omit<SolvedProblem, 'params'> {
  readonly params: Params;
}

/** Makes a row of the database fit for the browser. */
export function solvedView(problem: SolvedProblem): SolvedView {
  return { ...problem, params: flatParams(problem.params) };
}

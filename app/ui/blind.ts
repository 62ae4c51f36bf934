import type { OpenProblem } from '../db/problems.ts';
import { flatParams } from './wording.ts';

/** That buyers' requests cannot be seen: because nobody lets the app in any more, or because nothing answers. */
export interface Blind {
  readonly kind: 'disconnected' | 'blind';
  /** Since when, ms UTC. */
  readonly since: number;
  /** `refused`: Amazon gives orders without its cancellation data; else it does not answer. */
  readonly why: string;
}

/** The worst of the open problems that keep requests from being seen; null where there is none (REQ-12). */
export function blindOf(problems: readonly OpenProblem[]): Blind | null {
  for (const kind of ['disconnected', 'blind'] as const) {
    const found = problems.find((problem) => problem.kind === kind);
    if (!found) continue;
    const { since: told, why } = flatParams(found.params);
    const since = typeof told === 'string' ? Date.parse(told) : Number(told);
    return {
      kind,
      since: Number.isNaN(since) ? found.since : since,
      why: why === 'refused' ? why : 'no_answer',
    };
  }
  return null;
}

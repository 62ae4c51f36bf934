import type { TFunction } from 'i18next';
import type { OpenProblem } from '../db/problems.ts';
import type { SolvedProblem } from '../db/solved-problems.ts';
import { csvLine } from '../lib/csv.ts';
import type { Style } from './format.ts';
import { problemWords } from './problem-words.ts';
import { flatParams } from './wording.ts';

const columns = ['kind', 'order', 'sentence', 'why', 'since', 'over', 'by', 'choice', 'note'] as const;

const time = (at: number): string => new Date(at).toISOString();

/** The first line of an export; the mark before it tells table programmes that it is UTF-8. */
export function csvProblemHead(t: TFunction): string {
  return `\uFEFF${csvLine(columns.map((column) => t(`problems.column.${column}`)))}`;
}

type Told = Pick<OpenProblem, 'kind' | 'amazonOrderId' | 'subject' | 'params'>;

const wordsOf = (problem: Told, t: TFunction, style: Style) =>
  problemWords({ ...problem, params: flatParams(problem.params) }, t, style);

function saying(problem: Told, t: TFunction, style: Style) {
  const { title, words } = wordsOf(problem, t, style);
  const { kind, amazonOrderId } = problem;
  return [t(`problem.${kind}.name`), amazonOrderId, title, t(`problem.${kind}.why`, words)];
}

/** An open problem as a line of an export: times as ISO 8601 in UTC. */
export function csvOpen(problem: OpenProblem, t: TFunction, style: Style): string {
  return csvLine([...saying(problem, t, style), time(problem.since), '', '', '', '']);
}

/** A problem that is over, with who ended it, by which choice, and a person's note. */
export function csvSolved(problem: SolvedProblem, t: TFunction, style: Style): string {
  const { words } = wordsOf(problem, t, style);
  const { kind, since, closedAt, byStaff, choice, note } = problem;
  return csvLine([
    ...saying(problem, t, style),
    time(since),
    time(closedAt),
    t('problems.by', { who: byStaff ? 'staff' : 'itself' }),
    choice === null ? '' : t([`solve.${kind}.${choice}.name`, 'solve.any.leave.name'], words),
    note ?? '',
  ]);
}

import { solveProblem } from '../sync/solve.ts';
import { UsageError, type Options, type Said, type Session } from './command-line.ts';
import { operator, saidOf } from './said.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Settles a problem, named by its id or by kind and order: `--with` a choice, `--value`, `--note`, `--checked`. */
export async function solve(
  { services, shop }: Session,
  [name = '', order]: readonly string[],
  { with: choice = '', value, note, checked }: Options,
): Promise<Said> {
  if (order === undefined && !uuid.test(name))
    throw new UsageError('Name a problem by its id, or by its kind and an order.');
  const problem = order === undefined ? { id: name } : { kind: name, order };
  const chosen = await solveProblem(services, shop, {
    problem,
    choice,
    value: value ?? null,
    note: note ?? null,
    checked: checked ?? false,
    by: operator,
  });
  return saidOf(chosen, 'Written down. It is done by the next look at the order.');
}

import type { Tx } from '../db/client.ts';
import type { LedgerFilter } from '../db/ledger-filter.ts';
import { listLedger } from '../db/ledger-list.ts';
import type { OpenProblem } from '../db/problems.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { fixOf } from '../domain/ledger-entry.ts';
import { repeatOf } from '../domain/problem-choices.ts';
import { withFixes } from './ledger-view.ts';

/** So many differences are mended by one press; what is left is offered again. */
const most = 500;

/**
 * The problems behind the differences of a filter that one choice mends, by kind: where the fix that is offered first can be
 * taken for many at once. Each problem once, also where several entries of its order differ.
 */
export async function mendable(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter,
): Promise<ReadonlyMap<string, readonly OpenProblem[]>> {
  const { rows } = await listLedger(tx, shop, { ...filter, state: 'different' }, { limit: most });
  const offered = (await withFixes(tx, shop, rows)).flatMap(({ problem, kind, state, class: why }) => {
    if (!problem || state === 'waiting') return [];
    const repeated = repeatOf(problem.kind);
    const { problems } = fixOf({ kind, state, class: why });
    return repeated !== null && problems[problem.kind] === repeated ? [problem] : [];
  });
  const once = new Map(offered.map((problem) => [problem.id, problem]));
  return Map.groupBy(once.values(), ({ kind }) => kind);
}

/** How many differences of a filter one choice mends, by the kind of their problems; only where there are several. */
export async function countMendable(
  tx: Tx,
  shop: ShopDomain,
  filter: LedgerFilter,
): Promise<readonly { readonly kind: string; readonly count: number }[]> {
  const kinds = await mendable(tx, shop, filter);
  return [...kinds].flatMap(([kind, { length: count }]) => (count > 1 ? [{ kind, count }] : []));
}

import { reasons } from './request-steps.ts';
import { foreignHoldsGone } from './watch.ts';
import { isOwn } from './work-in-shopify.ts';
import { shop, type ModelWorld } from './world.ts';

interface RequestRow {
  readonly amazon_order_id: string;
  readonly n: number;
  readonly version: number;
  readonly closed_at: Date | null;
}

/** Records grow only: one is open at most, the last one, and versions never go back. */
function recordsInOrder({ run }: ModelWorld, rows: readonly RequestRow[]): string | null {
  for (const [id, own] of Map.groupBy(rows, (row) => row.amazon_order_id)) {
    const last = own.at(-1);
    if (own.some((row, i) => row.n !== i + 1))
      return `${id}: its requests are not numbered one after another`;
    if (own.some((row) => row !== last && row.closed_at === null)) return `${id}: an older request is open`;
    for (const { n, version } of own) {
      const key = `${id} ${n}`;
      if (version < (run.versions.get(key) ?? 0))
        return `${id}: version ${version} of request ${n} after a later one`;
      run.versions.set(key, version);
    }
  }
  for (const key of run.versions.keys())
    if (!rows.some((row) => `${row.amazon_order_id} ${row.n}` === key)) return `The request ${key} is gone`;
  return null;
}

/** What must hold of buyers' wishes after every step; null where it does. */
export async function wrongWithWishes(world: ModelWorld): Promise<string | null> {
  const { run, shopify, database } = world;
  const [first] = run.broken;
  if (first !== undefined) return first;
  for (const { id, holds } of shopify.listWork(shop))
    if (holds.filter(isOwn).length > 1) return `${id} has two holds of the app's`;
  const gone = run.deleted.size === 0 ? foreignHoldsGone(world) : [];
  if (gone.length > 0) return `Holds of others are gone: ${gone.join(', ')}`;
  const rows = await database.owner<RequestRow>(
    'select amazon_order_id, n, version, closed_at from request order by amazon_order_id, n',
  );
  return recordsInOrder(world, rows);
}

let everything: string | null = null;

/** Tables that hold words of buyers in plain text (SEC-5, REQ-5). */
export async function tablesWithWords({ database }: ModelWorld): Promise<string[]> {
  if (everything === null) {
    const tables = await database.owner<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    everything = tables
      .map(({ name }) => `select '${name}' as name where exists (select from ${name} t where t::text ~ $1)`)
      .join(' union all ');
  }
  const words = reasons.flatMap((reason) => /qzx\w+/.exec(reason) ?? []);
  return (await database.owner<{ name: string }>(everything, [words.join('|')])).map(({ name }) => name);
}

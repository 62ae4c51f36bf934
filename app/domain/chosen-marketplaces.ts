import { z } from 'zod';

/** Chosen marketplaces of one account, each with the moment from which on its orders come in; null: since the import's start. */
const chosen = z.record(z.string().min(1), z.iso.datetime().nullable());
export type Chosen = z.infer<typeof chosen>;

/** JSON as an operator types it; anything else is left as it is. */
function typed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** The same for every account that chose. */
export const chosenMarketplaces = z.preprocess(typed, z.record(z.string().min(1), chosen));

/**
 * From when on (ms UTC) orders of a marketplace come in by themselves; null where it was not chosen. `importFrom` is the
 * account's own start. An order that does not tell its marketplace is never kept out for it (IMP-1).
 */
export function comesInFrom(
  account: Chosen | undefined,
  marketplaceId: string | null,
  importFrom: number,
): number | null {
  if (!account || marketplaceId === null) return importFrom;
  const since = account[marketplaceId];
  if (since === undefined) return null;
  return since === null ? importFrom : Math.max(importFrom, Date.parse(since));
}

/**
 * An account's choice after a person chose these. What was chosen before keeps its start; what is new begins at `now` (ms UTC):
 * its older orders come in only by a backfill, as everything older does (IMP-2). Before the first choice all are chosen.
 */
export function choose(before: Chosen | undefined, ids: readonly string[], now: number): Chosen {
  const start = new Date(now).toISOString();
  return Object.fromEntries(
    ids.map((id) => [id, before ? (before[id] === undefined ? start : before[id]) : null]),
  );
}

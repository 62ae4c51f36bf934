import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** How long after a shop took the app its changes are looked for first. */
export const firstLook = '15 minutes';

/**
 * Claims the look for a shop's changed orders that is due at `now`, so that one worker does it: the next is put off to
 * `until`, which holds if this worker dies. Answers from when on changes are wanted, at first since the shop has the app;
 * null: not due, or taken. All times in ms UTC.
 */
export async function claimChanges(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  until: number,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ since: Date }[]>`
    update shop set next_changes_at = ${new Date(until)}
    where shop = ${shop} and uninstalled_at is null and coalesce(next_changes_at, installed_at + ${firstLook}::interval) <= ${new Date(now)}
    returning coalesce(changes_seen_until, installed_at) as since`;
  return row?.since.getTime() ?? null;
}

/** Keeps from when on the next look shows changes (null: as before), and when it is due (both ms UTC). */
export async function keepChanges(
  tx: Tx,
  shop: ShopDomain,
  { seenUntil, nextAt }: { readonly seenUntil: number | null; readonly nextAt: number },
): Promise<void> {
  const seen = seenUntil === null ? null : new Date(seenUntil);
  await tx.$executeRaw`
    update shop set next_changes_at = ${new Date(nextAt)}, changes_seen_until = coalesce(${seen}::timestamptz, changes_seen_until)
    where shop = ${shop}`;
}

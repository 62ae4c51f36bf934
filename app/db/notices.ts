import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { Params } from '../domain/problem.ts';
import type { Tx } from './client.ts';

/** Something staff shall hear of once. `key` tells it apart: said twice, it is one notice. No buyer data in `params`. */
export interface NewNotice {
  readonly kind: 'request_opened';
  readonly key: string;
  /** Empty where it is about an account or the shop. */
  readonly amazonOrderId: string;
  readonly params: Params;
}

/** A notice that nobody of the staff has seen yet. `at` in ms UTC. */
interface Notice {
  readonly id: string;
  readonly kind: string;
  readonly amazonOrderId: string;
  readonly params: Prisma.JsonValue;
  readonly at: number;
}

const most = 1000;

/**
 * The one border for telling staff (REQ-11). What finds news calls this in the transaction that makes the news true, and
 * knows nobody who listens. The inbox reads the same table with `unseenNotices`; a mail or a Flow trigger is one more
 * reader of it, not one more call here.
 */
export async function addNotices(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  notices: readonly NewNotice[],
): Promise<void> {
  if (notices.length === 0) return;
  await tx.notice.createMany({
    data: notices.map((notice) => ({ ...notice, shop, params: { ...notice.params }, at: new Date(now) })),
    skipDuplicates: true,
  });
}

/** The shop's notices that nobody has seen yet, the oldest first, at most 1,000. */
export async function unseenNotices(tx: Tx, shop: ShopDomain): Promise<Notice[]> {
  const rows = await tx.notice.findMany({
    where: { shop, seenAt: null },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: most,
  });
  return rows.map(({ id, kind, amazonOrderId, params, at }) => ({
    ...{ id, kind, amazonOrderId, params },
    at: at.getTime(),
  }));
}

/** Somebody has seen all notices of up to `until` (ms UTC); later ones stay news. */
export async function markSeen(tx: Tx, shop: ShopDomain, now: number, until: number): Promise<void> {
  await tx.notice.updateMany({
    where: { shop, seenAt: null, at: { lte: new Date(until) } },
    data: { seenAt: new Date(now) },
  });
}

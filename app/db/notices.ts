import type { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { AnyNoticeKind, NoticeKind } from '../domain/notice.ts';
import type { Params } from '../domain/problem.ts';
import type { Tx } from './client.ts';

/** Something staff shall hear of once. `key` tells it apart: said twice, it is one notice. No buyer data in `params`. */
export interface NewNotice {
  readonly kind: AnyNoticeKind;
  readonly key: string;
  /** Empty where it is about an account or the shop. */
  readonly amazonOrderId: string;
  readonly params: Params;
}

/** A new request that nobody of the staff has seen yet. `at` in ms UTC. */
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
 * knows nobody who listens. The inbox reads the same table with `unseenNotices`; mails, webhooks and Flow's triggers
 * with `takeFreshNotices`.
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

/** Of these the inbox tells; problems have a page of their own. */
const inbox = 'request_opened' satisfies NoticeKind;

/** The shop's new requests that nobody has seen yet, the oldest first, at most 1,000. */
export async function unseenNotices(tx: Tx, shop: ShopDomain): Promise<Notice[]> {
  const rows = await tx.notice.findMany({
    where: { shop, kind: inbox, seenAt: null },
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
    where: { shop, kind: inbox, seenAt: null, at: { lte: new Date(until) } },
    data: { seenAt: new Date(now) },
  });
}

/** A notice that was not passed on yet. `at` in ms UTC. */
export interface FreshNotice {
  readonly id: string;
  readonly kind: string;
  readonly at: number;
}

/** Takes notices that were not passed on yet, the oldest first, at most `limit`: they count as passed on with this transaction. */
export async function takeFreshNotices(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  limit: number,
): Promise<FreshNotice[]> {
  const rows = await tx.$queryRaw<{ id: string; kind: string; at: Date }[]>`
    update notice set passed_on_at = ${new Date(now)}
    where shop = ${shop} and id = any (array(
      select id from notice where shop = ${shop} and passed_on_at is null order by at, id limit ${limit} for update skip locked))
    returning id::text, kind, at`;
  return rows
    .map(({ at, ...rest }) => ({ ...rest, at: at.getTime() }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** What a notice is told with. Nothing of a buyer. Times in ms UTC. */
export interface NoticeFacts extends FreshNotice {
  readonly amazonOrderId: string;
  readonly params: Prisma.JsonValue;
  readonly marketplaceId: string | null;
  readonly shipBy: number | null;
  /** When the buyer asked last; null where nobody asked. */
  readonly requestedAt: number | null;
}

/** These notices with what is known of their orders, the oldest first, at most `limit`. */
export async function noticeFacts(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly string[],
  limit: number,
): Promise<NoticeFacts[]> {
  const rows = await tx.$queryRaw<
    (Omit<NoticeFacts, 'at' | 'shipBy' | 'requestedAt'> & {
      readonly at: Date;
      readonly shipBy: Date | null;
      readonly requestedAt: Date | null;
    })[]
  >`
    select n.id::text, n.kind, n.amazon_order_id as "amazonOrderId", n.params, n.at, o.marketplace_id as "marketplaceId",
      o.ship_by as "shipBy", (select max(r.requested_at) from request r
        where r.shop = n.shop and r.amazon_order_id = n.amazon_order_id and n.kind = 'request_opened') as "requestedAt"
    from notice n left join amazon_order o on o.shop = n.shop and o.amazon_order_id = n.amazon_order_id
    where n.shop = ${shop} and n.id = any (${[...ids]}::uuid[]) order by n.at, n.id limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    at: row.at.getTime(),
    shipBy: row.shipBy?.getTime() ?? null,
    requestedAt: row.requestedAt?.getTime() ?? null,
  }));
}

import { Prisma } from '@prisma/client';
import type { ShopDomain } from '../domain/ids.ts';
import type { DeliveryChannel, DeliveryKind } from '../domain/notice.ts';
import type { Tx } from './client.ts';

/** A mail or webhook that is written down to be sent. Times in ms UTC. */
export interface NewDelivery {
  readonly targetId: string;
  readonly channel: DeliveryChannel;
  readonly kind: DeliveryKind;
  readonly urgent: boolean;
  readonly noticeIds: readonly string[];
  readonly params: Prisma.InputJsonObject;
  readonly dueAt: number;
}

/** One that this worker may send now. */
export interface ClaimedDelivery extends Omit<NewDelivery, 'params' | 'dueAt'> {
  readonly id: string;
  readonly params: Prisma.JsonValue;
  /** This try counted. */
  readonly attempts: number;
  readonly madeAt: number;
}

/** What became of a try: it arrived, it is tried again then (ms UTC), or it is given up. */
export type AfterTry =
  { readonly state: 'sent' | 'failed' } | { readonly state: 'waiting'; readonly dueAt: number };

/** One for the list of the settings page. */
export interface ListedDelivery {
  readonly id: string;
  readonly kind: string;
  readonly channel: string;
  readonly state: string;
  readonly answer: string | null;
  readonly attempts: number;
  readonly count: number;
  readonly madeAt: number;
  /** When it is sent, or was (ms UTC). */
  readonly at: number;
}

/** So long, in real time, a worker has for one try; longer than any of them takes. */
const claimSeconds = 25;
const hourMs = 3_600_000;

/** Writes deliveries down at `now` (ms UTC); answers their ids. */
export async function addDeliveries(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  deliveries: readonly NewDelivery[],
): Promise<string[]> {
  if (deliveries.length === 0) return [];
  const rows = await tx.noticeDelivery.createManyAndReturn({
    data: deliveries.map(({ dueAt, noticeIds, ...delivery }) => ({
      ...{ ...delivery, shop, noticeIds: [...noticeIds] },
      ...{ madeAt: new Date(now), dueAt: new Date(dueAt) },
    })),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Lets notices join a mail to the target that nobody has tried to send yet. False where there is none. */
export async function joinDelivery(
  tx: Tx,
  shop: ShopDomain,
  targetId: string,
  urgent: boolean,
  noticeIds: readonly string[],
): Promise<boolean> {
  const joined = await tx.$executeRaw`
    update notice_delivery d set notice_ids = d.notice_ids || ${[...noticeIds]}::uuid[]
    where d.shop = ${shop} and d.attempts = 0 and d.id = (
      select id from notice_delivery w where w.shop = ${shop} and w.target_id = ${targetId}::uuid and w.state = 'waiting'
        and w.kind = 'notices' and w.urgent = ${urgent} and w.attempts = 0 order by w.due_at limit 1 for update)`;
  return joined > 0;
}

/** When notices for a target were made into mails within the last hour, by when they go (ms UTC), the oldest first. */
export async function recentDeliveries(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  targetId: string,
): Promise<number[]> {
  const rows = await tx.noticeDelivery.findMany({
    where: { shop, targetId, kind: 'notices', dueAt: { gt: new Date(now - hourMs) } },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true },
  });
  return rows.map(({ dueAt }) => dueAt.getTime());
}

/** Whether a living worker sends to somebody of the shop `s`: one at a time, so that a slow receiver does not take up all. */
export const sendsAlready = Prisma.sql`exists (
  select from notice_delivery h where h.shop = s.shop and h.state = 'waiting' and h.kind <> 'test' and h.claim_until >= clock_timestamp())`;

/**
 * Claims one delivery that is due at `now` (ms UTC), where no living worker sends one of the shop's, or the one that is named,
 * which nobody holds; null where there is none. The try is counted before it is made: a worker that dies while it sends is followed by another with the same id.
 */
export async function claimDelivery(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  id: string | null = null,
): Promise<ClaimedDelivery | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    update notice_delivery set attempts = attempts + 1, claim_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
    where shop = ${shop} and id = (
      select id from notice_delivery where shop = ${shop} and state = 'waiting'
        and (id = ${id}::uuid or (${id}::uuid is null and due_at <= ${new Date(now)} and kind <> 'test'
          and not exists (select from shop s where s.shop = ${shop} and ${sendsAlready})))
        and (claim_until is null or claim_until < clock_timestamp())
      order by urgent desc, due_at, id limit 1 for update skip locked)
    returning id::text`;
  if (!found) return null;
  const row = await tx.noticeDelivery.findUniqueOrThrow({ where: { shop_id: { shop, id: found.id } } });
  const { targetId, urgent, noticeIds, params, attempts, madeAt } = row;
  return {
    ...{ id: row.id, targetId, urgent, noticeIds, params, attempts, madeAt: madeAt.getTime() },
    channel: row.channel as DeliveryChannel,
    kind: row.kind as DeliveryKind,
  };
}

/** Notes the answer to a try, where the same try still holds it. `now` in ms UTC. */
export async function noteTry(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  { id, attempts }: ClaimedDelivery,
  answer: string,
  after: AfterTry,
): Promise<void> {
  await tx.noticeDelivery.updateMany({
    where: { shop, id, attempts, state: 'waiting' },
    data: {
      ...{ answer, state: after.state, claimUntil: null },
      ...(after.state === 'waiting' ? { dueAt: new Date(after.dueAt) } : { endedAt: new Date(now) }),
    },
  });
}

/** The last deliveries, the newest first. */
export async function lastDeliveries(tx: Tx, shop: ShopDomain, limit: number): Promise<ListedDelivery[]> {
  const rows = await tx.noticeDelivery.findMany({
    where: { shop },
    orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });
  return rows.map(({ id, kind, channel, state, answer, attempts, noticeIds, madeAt, dueAt, endedAt }) => ({
    ...{ id, kind, channel, state, answer, attempts, count: noticeIds.length },
    madeAt: madeAt.getTime(),
    at: (endedAt ?? dueAt).getTime(),
  }));
}

/** How many tests were made since then (ms UTC). */
export function countTests(tx: Tx, shop: ShopDomain, since: number): Promise<number> {
  return tx.noticeDelivery.count({ where: { shop, kind: 'test', madeAt: { gt: new Date(since) } } });
}

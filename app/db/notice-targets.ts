import type { NoticeChannel } from '../domain/notice.ts';
import { noticeChannels } from '../domain/notice.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** Where notices go. Address and secret are sealed; `since` in ms UTC. */
export interface NoticeTarget {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly address: string;
  readonly secret: string | null;
  readonly since: number;
}

/** The shop's targets, the oldest first. `lock`: nobody else passes notices on to them until the transaction ends. */
export async function noticeTargets(
  tx: Tx,
  shop: ShopDomain,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<NoticeTarget[]> {
  if (lock) await tx.$queryRaw`select from notice_target where shop = ${shop} order by id for update`;
  const rows = await tx.noticeTarget.findMany({
    where: { shop, channel: { in: [...noticeChannels] } },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, channel, address, secret, since }) => ({
    ...{ id, address, secret },
    channel: channel as NoticeChannel,
    since: since.getTime(),
  }));
}

/** Adds a target, which hears of what happens from `now` (ms UTC) on. */
export async function addNoticeTarget(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  target: Omit<NoticeTarget, 'id' | 'since'>,
): Promise<void> {
  await tx.noticeTarget.create({ data: { shop, ...target, since: new Date(now) } });
}

/** Takes targets away; what still waited for them is given up at `now` (ms UTC). */
export async function removeNoticeTargets(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  ids: readonly string[],
): Promise<void> {
  await tx.noticeTarget.deleteMany({ where: { shop, id: { in: [...ids] } } });
  await tx.noticeDelivery.updateMany({
    where: { shop, targetId: { in: [...ids] }, state: 'waiting' },
    data: { state: 'failed', answer: 'removed', endedAt: new Date(now) },
  });
}

/** Gives a shop's webhook another secret, sealed. False where there is no webhook. */
export async function changeSecret(tx: Tx, shop: ShopDomain, secret: string): Promise<boolean> {
  const { count } = await tx.noticeTarget.updateMany({
    where: { shop, channel: 'webhook' },
    data: { secret },
  });
  return count > 0;
}

/** Seals a target's address and secret anew, where they are still as they were read. False where they are not. */
export async function resealTarget(
  tx: Tx,
  shop: ShopDomain,
  { id, address, secret }: NoticeTarget,
  anew: Pick<NoticeTarget, 'address' | 'secret'>,
): Promise<boolean> {
  const { count } = await tx.noticeTarget.updateMany({ where: { shop, id, address, secret }, data: anew });
  return count > 0;
}

import { addDeliveries, joinDelivery, recentDeliveries, type NewDelivery } from '../db/notice-deliveries.ts';
import { noticeTargets, type NoticeTarget } from '../db/notice-targets.ts';
import { takeFreshNotices, type FreshNotice } from '../db/notices.ts';
import type { Tx } from '../db/client.ts';
import { flowInUse } from '../db/flow-targets.ts';
import { flowKinds, isUrgent } from '../domain/notice.ts';
import { afterQuiet, mailDueAt } from '../domain/notice-timing.ts';
import { now } from '../lib/clock.ts';
import type { NoticeShop } from './notice-shop.ts';

const most = 500;

/** Mails gather: what is new joins the one that waits. */
async function mail(
  tx: Tx,
  { shop, hours }: NoticeShop,
  target: NoticeTarget,
  urgent: boolean,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0 || (await joinDelivery(tx, shop, target.id, urgent, ids))) return;
  const recent = await recentDeliveries(tx, shop, now(), target.id);
  const dueAt = mailDueAt(now(), urgent, recent, hours);
  const delivery = { targetId: target.id, channel: target.channel, kind: 'notices', params: {} } as const;
  await addDeliveries(tx, shop, now(), [{ ...delivery, urgent, noticeIds: ids, dueAt }]);
}

/** Webhooks are read by programs: one for each notice, at once. */
async function webhooks(
  tx: Tx,
  { shop, hours }: NoticeShop,
  target: NoticeTarget,
  notices: readonly FreshNotice[],
): Promise<void> {
  const deliveries = notices.map(({ id, kind }): NewDelivery => {
    const urgent = isUrgent(kind);
    return {
      ...{ targetId: target.id, channel: target.channel, kind: 'notices', params: {}, urgent },
      ...{ noticeIds: [id], dueAt: urgent ? now() : afterQuiet(now(), hours) },
    };
  });
  await addDeliveries(tx, shop, now(), deliveries);
}

/** Workflows begin with one notice each, at once, whatever the hour. */
async function workflows(
  tx: Tx,
  { shop }: NoticeShop,
  { id: targetId, since }: { readonly id: string; readonly since: number },
  fresh: readonly FreshNotice[],
): Promise<void> {
  const told = fresh.filter(({ kind, at }) => flowKinds.includes(kind) && at >= since);
  const deliveries = told.map(({ id }): NewDelivery => ({
    ...{ targetId, channel: 'flow', kind: 'notices', params: {}, urgent: true },
    ...{ noticeIds: [id], dueAt: now() },
  }));
  await addDeliveries(tx, shop, now(), deliveries);
}

/**
 * Makes what is new into mails and webhooks, each notice once for each target that asked for its kind, in the transaction that
 * counts it as passed on.
 */
export async function passOn(tx: Tx, of: NoticeShop): Promise<void> {
  const { shop } = of;
  const targets = await noticeTargets(tx, shop, { lock: true });
  const flow = await flowInUse(tx, shop);
  if (targets.length === 0 && flow === null) return;
  const fresh = await takeFreshNotices(tx, shop, now(), most);
  for (const target of targets) {
    const chosen: readonly string[] = of.notices[target.channel];
    const notices = fresh.filter(({ kind, at }) => chosen.includes(kind) && at >= target.since);
    if (target.channel === 'webhook') await webhooks(tx, of, target, notices);
    else
      for (const urgent of [true, false]) {
        const ids = notices.flatMap(({ id, kind }) => (isUrgent(kind) === urgent ? [id] : []));
        await mail(tx, of, target, urgent, ids);
      }
  }
  if (flow) await workflows(tx, of, flow, fresh);
}

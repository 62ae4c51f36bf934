import { addDeliveries, type NewDelivery } from '../db/notice-deliveries.ts';
import { noticeTargets } from '../db/notice-targets.ts';
import type { Tx } from '../db/client.ts';
import { afterQuiet } from '../domain/notice-timing.ts';
import { now } from '../lib/clock.ts';
import type { NoticeShop } from './notice-shop.ts';

/** Writes a mail that is planned (no notice calls for it) down for each address; it goes after quiet hours. Null: nothing to tell. */
export async function mailToAll(
  tx: Tx,
  { shop, hours }: NoticeShop,
  kind: 'digest' | 'report',
  numbers: () => Promise<NewDelivery['params'] | null>,
): Promise<void> {
  const targets = (await noticeTargets(tx, shop)).filter(({ channel }) => channel === 'mail');
  const params = targets.length === 0 ? null : await numbers();
  if (params === null) return;
  const mail = { kind, urgent: false, noticeIds: [], params, dueAt: afterQuiet(now(), hours) } as const;
  await addDeliveries(
    tx,
    shop,
    now(),
    targets.map(({ id, channel }) => ({ ...mail, targetId: id, channel })),
  );
}

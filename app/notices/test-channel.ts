import { addDeliveries, countTests } from '../db/notice-deliveries.ts';
import { noticeTargets } from '../db/notice-targets.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { NoticeChannel } from '../domain/notice.ts';
import { now } from '../lib/clock.ts';
import type { NoticeParts } from './parts.ts';
import { sendDelivery } from './send-delivery.ts';

const hourMs = 3_600_000;
/** A test goes to addresses that somebody typed: nobody is to be flooded with them. */
const mostAnHour = 30;

/** What a test brought: how many addresses took it, and the first answer that did not, else one that did. */
export type Tested =
  | { readonly sent: false; readonly why: 'noTarget' | 'tooMany' }
  | { readonly sent: true; readonly ok: boolean; readonly n: number; readonly code: string };

/** Sends a test to each of the shop's targets of a channel, now, and tells what they answered. */
export async function testChannel(
  parts: NoticeParts,
  shop: ShopDomain,
  channel: NoticeChannel,
): Promise<Tested> {
  const made = await parts.db.forShop(shop, async (tx) => {
    const targets = (await noticeTargets(tx, shop)).filter((one) => one.channel === channel);
    if (targets.length === 0) return 'noTarget';
    if ((await countTests(tx, shop, now() - hourMs)) + targets.length > mostAnHour) return 'tooMany';
    const test = { channel, kind: 'test', urgent: true, noticeIds: [], params: {}, dueAt: now() } as const;
    return addDeliveries(
      tx,
      shop,
      now(),
      targets.map(({ id }) => ({ ...test, targetId: id })),
    );
  });
  if (typeof made === 'string') return { sent: false, why: made };
  const answers = (await Promise.all(made.map((id) => sendDelivery(parts, shop, id)))).filter(
    (answer) => answer !== null,
  );
  const told = answers.find(({ ok }) => !ok) ?? answers[0];
  const taken = answers.filter(({ ok }) => ok).length;
  return { sent: true, ok: taken === made.length, n: taken, code: told?.code ?? 'none' };
}

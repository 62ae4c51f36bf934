import { lastDeliveries, type ListedDelivery } from '../db/notice-deliveries.ts';
import { noticeChannels, type NoticeChannel } from '../domain/notice.ts';
import { readEnvOrExit } from '../lib/env.ts';
import { openNotices } from '../notices/parts.ts';
import { openTargets } from '../notices/set-targets.ts';
import { testChannel } from '../notices/test-channel.ts';
import { UsageError, type Said, type Session } from './command-line.ts';

const most = 100;

const line = ({ at, channel, kind, count, state, attempts, answer }: ListedDelivery): string =>
  `${new Date(at).toISOString()}  ${channel.padEnd(7)} ${kind}${kind === 'notices' ? ` (${count})` : ''}  ${state}, tried ${attempts}, answer ${answer ?? 'none'}`;

/** Where notices of the shop go, without telling the addresses, and the last mails and webhooks with their answer. */
export async function listNotices({ services, shop }: Session): Promise<Said> {
  const { mails, webhook, deliveries } = await services.db.forShop(shop, async (tx) => ({
    ...(await openTargets(tx, services.vault, shop)),
    deliveries: await lastDeliveries(tx, shop, most),
  }));
  const data = {
    mails: mails.length,
    webhook: webhook !== null,
    deliveries: deliveries.map(({ at, madeAt, ...one }) => ({
      ...one,
      madeAt: new Date(madeAt).toISOString(),
      at: new Date(at).toISOString(),
    })),
  };
  const first = `${mails.length} e-mail addresses, ${webhook === null ? 'no webhook' : 'a webhook'}`;
  const lines = deliveries.length > 0 ? deliveries.map(line) : ['Nothing was sent yet.'];
  return { ok: true, data, lines: [first, ...lines] };
}

const isChannel = (word: string): word is NoticeChannel => noticeChannels.some((channel) => channel === word);

/** Sends a test to the shop's addresses of a channel, and tells what they answered. */
export async function testNotices(
  { services, shop }: Session,
  [channel = '']: readonly string[],
): Promise<Said> {
  if (!isChannel(channel)) throw new UsageError(`The channel is one of ${noticeChannels.join(', ')}.`);
  const tested = await testChannel(openNotices(readEnvOrExit(), services), shop, channel);
  if (!tested.sent) {
    const why = tested.why === 'noTarget' ? 'No address is saved.' : 'Enough tests for this hour.';
    return { ok: false, data: tested, lines: [why] };
  }
  const { ok, n, code } = tested;
  return { ok, data: tested, lines: [`${ok ? 'Taken' : 'Not taken'} (${n} took it), answer ${code}`] };
}

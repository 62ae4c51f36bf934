import { claimDelivery, noteTry, type AfterTry, type ClaimedDelivery } from '../db/notice-deliveries.ts';
import { noticeTargets, type NoticeTarget } from '../db/notice-targets.ts';
import { noticeFacts, type NoticeFacts } from '../db/notices.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { tryAgainAt } from '../domain/notice-timing.ts';
import { now } from '../lib/clock.ts';
import type { Answer } from './answer.ts';
import { digestNumbers } from './digest.ts';
import { noticeShop, type NoticeShop } from './notice-shop.ts';
import type { NoticeParts } from './parts.ts';
import { reportNumbers } from './report-mail.ts';
import { sayNotice, voiceFor, type Voice } from './say-notice.ts';
import { postWebhook } from './post-webhook.ts';
import { mailOfReport } from './write-report-mail.ts';
import { sendToFlow } from './send-to-flow.ts';
import { mailOfDigest, mailOfNotices, mailOfTest } from './write-mail.ts';
import { webhookOf, webhookOfTest } from './write-webhook.ts';

/** A mail tells so many notices one by one. */
const mostInMail = 50;

/** A delivery with all that it is made of. */
interface Prepared {
  readonly of: NoticeShop;
  readonly delivery: ClaimedDelivery;
  /** Null: it was taken away meanwhile. */
  readonly target: NoticeTarget | null;
  readonly facts: readonly NoticeFacts[];
}

async function prepare({ db }: NoticeParts, shop: ShopDomain, id: string | null): Promise<Prepared | null> {
  return db.forShop(shop, async (tx) => {
    const of = await noticeShop(tx, shop);
    const delivery = of && (await claimDelivery(tx, shop, now(), id));
    if (!delivery) return null;
    const targets = await noticeTargets(tx, shop);
    const target = targets.find((one) => one.id === delivery.targetId) ?? null;
    return { of, delivery, target, facts: await noticeFacts(tx, shop, delivery.noticeIds, mostInMail) };
  });
}

function mailFor({ delivery, facts }: Prepared, voice: Voice) {
  if (delivery.kind === 'test') return mailOfTest(voice);
  if (delivery.kind === 'digest') return mailOfDigest(digestNumbers.parse(delivery.params), voice);
  if (delivery.kind === 'report') return mailOfReport(reportNumbers.parse(delivery.params), voice);
  const said = facts.map((one) => sayNotice(one, voice));
  return mailOfNotices(said, delivery.noticeIds.length - said.length, voice);
}

/** The body of a webhook; null where its notice is gone meanwhile. */
function webhookFor({ delivery, facts: [first] }: Prepared, voice: Voice): string | null {
  if (delivery.kind === 'test') return webhookOfTest(delivery.madeAt, voice);
  return first ? webhookOf(sayNotice(first, voice), voice) : null;
}

const removed: Answer = { ok: false, code: 'removed', final: true };

async function send(parts: NoticeParts, prepared: Prepared, target: NoticeTarget): Promise<Answer> {
  const voice = voiceFor(prepared.of, parts.place, now());
  const { id } = prepared.delivery;
  const address = parts.vault.open(target.address);
  if (target.channel === 'webhook') {
    const body = webhookFor(prepared, voice);
    if (body === null || target.secret === null) return removed;
    const secret = parts.vault.open(target.secret);
    return postWebhook({ url: address, secret, id, at: now(), body }, parts.loopback);
  }
  if (!parts.mailer) return { ok: false, code: 'not_set_up', final: false };
  return parts.mailer.send({ ...mailFor(prepared, voice), id, to: address });
}

function afterTry({ of, delivery }: Prepared, { ok, final }: Answer): AfterTry {
  if (ok) return { state: 'sent' };
  // Who tests looks at the answer and tests again.
  if (final || delivery.kind === 'test') return { state: 'failed' };
  const dueAt = tryAgainAt(now(), delivery.attempts, delivery.urgent, of.hours);
  return dueAt === null ? { state: 'failed' } : { state: 'waiting', dueAt };
}

/**
 * Sends one delivery that is due, or the one that is named, and notes the answer. Where the process dies in between it is sent
 * again with the same id: perhaps twice, never not at all. Null: there was none to send.
 */
export async function sendDelivery(
  parts: NoticeParts,
  shop: ShopDomain,
  id: string | null = null,
): Promise<Answer | null> {
  const prepared = await prepare(parts, shop, id);
  if (!prepared) return null;
  const { delivery, target } = prepared;
  const answer =
    delivery.channel === 'flow'
      ? await sendToFlow(parts, shop, delivery, voiceFor(prepared.of, parts.place, now()))
      : target
        ? await send(parts, prepared, target)
        : removed;
  if (!answer.ok)
    parts.log.info(
      { shop, delivery: delivery.id, channel: delivery.channel, answer: answer.code },
      'A notice was not taken',
    );
  const after = afterTry(prepared, answer);
  await parts.db.forShop(shop, (tx) => noteTry(tx, shop, now(), delivery, answer.code, after));
  return answer;
}

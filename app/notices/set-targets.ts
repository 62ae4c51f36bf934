import { randomBytes } from 'node:crypto';
import {
  addNoticeTarget,
  changeSecret,
  noticeTargets,
  removeNoticeTargets,
  type NoticeTarget,
} from '../db/notice-targets.ts';
import type { Tx } from '../db/client.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { NoticeChannel } from '../domain/notice.ts';
import { now } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';

/** Where a shop's notices go, opened: addresses of staff, and of a webhook. */
export interface OpenTargets {
  readonly mails: readonly string[];
  readonly webhook: string | null;
}

/** So long is the key of a webhook's signatures, as the scheme's own libraries take it. */
const secretBytes = 24;

/** A new secret for signing webhooks. */
function newSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/** The targets as a person typed them. */
export async function openTargets(tx: Tx, vault: Vault, shop: ShopDomain): Promise<OpenTargets> {
  const targets = await noticeTargets(tx, shop);
  const of = (channel: NoticeChannel) =>
    targets.flatMap((one) => (one.channel === channel ? [vault.open(one.address)] : []));
  return { mails: of('mail'), webhook: of('webhook')[0] ?? null };
}

/** What the audit log may know: how many there are, and not which. */
const counted = ({ mails, webhook }: OpenTargets) => ({ mails: mails.length, webhook: webhook !== null });

/**
 * Sets where notices go; those that stay keep what waits for them, and a new one hears of what happens from now on. Answers the
 * secret where a webhook is new: it is not told again. That it changed is in the audit log, without the addresses.
 */
export async function setTargets(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  wanted: OpenTargets,
  by: string,
): Promise<{ readonly secret: string | null }> {
  const found = await noticeTargets(tx, shop, { lock: true });
  const before = await openTargets(tx, vault, shop);
  const isWanted = ({ channel, address }: NoticeTarget) =>
    channel === 'mail' ? wanted.mails.includes(vault.open(address)) : wanted.webhook === vault.open(address);
  const gone = found.filter((target) => !isWanted(target));
  const added = wanted.mails.filter((address) => !before.mails.includes(address));
  const webhook = wanted.webhook === before.webhook ? null : wanted.webhook;
  if (gone.length + added.length === 0 && webhook === null) return { secret: null };
  await removeNoticeTargets(
    tx,
    shop,
    now(),
    gone.map(({ id }) => id),
  );
  for (const address of added)
    await addNoticeTarget(tx, shop, now(), { channel: 'mail', address: vault.seal(address), secret: null });
  const secret = webhook === null ? null : newSecret();
  if (webhook !== null && secret !== null)
    await addNoticeTarget(tx, shop, now(), {
      ...{ channel: 'webhook', address: vault.seal(webhook), secret: vault.seal(secret) },
    });
  await tx.auditEntry.create({
    data: {
      ...{ shop, at: new Date(now()), actor: by, action: 'notice_targets' },
      ...{ before: counted(before), after: counted(wanted) },
    },
  });
  return { secret };
}

/** Gives the webhook a new secret, told once; null where there is no webhook. In the audit log stands that, and who. */
export async function renewSecret(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  by: string,
): Promise<string | null> {
  const secret = newSecret();
  if (!(await changeSecret(tx, shop, vault.seal(secret)))) return null;
  await tx.auditEntry.create({ data: { shop, at: new Date(now()), actor: by, action: 'notice_secret' } });
  return secret;
}

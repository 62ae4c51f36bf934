import { mailWasTaken, noteMail, shopOfMailKey } from '../db/system.ts';
import { now } from '../lib/clock.ts';
import { isSigned, isTimely, type PostedMail } from '../mail/mailgun.ts';
import type { Services } from './services.ts';
import { takeMail } from './take-mail.ts';

/** The domain that mails come in at, and what signs their posts. */
export interface MailSetup {
  readonly domain: string;
  readonly signingKey: string;
}

/** The local part of an address at our domain; null where it is none. */
function localPart(recipient: string, { domain }: MailSetup): string | null {
  const [local, host, ...more] = recipient.trim().toLowerCase().split('@');
  return local && host === domain && more.length === 0 ? local : null;
}

/**
 * Takes in a mail that Mailgun posted, and answers the HTTP status: 401 what it did not sign (SEC-3), 406 what it need not try
 * again, else 200, whatever the mail says. One that was taken in before changes nothing.
 */
export async function takePostedMail(
  services: Pick<Services, 'db' | 'vault' | 'log'>,
  setup: MailSetup,
  post: PostedMail | null,
): Promise<200 | 401 | 406> {
  const { db, log } = services;
  if (!post || !isSigned(post, setup.signingKey)) return 401;
  if (!isTimely(post, now())) return 406;
  const key = localPart(post.recipient, setup);
  const shop = key === null ? null : await shopOfMailKey(db, key);
  if (!shop) return 406;
  if (await mailWasTaken(db, post.token)) return 200;
  const taken = await takeMail(services, shop, await post.mime());
  // Only now: what was cut before comes again, and does no harm.
  await noteMail(db, post.token, now());
  log.info({ shop, what: taken.ok ? 'claim' : taken.why }, 'A mail came in');
  return 200;
}

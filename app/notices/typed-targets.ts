import { z } from 'zod';
import { isWebhookAddress } from './forbidden-address.ts';
import type { OpenTargets } from './set-targets.ts';

const mostMails = 10;
const email = z.email().max(254);
const typed = z.object({ mails: z.array(z.string()).max(100), webhook: z.string().max(2000) });

/** Addresses as a person typed them, or the names of the fields that are not possible. */
export function typedTargets(
  given: unknown,
  allowLoopback: boolean,
):
  | { readonly ok: true; readonly targets: OpenTargets }
  | { readonly ok: false; readonly wrong: readonly string[] } {
  const read = typed.safeParse(given);
  if (!read.success) return { ok: false, wrong: ['noticeMails', 'noticeWebhook'] };
  const mails = [
    ...new Set(read.data.mails.map((one) => one.trim().toLowerCase()).filter((one) => one !== '')),
  ];
  const webhook = read.data.webhook.trim();
  const wrong = [
    ...(mails.length > mostMails || mails.some((one) => !email.safeParse(one).success)
      ? ['noticeMails']
      : []),
    ...(webhook !== '' && !isWebhookAddress(webhook, allowLoopback) ? ['noticeWebhook'] : []),
  ];
  if (wrong.length > 0) return { ok: false, wrong };
  return { ok: true, targets: { mails, webhook: webhook === '' ? null : webhook } };
}

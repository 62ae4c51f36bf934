import type { ActionFunctionArgs } from '@remix-run/node';
import { readBody } from '../lib/read-body.ts';
import { mostMailBytes } from '../mail/parse-mail.ts';
import { readPost } from '../mail/mailgun.ts';
import { env, services } from '../services.server.ts';
import { takePostedMail } from '../sync/take-posted-mail.ts';

/** In a form's text a byte may take three signs, and other fields come along. */
const mostPostBytes = 3 * mostMailBytes + 100_000;

/** Mails that Mailgun received for a shop. The address ends in `mime`, so that it posts them as they came. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { MAIL_DOMAIN: domain, MAIL_SIGNING_KEY: signingKey } = env;
  if (domain === undefined || signingKey === undefined) return new Response(null, { status: 404 });
  if (request.method !== 'POST') return new Response(null, { status: 405 });
  const body = await readBody(request, mostPostBytes);
  if (body === null) return new Response(null, { status: 406 });
  const post = await readPost(body, request.headers.get('content-type') ?? '');
  return new Response(null, { status: await takePostedMail(services, { domain, signingKey }, post) });
};

/** A mail is a POST. */
export const loader = () => new Response(null, { status: 405 });

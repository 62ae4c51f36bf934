import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { readBody } from '../lib/read-body.ts';
import { mostMailBytes } from '../mail/parse-mail.ts';
import { services } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import { takeMail, type NotAllowed, type TakenMail } from '../sync/take-mail.ts';

/** Base64 is a third longer, and stands in JSON. */
const mostBytes = Math.ceil((mostMailBytes * 4) / 3) + 1_000;
const asked = z.object({ file: z.base64() });

function read(body: Buffer): z.infer<typeof asked> {
  try {
    return asked.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw new Response(null, { status: 400 });
  }
}

/** An e-mail that staff upload, as a claim (REQ-13). */
export const action = async ({ request }: ActionFunctionArgs): Promise<TakenMail | NotAllowed> => {
  const { shop, refused } = await authenticateStaff(request);
  if (refused) return { ok: false, why: 'not_allowed', order: null };
  const body = await readBody(request, mostBytes);
  if (body === null) return { ok: false, why: 'unreadable', order: null };
  return takeMail(services, shop, Buffer.from(read(body).file, 'base64'));
};

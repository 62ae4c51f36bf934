import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { lastDeliveries } from '../db/notice-deliveries.ts';
import { noticeChannels } from '../domain/notice.ts';
import { shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { renewSecret } from '../notices/set-targets.ts';
import { testChannel } from '../notices/test-channel.ts';
import { db, notices, vault } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';

const shown = 20;

const asked = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('test'), channel: z.enum(noticeChannels) }),
  z.object({ intent: z.literal('secret') }),
]);

/** The last mails and webhooks, and whether mails can be sent at all. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const deliveries = await db.forShop(shop, (tx) => lastDeliveries(tx, shop, shown));
  return { deliveries, mailPossible: notices.mailer !== null, now: now() };
};

/** Sends a test and tells the answer, or makes a new secret and tells it once. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return { tested: null, secret: null, guard: refused.guard };
  if (body.data.intent === 'test')
    return { tested: await testChannel(notices, shop, body.data.channel), secret: null, guard: null };
  const secret = await db.forShop(shop, (tx) => renewSecret(tx, vault, shop, by));
  return { tested: null, secret, guard: null };
};

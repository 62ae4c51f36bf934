import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { changeGuide } from '../db/guide.ts';
import { guideSteps } from '../domain/guide.ts';
import { db } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';

const asked = z.union([
  z.object({ step: z.enum(guideSteps) }),
  z.object({ guide: z.enum(['dismiss', 'show']) }),
]);
export type GuideWish = z.infer<typeof asked>;

/** A person takes a step of the setup guide, puts it away or wants it back. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const wish = body.data;
  if (refused) return { ok: false };
  await db.forShop(shop, (tx) => changeGuide(tx, shop, 'guide' in wish ? wish.guide : wish));
  return { ok: true };
};

import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { now } from '../lib/clock.ts';
import { decideIn } from '../practice/decide-in.ts';
import { db } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import type { DecisionAnswer } from '../ui/decision.ts';

const asked = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('cancel'),
    preview: z.boolean(),
    amount: z.string().max(40),
    reason: z.enum(amazonCancelReasons).nullable(),
    restock: z.boolean().nullable(),
    free: z.boolean(),
  }),
  z.object({ intent: z.literal('decline'), preview: z.boolean() }),
  z.object({ intent: z.literal('undo') }),
]);

/** A person's decision on an invented order, or what it would do: by the same guards as on a real one. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<DecisionAnswer> => {
  const { shop, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const { intent } = body.data;
  if (refused) return { intent, ok: false, guard: refused.guard, params: refused.params };
  const preview = 'preview' in body.data && body.data.preview;
  const answer = await db.forShop(shop, (tx) =>
    decideIn(tx, shop, now(), params['order'] ?? '', body.data, preview),
  );
  if (!answer.ok) return { intent, ok: false, guard: answer.guard, params: answer.params };
  const { effects, undoUntil, outcome } = answer;
  return { intent, ok: true, outcome: preview ? 'preview' : outcome, effects, version: null, undoUntil };
};

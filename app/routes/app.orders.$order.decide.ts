import type { ActionFunctionArgs } from '@remix-run/node';
import { services } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import { decisionWish, takeDecision, type DecisionWish } from '../sync/take-decision.ts';
import type { DecisionAnswer } from '../ui/decision.ts';

export type Asked = DecisionWish;

/** A person's decision on an order, or what it would do: the same guards and words as at the command line. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<DecisionAnswer> => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = decisionWish.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const { intent } = body.data;
  if (refused) return { intent, ok: false, guard: refused.guard, params: refused.params };
  const chosen = await takeDecision(services, shop, params['order'] ?? '', body.data, by);
  if (!chosen.ok) return { intent, ok: false, guard: chosen.guard, params: chosen.params };
  const { outcome, effects, undoUntil, params: about } = chosen;
  const version = typeof about['version'] === 'string' ? about['version'] : null;
  return { intent, ok: true, outcome, effects, version, undoUntil };
};

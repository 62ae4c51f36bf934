import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { messageReasons } from '../domain/choice.ts';
import { refuse } from '../domain/explain-refusal.ts';
import { amazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { services } from '../services.server.ts';
import { authenticateStaff } from '../shopify.server.ts';
import type { Chosen } from '../sync/chosen.ts';
import { chooseCancel } from '../sync/choose-cancel.ts';
import { chooseDecline } from '../sync/choose-decline.ts';
import { chooseRefund } from '../sync/choose-refund.ts';
import { chooseUnmark } from '../sync/choose-unmark.ts';
import { recordInformal } from '../sync/record-informal.ts';
import { takeBack } from '../sync/take-back.ts';
import type { DecisionAnswer } from '../ui/decision.ts';

const version = z.string().max(200).nullable();
const asked = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('cancel'),
    preview: z.boolean(),
    amount: z.string().max(40),
    reason: z.enum(amazonCancelReasons).nullable(),
    restock: z.boolean().nullable(),
    free: z.boolean(),
    version,
  }),
  z.object({
    intent: z.literal('refund'),
    preview: z.boolean(),
    amount: z.string().max(40),
    restock: z.boolean(),
    checked: z.boolean(),
    version,
  }),
  z.object({ intent: z.literal('decline'), preview: z.boolean(), version }),
  z.object({
    intent: z.literal('informal'),
    lines: z.array(z.string().max(40)).max(1_000).nullable(),
    why: z.enum([...messageReasons, 'out_of_stock']),
    hold: z.boolean(),
  }),
  z.object({ intent: z.literal('unmark') }),
  z.object({ intent: z.literal('undo') }),
]);
export type Asked = z.infer<typeof asked>;

function decide(shop: ShopDomain, order: string, wish: Asked, by: string): Promise<Chosen> {
  const at = [services, shop, amazonOrderId(order)] as const;
  switch (wish.intent) {
    case 'cancel':
      return chooseCancel(...at, { ...wish, by });
    case 'refund':
      return chooseRefund(...at, { ...wish, typed: { amount: wish.amount }, by });
    case 'decline':
      return chooseDecline(...at, { ...wish, by });
    case 'informal':
      return recordInformal(...at, { ...wish, by });
    case 'unmark':
      return chooseUnmark(...at, by);
    case 'undo':
      return takeBack(...at, by);
  }
}

/** A person's decision on an order, or what it would do: the same guards and words as at the command line. */
export const action = async ({ request, params }: ActionFunctionArgs): Promise<DecisionAnswer> => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const { intent } = body.data;
  if (refused) return { intent, ok: false, guard: refused.guard, params: refused.params };
  const chosen = await decide(shop, params['order'] ?? '', body.data, by).catch((error: unknown) => {
    services.log.error({ shop, error: String(error) }, 'a decision failed');
    return refuse('not_certain');
  });
  if (!chosen.ok) return { intent, ok: false, guard: chosen.guard, params: chosen.params };
  const { outcome, effects, undoUntil, params: about } = chosen;
  const version = typeof about['version'] === 'string' ? about['version'] : null;
  return { intent, ok: true, outcome, effects, version, undoUntil };
};

import { z } from 'zod';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { messageReasons } from '../domain/choice.ts';
import { refuse } from '../domain/explain-refusal.ts';
import { amazonOrderId, type ShopDomain } from '../domain/ids.ts';
import type { Chosen } from './chosen.ts';
import { chooseCancel } from './choose-cancel.ts';
import { chooseDecline } from './choose-decline.ts';
import { chooseRefund } from './choose-refund.ts';
import { chooseUnmark } from './choose-unmark.ts';
import { recordInformal } from './record-informal.ts';
import type { Services } from './services.ts';
import { takeBack } from './take-back.ts';

const version = z.string().max(200).nullable();

/** What a person wants done with an order, as a page or an extension sends it. */
export const decisionWish = z.discriminatedUnion('intent', [
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
export type DecisionWish = z.infer<typeof decisionWish>;

function take(services: Services, shop: ShopDomain, order: string, wish: DecisionWish, by: string) {
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

/** Takes a person's decision on an order, or tells what it would do: one way for all who ask. What breaks is said as such. */
export async function takeDecision(
  services: Services,
  shop: ShopDomain,
  order: string,
  wish: DecisionWish,
  by: string,
): Promise<Chosen> {
  return take(services, shop, order, wish, by).catch((error: unknown) => {
    services.log.error({ shop, error: String(error) }, 'a decision failed');
    return refuse('not_certain');
  });
}

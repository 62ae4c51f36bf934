import type { NotAllowed, TakenMail } from '../sync/take-mail.ts';

type Taken = TakenMail | NotAllowed;

const refusals = {
  not_allowed: 'guard.not_allowed_role',
  unreadable: 'mail.refused.unreadable',
  not_request: 'mail.refused.notRequest',
  not_amazon: 'mail.refused.notAmazon',
  no_order: 'mail.refused.noOrder',
  several_orders: 'mail.refused.severalOrders',
  unknown_order: 'mail.refused.unknownOrder',
} as const satisfies Record<Extract<Taken, { ok: false }>['why'], string>;

/** The key of the sentence on what came of a mail. */
export function mailKey(taken: Taken): string {
  if (!taken.ok) return refusals[taken.why];
  if (taken.over) return 'mail.taken.over';
  return taken.again ? 'mail.taken.again' : 'mail.taken.held';
}

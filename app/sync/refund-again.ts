import type { Choice } from '../domain/choice.ts';
import { refuse } from '../domain/explain-refusal.ts';
import { undoTime, writeChoice, type Chosen } from './chosen.ts';
import type { OrderCase } from './order-case.ts';
import type { Step } from './solve-step.ts';

/**
 * A refund that was too old to be sent is chosen anew, as it was: it rests again, and the loop judges it by what is left
 * then (CAN-12). Meanwhile it may have been made in Seller Central, so that the person has to have looked there (REF-3).
 */
export async function refundAgain(
  { services, shop, wanted }: Step,
  read: OrderCase,
  stale: Choice<'refund'>,
): Promise<Chosen> {
  const { order, situation } = read.one;
  const params = { id: order.id };
  if (situation.settings.dryRun) return refuse('sending_off', params);
  if (situation.settings.refundsOnAmazon === 'sometimes' && !wanted.checked)
    return refuse('refund_not_checked', { ...params, age: situation.financesUntil });
  const undoUntil = undoTime(read);
  const choice = { kind: 'refund', subject: '', args: stale.args, by: wanted.by } as const;
  const { id, fresh } = await writeChoice(services, shop, read, choice, undoUntil);
  const outcome = fresh ? 'chosen' : 'already_chosen';
  return { ok: true, outcome, id, undoUntil, effects: [], params };
}

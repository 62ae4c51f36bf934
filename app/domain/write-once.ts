import type { Command } from './command.ts';
import type { DueAgain, Event, Situation } from './decide.ts';
import { lookAgainAt } from './look-again.ts';

/** Whether a write may go out now, or has to be looked for first. */
export type Once =
  | { readonly is: 'go' }
  | { readonly is: 'wait'; readonly events: readonly Event[]; readonly dueAgain: DueAgain };

/** After a lost answer the effect is looked for so soon that nobody notices, and then more rarely. */
const soonestMs = 5_000;
const usualLagMs = 2 * 60_000;

/**
 * A write whose answer is missing is looked for, as long as its effect may come late, before it is sent again (PRO-3); one
 * that may be repeated goes at once. The reading in hand did not show it.
 */
export function writeOnce(
  { now }: Situation,
  before: Command | undefined,
  policy: { readonly then: 'repeat' } | { readonly then: 'look'; readonly forMs: number },
): Once {
  if (policy.then === 'repeat' || (before?.state !== 'sending' && before?.state !== 'unsure'))
    return { is: 'go' };
  const passed = now - (before.sentAt ?? now);
  if (passed >= policy.forMs) return { is: 'go' };
  const sentAt = before.sentAt ?? now;
  const latest = Math.min(usualLagMs, policy.forMs - passed);
  const at = lookAgainAt(now, sentAt, { soonest: soonestMs, latest });
  const reason = passed < usualLagMs ? 'search_lag' : 'looking';
  const events: Event[] = before.state === 'sending' ? [{ key: before.key, event: 'answer_lost' }] : [];
  return { is: 'wait', events, dueAgain: { at, reason, side: 'shopify' } };
}

/** When to look again for what Shopify took and does not show yet: soon at first, then at growing distances. */
export function untilShown({ now }: Situation, { endedAt }: Command): DueAgain {
  const since = endedAt ?? now;
  const at = lookAgainAt(now, since, { soonest: soonestMs, latest: 15 * 60_000 });
  return { at, reason: now - since < usualLagMs ? 'search_lag' : 'looking', side: 'shopify' };
}

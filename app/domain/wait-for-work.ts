import { createOrderKey } from './command.ts';
import type { DueAgain, Situation } from './decide.ts';
import type { AmazonOrderId } from './ids.ts';

/** Fulfilment orders come some time after their order; so long they are waited for. */
const workComesMs = 10 * 60_000;
const soonMs = 2 * 60_000;

/**
 * When to look again for the work on an order of which nothing was prepared for sending yet; null: it should be there by
 * now. `since`: when it was first wanted, ms UTC.
 */
export function waitForWork({ commands, now }: Situation, id: AmazonOrderId, since: number): DueAgain | null {
  const made = commands.find(({ key }) => key === createOrderKey(id))?.endedAt ?? 0;
  const age = now - Math.max(since, made);
  if (age >= workComesMs) return null;
  const at = now + Math.min(Math.max(1_000, age), 30_000);
  return { at, reason: age < soonMs ? 'search_lag' : 'looking', side: 'shopify' };
}

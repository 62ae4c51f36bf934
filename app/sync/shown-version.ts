import { refuse, type Refused } from '../domain/explain-refusal.ts';
import { shownOf, shownParts } from '../domain/shown-version.ts';
import type { OrderCase } from './order-case.ts';
import type { Services } from './services.ts';

/** Signs of a keyed hash that are enough to tell what was shown from what is. */
const length = 12;

/** The version of what an order shows, to be given back with the decision that is made on it. */
export function versionOf({ vault }: Services, { one }: OrderCase): string {
  const shown = shownOf(one);
  return shownParts.map((part) => vault.fingerprint(shown[part]).slice(0, length)).join('.');
}

/** Refuses where either side moved since `version` was shown, and says which; null where nothing did, or none is given. */
export function movedSince(services: Services, read: OrderCase, version: string | null): Refused | null {
  const now = versionOf(services, read);
  if (version === null || version === now) return null;
  const [before, after] = [version.split('.'), now.split('.')];
  const what = shownParts.find((_, i) => before[i] !== after[i]) ?? null;
  return refuse('order_changed', { id: read.one.order.id, what });
}

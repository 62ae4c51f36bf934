import { carriedParts, type Prints } from './carried.ts';
import { comparePrints } from './compare-prints.ts';
import type { Command } from './command.ts';
import type { AmazonOrderId } from './ids.ts';
import { knownInShopify } from './known-in-shopify.ts';

/** A command whose prints are to be replaced. */
export interface Renewal {
  readonly key: string;
  readonly carried: Prints;
}

/**
 * The prints that are in force and say the same as what Amazon shows now, or that no key is left for: they are made anew with the
 * keys of today, so that an older key is not needed for them any more. What differs stays, for it is still to be told or
 * written, and so does what an unfinished update is about.
 */
export function renewPrints(commands: readonly Command[], id: AmazonOrderId, shown: Prints): Renewal[] {
  const known = knownInShopify(commands, id);
  if (!known) return [];
  const renewals = new Map<string, Prints>();
  for (const part of [...carriedParts, 'quantities'] as const) {
    const { key, carried } = known.from[part];
    const [before, now] = [carried[part], shown[part]];
    if (before === null || now === null || before === now) continue;
    if (part !== 'quantities' && known.wanted.has(part)) continue;
    if (comparePrints(before, now) === 'different') continue;
    renewals.set(key, { ...(renewals.get(key) ?? carried), [part]: now });
  }
  return [...renewals].map(([key, carried]) => ({ key, carried }));
}

import { dealing, type Dealing } from './dealing.ts';
import type { Situation } from './decide.ts';
import { isFeedKind } from './feed-kind.ts';

/**
 * What rested or waited for a batch when its order was deleted in Shopify: nothing of it goes to Amazon any more, and what
 * people chose is over. That the order is gone is said by the import.
 */
export function deletedInShopify({ commands, choices }: Situation): Dealing {
  const waiting = commands.filter(({ kind, state }) => isFeedKind(kind) && state === 'planned');
  const open = choices.filter(({ kind, state }) => kind !== 'answer' && state === 'open');
  return dealing({
    events: waiting.map(({ key }) => ({ key, event: 'recalled' })),
    ends: open.map(({ id }) => ({ id, state: 'refused', outcome: 'deleted_shopify' })),
  });
}

import type { AmazonOrderId } from '../domain/ids.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';
import { carries } from './carried-number.ts';
import type { OrderWords } from './order-fields.ts';

/** An order that a search found, with the words that tell whether it is meant. */
export interface Candidate {
  readonly order: ShopifyOrder;
  readonly words: OrderWords;
}

/**
 * Which orders stand for an Amazon order: the one with our own mark, and those of others that carry its number. A mere
 * mention counts only where nothing carries it, and what names several numbers (`unclear`, names of orders) only where
 * nothing else is there. Orders that we made for another number are never meant.
 */
export function matchOf(
  id: AmazonOrderId,
  marked: ShopifyOrder | null,
  candidates: readonly Candidate[],
): { found: readonly ShopifyOrder[]; unclear: readonly string[] } {
  const sorted = candidates.map(({ order, words }) => ({
    order,
    how: order.ownMark === null ? carries(words, id) : order.ownMark === id ? 'number' : 'no',
  }));
  const of = (how: string) => sorted.filter((one) => one.how === how).map(({ order }) => order);
  const carrying = [...(marked ? [marked] : []), ...of('number')];
  const found = carrying.length > 0 ? carrying : of('mention');
  return { found, unclear: found.length > 0 ? [] : of('unclear').map(({ name }) => name) };
}

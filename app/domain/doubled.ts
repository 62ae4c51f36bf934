import { z } from 'zod';
import { answerTo } from './choice.ts';
import type { Situation } from './decide.ts';
import type { ShopifyOrder, ShopifyReading } from './shopify-order.ts';

/** What a person said of orders that carry the same number: which is the right one, and all that there were. */
const keptShape = z.object({ right: z.string(), among: z.array(z.string()) });

/** An order in Shopify as a person names it. */
type Named = Pick<ShopifyOrder, 'id' | 'name'>;

/** All orders in Shopify that stand for one on Amazon, each once. */
export function standingFor(shopify: Extract<ShopifyReading, { kind: 'read' }>): ShopifyOrder[] {
  const all = [...(shopify.found ?? []), ...(shopify.linked ? [shopify.linked] : [])];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Orders as a problem keeps them for its answer. */
export function keptNames(orders: readonly Named[]): string {
  return JSON.stringify(orders.map(({ id, name }) => [id, name]));
}

/** Kept orders, each as its id and its name. */
export const keptOrders = (kept: string) =>
  z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(kept));

/** The names of kept orders, for a person to pick one. */
export function namesOf(kept: string): string {
  return keptOrders(kept)
    .map(([, name]) => name)
    .join(', ');
}

/**
 * The answer that the order with this name, id or number is the right one of those that were kept; null where it is none
 * of them, or several.
 */
export function rightOne(kept: string, named: string): string | null {
  const all = keptOrders(kept);
  const [right, ...more] = all.filter(
    ([id, name]) => name === named || id === named || id === `gid://shopify/Order/${named}`,
  );
  return right && more.length === 0
    ? JSON.stringify({ right: right[0], among: all.map(([id]) => id) })
    : null;
}

/** The one that a person called the right one, unless there are others by now. */
function chosen({ choices }: Situation, all: readonly ShopifyOrder[]): ShopifyOrder | null {
  const answer = answerTo(choices, 'duplicate_suspected', '')?.args;
  if (answer?.choice !== 'right' || answer.value === null) return null;
  const { right, among } = keptShape.parse(JSON.parse(answer.value));
  return (all.every(({ id }) => among.includes(id)) && all.find(({ id }) => id === right)) || null;
}

/**
 * Two orders in Shopify for one on Amazon: until a person says which is right nothing is written for either, and then only
 * for that one (IMP-9). Where it is not the linked one, the link is made anew as if there had been none.
 */
export function withoutDoubles(situation: Situation): Situation {
  const { shopify, link } = situation;
  if (shopify.kind !== 'read') return situation;
  const all = standingFor(shopify);
  if (all.length < 2) return situation;
  const right = chosen(situation, all);
  if (right && right.id === shopify.linked?.id)
    return { ...situation, shopify: { ...shopify, found: [right] } };
  const unlinked = { linked: null, handling: null, books: null, cancelJob: null };
  return {
    ...situation,
    link: right ? { ...link, shopifyOrderId: null, shopifyName: null } : link,
    shopify: { ...shopify, ...unlinked, found: right ? [right] : all },
  };
}

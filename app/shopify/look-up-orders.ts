import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId, ShopifyOrderId } from '../domain/ids.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';
import type { AdminClient } from './client.ts';
import { matchOf, type Candidate } from './match-orders.ts';
import { candidateFields, candidateNode, orderFields, orderNode } from './order-fields.ts';
import { searchEach, unanswered } from './search-each.ts';
import { anywhere } from './search-text.ts';

/** An order to look for. `search`: also look for it by its Amazon id, since the link is missing or not yet certain. */
export interface OrderQuestion {
  readonly amazonOrderId: AmazonOrderId;
  readonly shopifyOrderId: ShopifyOrderId | null;
  readonly search: boolean;
}

/** `found` and `unclear` (names of orders) as in the domain's reading. */
export interface OrderAnswer {
  readonly linked: ShopifyOrder | null;
  readonly found: readonly ShopifyOrder[] | null;
  readonly unclear: readonly string[];
}

/** At most so many orders are asked for in one request; the cost stays well below Shopify's limit for one query. */
export const questionsPerRequest = 50;
/** So many ids share one search, which answers so many orders at most: twice what is to be expected. */
const idsPerSearch = 25;
const ordersPerSearch = 50;

/** A node that is no order comes empty; an order in another form than expected is a fault, not an order that is gone. */
const linkedNode = z.union([z.strictObject({}).transform(() => null), orderNode]).nullable();

function groupsOf(ids: readonly AmazonOrderId[]): AmazonOrderId[][] {
  const count = Math.ceil(ids.length / idsPerSearch);
  return Array.from({ length: count }, (_, i) => ids.slice(i * idsPerSearch, (i + 1) * idsPerSearch));
}

function build(
  linked: readonly ShopifyOrderId[],
  ids: readonly AmazonOrderId[],
): { query: string; variables: Record<string, unknown> } {
  const groups = groupsOf(ids);
  const marks = ids.map(
    (_, i) =>
      `m${i}: orderByIdentifier(identifier: { customId: { key: "order_id", value: $v${i} } }) { ...F }`,
  );
  const searches = groups.map(
    (_, i) =>
      `s${i}: orders(first: ${ordersPerSearch}, query: $q${i}) { nodes { ...C } pageInfo { hasNextPage } }`,
  );
  const parameters = [
    '$ids: [ID!]!',
    ...ids.map((_, i) => `$v${i}: String!`),
    ...groups.map((_, i) => `$q${i}: String!`),
  ];
  const candidates = groups.length > 0 ? `fragment C on Order { ${candidateFields} }` : '';
  return {
    query: `query LookUpOrders(${parameters.join(', ')}) {
      nodes(ids: $ids) { ... on Order { ...F } }
      ${[...marks, ...searches].join('\n')}
    }
    fragment F on Order { ${orderFields} }
    ${candidates}`,
    variables: {
      ids: linked,
      ...Object.fromEntries(ids.map((id, i) => [`v${i}`, id])),
      ...Object.fromEntries(groups.map((group, i) => [`q${i}`, group.map(anywhere).join(' OR ')])),
    },
  };
}

const page = z.object({
  nodes: z.array(candidateNode),
  pageInfo: z.object({ hasNextPage: z.boolean() }),
});
const answer = z.object({ nodes: z.array(linkedNode) }).catchall(z.union([page, orderNode]).nullable());
type Answer = z.infer<typeof answer>;

const markedIn = (data: Answer, i: number): ShopifyOrder | null => {
  const marked = data[`m${i}`];
  return marked && 'ownMark' in marked ? marked : null;
};

/** What the searches found for each id. A search that found more than it may answer is asked again for each of its ids. */
async function candidatesOf(
  client: AdminClient,
  data: Answer,
  ids: readonly AmazonOrderId[],
): Promise<Result<Map<AmazonOrderId, readonly Candidate[]>>> {
  const found = new Map<AmazonOrderId, readonly Candidate[]>();
  for (const [i, group] of groupsOf(ids).entries()) {
    const one = data[`s${i}`];
    // A search without an answer has not found nothing.
    if (!one || !('pageInfo' in one)) return unanswered;
    if (one.pageInfo.hasNextPage) {
      const each = await searchEach(client, group);
      if (!each.ok) return each;
      for (const [id, candidates] of each.value) found.set(id, candidates);
    } else for (const id of group) found.set(id, one.nodes);
  }
  return ok(found);
}

/**
 * Looks for up to `questionsPerRequest` orders in one request: linked ones by their Shopify id, the others by our id
 * metafield, which is exact, and by a search for the Amazon number wherever another app may have written it (IMP-9).
 */
export async function lookUpOrders(
  client: AdminClient,
  questions: readonly OrderQuestion[],
): Promise<Result<Map<AmazonOrderId, OrderAnswer>>> {
  const ids = questions.filter((q) => q.search).map((q) => q.amazonOrderId);
  const { query, variables } = build(
    questions.flatMap((q) => q.shopifyOrderId ?? []),
    ids,
  );
  const result = await client.run({ query, answer }, variables);
  if (!result.ok) return result;
  const candidates = await candidatesOf(client, result.value, ids);
  if (!candidates.ok) return candidates;
  const linked = new Map(result.value.nodes.flatMap((node) => (node ? [[node.id, node] as const] : [])));
  const answers = questions.map((question): [AmazonOrderId, OrderAnswer] => {
    const { amazonOrderId: id, shopifyOrderId, search } = question;
    const own = shopifyOrderId ? (linked.get(shopifyOrderId) ?? null) : null;
    if (!search) return [id, { linked: own, found: null, unclear: [] }];
    const marked = markedIn(result.value, ids.indexOf(id));
    return [id, { linked: own, ...matchOf(id, marked, candidates.value.get(id) ?? []) }];
  });
  return ok(new Map(answers));
}

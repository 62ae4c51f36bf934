import { z } from 'zod';
import { ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId, ShopifyOrderId } from '../domain/ids.ts';
import type { ShopifyOrder } from '../domain/shopify-order.ts';
import type { AdminClient } from './client.ts';
import { orderFields, orderNode } from './order-fields.ts';
import { quoted } from './search-text.ts';

/** An order to look for. `search`: also ask both look-ups by Amazon id, since the link is missing or not yet certain. */
export interface OrderQuestion {
  readonly amazonOrderId: AmazonOrderId;
  readonly shopifyOrderId: ShopifyOrderId | null;
  readonly search: boolean;
}

export interface OrderAnswer {
  readonly linked: ShopifyOrder | null;
  readonly found: readonly ShopifyOrder[] | null;
}

/** At most so many orders are asked for in one request; the cost stays well below Shopify's limit for one query. */
export const questionsPerRequest = 50;

/** A node that is no order comes empty; an order in another form than expected is a fault, not an order that is gone. */
const linkedNode = z.union([z.strictObject({}).transform(() => null), orderNode]).nullable();

function build(questions: readonly OrderQuestion[]): { query: string; variables: Record<string, unknown> } {
  const searched = questions.filter((q) => q.search);
  const marks = searched.map(
    (_, i) =>
      `m${i}: orderByIdentifier(identifier: { customId: { key: "order_id", value: $v${i} } }) { ...F }`,
  );
  const variables = Object.fromEntries(searched.map((q, i) => [`v${i}`, q.amazonOrderId]));
  const parameters = [
    '$ids: [ID!]!',
    ...searched.map((_, i) => `$v${i}: String!`),
    ...(searched.length > 0 ? ['$search: String!'] : []),
  ];
  const bySource = searched.length > 0 ? 'orders(first: 100, query: $search) { nodes { ...F } }' : '';
  return {
    query: `query LookUpOrders(${parameters.join(', ')}) {
      nodes(ids: $ids) { ... on Order { ...F } }
      ${marks.join('\n')}
      ${bySource}
    }
    fragment F on Order { ${orderFields} }`,
    variables: {
      ids: questions.flatMap((q) => q.shopifyOrderId ?? []),
      ...variables,
      ...(searched.length > 0
        ? { search: searched.map((q) => `source_identifier:${quoted(q.amazonOrderId)}`).join(' OR ') }
        : {}),
    },
  };
}

const answer = z
  .object({ nodes: z.array(linkedNode), orders: z.object({ nodes: z.array(orderNode) }).optional() })
  .catchall(orderNode.nullable());

/**
 * Looks for up to `questionsPerRequest` orders in one request: linked ones by their Shopify id, the others by our id
 * metafield and by the source identifier, since the first is exact and the second also finds what another app made.
 */
export async function lookUpOrders(
  client: AdminClient,
  questions: readonly OrderQuestion[],
): Promise<Result<Map<AmazonOrderId, OrderAnswer>>> {
  const { query, variables } = build(questions);
  const result = await client.run({ query, answer }, variables);
  if (!result.ok) return result;
  const data = result.value;
  const linked = new Map(data.nodes.flatMap((node) => (node ? [[node.id, node] as const] : [])));
  const searched = questions.filter((q) => q.search);
  const answers = questions.map((question): [AmazonOrderId, OrderAnswer] => {
    const own = question.shopifyOrderId ? (linked.get(question.shopifyOrderId) ?? null) : null;
    if (!question.search) return [question.amazonOrderId, { linked: own, found: null }];
    const marked = data[`m${searched.indexOf(question)}`] ?? null;
    const bySource =
      data.orders?.nodes.filter((node) => node.sourceIdentifier === question.amazonOrderId) ?? [];
    return [question.amazonOrderId, { linked: own, found: marked ? [marked, ...bySource] : bySource }];
  });
  return ok(new Map(answers));
}

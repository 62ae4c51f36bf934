import { z } from 'zod';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import type { AdminClient } from './client.ts';
import type { Candidate } from './match-orders.ts';
import { candidateFields, candidateNode } from './order-fields.ts';
import { inItsPlaces, quoted } from './search-text.ts';

const inPlaces = 5;
const inText = 10;

/** For a search that Shopify's answer says nothing of. */
export const unanswered = fail<never>({
  kind: 'unsure',
  code: 'odd_answer',
  sentence: 'Shopify left out the answer of a search.',
});

const answer = z.record(z.string(), z.object({ nodes: z.array(candidateNode) }));

/**
 * Searches for each id alone, in one request: where it stands in a place of its own, and where some text holds it. For when
 * a common search found more than it could answer.
 */
export async function searchEach(
  client: AdminClient,
  ids: readonly AmazonOrderId[],
): Promise<Result<Map<AmazonOrderId, readonly Candidate[]>>> {
  const parameters = ids.map((_, i) => `$p${i}: String!, $t${i}: String!`);
  const parts = ids.map(
    (_, i) => `p${i}: orders(first: ${inPlaces}, query: $p${i}) { nodes { ...C } }
      t${i}: orders(first: ${inText}, query: $t${i}) { nodes { ...C } }`,
  );
  const query = `query SearchEach(${parameters.join(', ')}) { ${parts.join('\n')} }
    fragment C on Order { ${candidateFields} }`;
  const variables = Object.fromEntries(
    ids.flatMap((id, i) => [
      [`p${i}`, inItsPlaces(id)],
      [`t${i}`, quoted(id)],
    ]),
  );
  const result = await client.run({ query, answer }, variables);
  if (!result.ok) return result;
  const found = new Map<AmazonOrderId, readonly Candidate[]>();
  for (const [i, id] of ids.entries()) {
    const [places, texts] = [result.value[`p${i}`], result.value[`t${i}`]];
    // A search without an answer has not found nothing.
    if (!places || !texts) return unanswered;
    const both = [...places.nodes, ...texts.nodes];
    found.set(id, [...new Map(both.map((one) => [one.order.id, one])).values()]);
  }
  return ok(found);
}

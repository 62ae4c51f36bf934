import { z } from 'zod';
import type { Result } from '../domain/failure.ts';
import type { AdminClient } from './client.ts';
import { sortWrite, userErrors, type Written } from './write-answer.ts';

const operation = {
  query: `mutation StartFlow($handle: String!, $payload: JSON!) {
    flowTriggerReceive(handle: $handle, payload: $payload) { userErrors { field message } }
  }`,
  answer: z.object({ flowTriggerReceive: z.object({ userErrors }) }),
};

/** What a trigger of Shopify Flow is told with: its handle, and values by the keys of its fields. */
export interface FlowTrigger {
  readonly handle: string;
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}

/** Starts the merchant's workflows that begin with a trigger. Shopify knows no key for it: sent twice, they run twice. */
export async function startFlow(
  client: AdminClient,
  { handle, payload }: FlowTrigger,
): Promise<Result<Written>> {
  const result = await client.run(operation, { handle, payload });
  return sortWrite(result, (data) => data.flowTriggerReceive.userErrors);
}

import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { amazonOrderItemId } from '../domain/ids.ts';
import { reasonCategories } from '../domain/reason-category.ts';
import { heldStates, requestSources, requestStates, type CancelRequest } from '../domain/request.ts';
import type { Vault } from '../lib/crypto.ts';

/** A request as the inbox shows it. Times in ms UTC. */
export interface ListedRequest extends CancelRequest {
  /** How many lines the order has. */
  readonly lineCount: number;
  /** What runs out first: the answer time or the latest ship date. */
  readonly runsOutAt: number | null;
}

const lines = z.array(
  z.object({
    orderItemId: z.string().transform(amazonOrderItemId),
    sku: z.string().nullable(),
    quantity: z.number(),
    confirmed: z.boolean(),
    absentSince: z.number().nullable(),
    ended: z.enum(['withdrawn', 'shipped', 'cancelled']).nullable(),
  }),
);
const sources = z.array(z.object({ source: z.enum(requestSources), at: z.number() }));
const words = z.record(z.string(), z.string());

/** Reads a row; the buyer's words are opened, or null where there are none any more. */
export function listedRequest(vault: Vault, row: Prisma.RequestGetPayload<object>): ListedRequest {
  const reasons = row.reasons === null ? {} : words.parse(JSON.parse(vault.open(row.reasons)));
  return {
    n: row.n,
    state: z.enum(requestStates).parse(row.state),
    version: row.version,
    requestedAt: row.requestedAt.getTime(),
    confirmedAt: row.confirmedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    lines: lines.parse(row.lines).map((line) => ({ ...line, reason: reasons[line.orderItemId] ?? null })),
    sources: sources.parse(row.sources),
    reasonCategory: z.enum(reasonCategories).parse(row.reasonCategory),
    held: z.enum(heldStates).parse(row.held),
    lineCount: row.lineCount,
    runsOutAt: row.runsOutAt?.getTime() ?? null,
  };
}

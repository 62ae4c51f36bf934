import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import { amazonOrderId, amazonOrderItemId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { reasonCategories } from '../domain/reason-category.ts';
import { heldStates, requestSources, requestStates, type CancelRequest } from '../domain/request.ts';
import { wordsHoldMs } from '../domain/recognise-request.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Tx } from './client.ts';

const lineShape = z.object({
  orderItemId: z.string().transform(amazonOrderItemId),
  sku: z.string().nullable(),
  quantity: z.number(),
  confirmed: z.boolean(),
  absentSince: z.number().nullable(),
  ended: z.enum(['withdrawn', 'shipped', 'cancelled']).nullable(),
});
const sourcesShape = z.array(z.object({ source: z.enum(requestSources), at: z.number() }));
const reasonsShape = z.record(z.string(), z.string());

/** A row as the domain knows it; its sealed words are opened. */
export function toRequest(vault: Vault, row: Prisma.RequestGetPayload<object>): CancelRequest {
  const reasons = row.reasons === null ? {} : reasonsShape.parse(JSON.parse(vault.open(row.reasons)));
  return {
    n: row.n,
    state: z.enum(requestStates).parse(row.state),
    version: row.version,
    requestedAt: row.requestedAt.getTime(),
    confirmedAt: row.confirmedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    lines: z
      .array(lineShape)
      .parse(row.lines)
      .map((line) => ({ ...line, reason: reasons[line.orderItemId] ?? null })),
    sources: sourcesShape.parse(row.sources),
    wordsErased: row.reasons === null && row.eraseAt !== null,
    reasonCategory: z.enum(reasonCategories).parse(row.reasonCategory),
    held: z.enum(heldStates).parse(row.held),
  };
}

/** The requests of these orders, each order's first one first. A row this version cannot read is a bug and throws. */
export async function requestsOf(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, CancelRequest[]>> {
  const rows = await tx.request.findMany({
    where: { shop, amazonOrderId: { in: [...ids] } },
    orderBy: { n: 'asc' },
  });
  const byOrder = new Map<AmazonOrderId, CancelRequest[]>();
  for (const row of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    byOrder.set(id, [...(byOrder.get(id) ?? []), toRequest(vault, row)]);
  }
  return byOrder;
}

/** A request to keep, with what the inbox sorts and shows by. Times in ms UTC. */
export interface KeptRequest {
  readonly order: AmazonOrderId;
  readonly request: CancelRequest;
  readonly runsOutAt: number | null;
  readonly lineCount: number;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function toColumns(vault: Vault, { order, request, runsOutAt, lineCount }: KeptRequest) {
  const words = Object.fromEntries(
    request.lines.flatMap(({ orderItemId, reason }) => (reason === null ? [] : [[orderItemId, reason]])),
  );
  const some = Object.keys(words).length > 0;
  return {
    order,
    n: request.n,
    state: request.state,
    version: request.version,
    requested: iso(request.requestedAt),
    confirmed: iso(request.confirmedAt),
    closed: iso(request.closedAt),
    lines: request.lines.map(({ reason: _, ...line }) => line),
    sources: request.sources,
    reasons: some ? vault.seal(JSON.stringify(words)) : null,
    category: request.reasonCategory,
    erase: some || request.wordsErased ? iso(request.requestedAt + wordsHoldMs) : null,
    held: request.held,
    runsOut: iso(runsOutAt),
    lineCount,
  };
}

/** Keeps requests as they are now; the buyer's words are sealed. The caller's transaction has locked their orders. */
export async function keepRequests(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  requests: readonly KeptRequest[],
): Promise<void> {
  if (requests.length === 0) return;
  const rows = requests.map((one) => toColumns(vault, one));
  await tx.$executeRaw`
    insert into request (shop, amazon_order_id, n, state, version, requested_at, confirmed_at, closed_at, lines, sources,
      reasons, reason_category, erase_at, held, runs_out_at, line_count)
    select ${shop}, x."order", x.n, x.state, x.version, x.requested, x.confirmed, x.closed, x.lines, x.sources,
      x.reasons, x.category, x.erase, x.held, x."runsOut", x."lineCount"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("order" text, n int, state text, version int,
      requested timestamptz, confirmed timestamptz, closed timestamptz, lines jsonb, sources jsonb, reasons text,
      category text, erase timestamptz, held text, "runsOut" timestamptz, "lineCount" int)
    order by x."order", x.n
    on conflict (shop, amazon_order_id, n) do update set
      state = excluded.state, version = excluded.version, requested_at = excluded.requested_at,
      confirmed_at = excluded.confirmed_at, closed_at = excluded.closed_at, lines = excluded.lines,
      sources = excluded.sources, reasons = excluded.reasons, reason_category = excluded.reason_category,
      erase_at = excluded.erase_at, held = excluded.held, runs_out_at = excluded.runs_out_at,
      line_count = excluded.line_count`;
}

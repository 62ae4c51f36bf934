import { z } from 'zod';
import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import { requestSources, type Claim, type NewClaim } from '../domain/request.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Tx } from './client.ts';

const source = z.enum(requestSources).exclude(['order', 'order_v0']);

/**
 * Keeps what sources said of buyers' wishes, each once by its key; the words are sealed. Answers the orders of which
 * something new was said, for the caller to knock in the same transaction.
 */
export async function addClaims(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  now: number,
  claims: readonly NewClaim[],
): Promise<AmazonOrderId[]> {
  if (claims.length === 0) return [];
  const rows = claims.map((claim) => ({
    ...claim,
    reason: claim.reason === null ? null : vault.seal(claim.reason),
    saidAt: claim.saidAt === null ? null : new Date(claim.saidAt).toISOString(),
  }));
  const added = await tx.$queryRaw<{ id: string }[]>`
    insert into claim (shop, amazon_order_id, source, key, order_item_ids, said_at, seen_at, reason)
    select distinct on (x.key) ${shop}, x."amazonOrderId", x.source, x.key,
      array(select jsonb_array_elements_text(x."orderItemIds")), x."saidAt", ${new Date(now)}, x.reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x("amazonOrderId" text, source text, key text, "orderItemIds" jsonb, "saidAt" timestamptz, reason text)
    order by x.key
    on conflict (shop, key) do nothing
    returning amazon_order_id as id`;
  return [...new Set(added.map(({ id }) => id))].sort().map(amazonOrderId);
}

/** The claims of these orders that nothing has answered yet, the earliest first. */
export async function openClaims(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, Claim[]>> {
  const rows = await tx.claim.findMany({
    where: { shop, amazonOrderId: { in: [...ids] }, settledAt: null },
    orderBy: [{ seenAt: 'asc' }, { id: 'asc' }],
  });
  const byOrder = new Map<AmazonOrderId, Claim[]>();
  for (const row of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    const claim: Claim = {
      id: row.id,
      source: source.parse(row.source),
      orderItemIds: row.orderItemIds,
      saidAt: row.saidAt?.getTime() ?? null,
      seenAt: row.seenAt.getTime(),
      reason: row.reason === null ? null : vault.open(row.reason),
    };
    byOrder.set(id, [...(byOrder.get(id) ?? []), claim]);
  }
  return byOrder;
}

/** Claims that Amazon or time has answered, or that a record of the request holds now. */
export async function settleClaims(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.claim.updateMany({ where: { shop, id: { in: [...ids] } }, data: { settledAt: new Date(now) } });
}

import type { ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';

/** A sealed text of a buyer and where it is kept: a claim's id, or an order's with the number of its request. */
interface SealedWords {
  readonly id: string;
  readonly n: number | null;
  readonly sealed: string;
}

/** All sealed reasons of a shop. */
export async function sealedWords(tx: Tx, shop: ShopDomain): Promise<SealedWords[]> {
  return tx.$queryRaw<SealedWords[]>`
    select amazon_order_id as id, n, reasons as sealed from request where shop = ${shop} and reasons is not null
    union all
    select id::text, null, reason from claim where shop = ${shop} and reason is not null`;
}

/** Replaces sealed reasons that are still as they were read; answers how many were. */
export async function resealWords(
  tx: Tx,
  shop: ShopDomain,
  words: readonly (SealedWords & { readonly anew: string })[],
): Promise<number> {
  const rows = JSON.stringify(words);
  const requests = await tx.$executeRaw`
    update request r set reasons = x.anew
    from jsonb_to_recordset(${rows}::jsonb) as x(id text, n int, sealed text, anew text)
    where r.shop = ${shop} and r.amazon_order_id = x.id and r.n = x.n and r.reasons = x.sealed`;
  const claims = await tx.$executeRaw`
    update claim c set reason = x.anew
    from jsonb_to_recordset(${rows}::jsonb) as x(id text, n int, sealed text, anew text)
    where c.shop = ${shop} and x.n is null and c.id::text = x.id and c.reason = x.sealed`;
  return requests + claims;
}

import type { Prisma } from '@prisma/client';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { CancelRequest } from '../domain/request.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Tx } from './client.ts';
import { toRequest } from './requests.ts';

/** A request as the inbox shows it. Times in ms UTC. */
export interface ListedRequest extends CancelRequest {
  /** How many lines the order has. */
  readonly lineCount: number;
  /** What runs out first: the answer time or the latest ship date. */
  readonly runsOutAt: number | null;
}

/** Reads a row; the buyer's words are opened, or null where there are none any more. */
export function listedRequest(vault: Vault, row: Prisma.RequestGetPayload<object>): ListedRequest {
  return {
    ...toRequest(vault, row),
    lineCount: row.lineCount,
    runsOutAt: row.runsOutAt?.getTime() ?? null,
  };
}

/** All wishes on one order, the first one first. */
export async function listedRequestsOf(
  tx: Tx,
  vault: Vault,
  shop: ShopDomain,
  order: AmazonOrderId,
): Promise<ListedRequest[]> {
  const rows = await tx.request.findMany({ where: { shop, amazonOrderId: order }, orderBy: { n: 'asc' } });
  return rows.map((row) => listedRequest(vault, row));
}

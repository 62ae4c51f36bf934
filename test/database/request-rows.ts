import type { CancelRequest } from '../../app/domain/request.ts';
import type { ShopDomain } from '../../app/domain/ids.ts';
import type { Vault } from '../../app/lib/crypto.ts';
import type { TestDatabase } from '../database.ts';
import { seller, start } from './shop-rows.ts';

/** A request to write down for a test; what is left out is an ordinary open one. */
export interface RequestSpec {
  readonly id: string;
  readonly n?: number;
  readonly state?: CancelRequest['state'];
  readonly requestedAt?: number;
  readonly runsOutAt?: number | null;
  readonly sources?: readonly string[];
  readonly reason?: string;
  readonly category?: string;
  readonly lines?: number;
  readonly lineCount?: number;
  readonly held?: CancelRequest['held'];
  readonly marketplaceId?: string;
  readonly name?: string;
  readonly sku?: string;
}

/** Writes orders with a request each, as the loop leaves them. */
export async function addRequests(
  { db }: TestDatabase,
  vault: Vault,
  shop: ShopDomain,
  specs: readonly RequestSpec[],
): Promise<void> {
  const orders = specs.map((spec) => ({
    shop,
    amazonOrderId: spec.id,
    sellerId: seller,
    marketplaceId: spec.marketplaceId ?? 'ATVPDKIKX0DER',
    amazonCreatedAt: new Date(start),
    amazonStatus: 'unshipped',
    request: 'asked',
    shopifyName: spec.name ?? null,
    skus: [spec.sku ?? 'SKU-1'],
    state: 'asked_held',
    tone: 'attention',
  }));
  const requests = specs.map((spec) => ({
    shop,
    amazonOrderId: spec.id,
    n: spec.n ?? 1,
    state: spec.state ?? 'open',
    version: 1,
    requestedAt: new Date(spec.requestedAt ?? start),
    runsOutAt: spec.runsOutAt === undefined || spec.runsOutAt === null ? null : new Date(spec.runsOutAt),
    lines: Array.from({ length: spec.lines ?? 1 }, (_, n) => ({
      ...{ orderItemId: `L${n + 1}`, sku: 'SKU-1', quantity: 1, confirmed: true },
      ...{ absentSince: null, ended: null },
    })),
    sources: (spec.sources ?? ['order']).map((source) => ({ source, at: start })),
    reasons: spec.reason === undefined ? null : vault.seal(JSON.stringify({ L1: spec.reason })),
    reasonCategory: spec.category ?? 'not_given',
    lineCount: spec.lineCount ?? 1,
    held: spec.held ?? 'lines',
  }));
  for (let from = 0; from < specs.length; from += 1000) {
    await db.forShop(shop, async (tx) => {
      await tx.order.createMany({ data: orders.slice(from, from + 1000), skipDuplicates: true });
      await tx.request.createMany({ data: requests.slice(from, from + 1000) });
    });
  }
}

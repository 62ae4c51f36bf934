import { z } from 'zod';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import { quarantineWhys, type KnownFact, type QuietTime } from '../domain/shopify-fact.ts';
import type { Tx } from './client.ts';

/** What was seen of cancels, refunds and fulfilments made in Shopify on these orders. */
export async function factsOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, KnownFact[]>> {
  const rows = await tx.shopifyFact.findMany({ where: { shop, amazonOrderId: { in: [...ids] } } });
  const byOrder = new Map<AmazonOrderId, KnownFact[]>();
  for (const { key, happenedAt, seenAt, quarantine, ...row } of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    const fact: KnownFact = {
      key,
      happenedAt: happenedAt.getTime(),
      seenAt: seenAt.getTime(),
      quarantine: z.enum(quarantineWhys).parse(quarantine),
    };
    byOrder.set(id, [...(byOrder.get(id) ?? []), fact]);
  }
  return byOrder;
}

/** Keeps facts that are seen for the first time; what was decided of one at first sight stays. */
export async function keepFacts(
  tx: Tx,
  shop: ShopDomain,
  facts: readonly (KnownFact & { readonly order: AmazonOrderId })[],
): Promise<void> {
  if (facts.length === 0) return;
  await tx.shopifyFact.createMany({
    data: facts.map(({ order, key, happenedAt, seenAt, quarantine }) => ({
      shop,
      amazonOrderId: order,
      key,
      happenedAt: new Date(happenedAt),
      seenAt: new Date(seenAt),
      quarantine,
    })),
    skipDuplicates: true,
  });
}

const openKeyOf = (seller: SellerId | '', why: string) => JSON.stringify([seller, why]);

/** From `since` (ms UTC) on nothing is sent: of an account, or (empty) of the shop. Idempotent. */
export async function beginQuiet(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId | '',
  why: 'disconnected' | 'outage' | 'dry_run' | 'uninstalled',
  since: number,
): Promise<void> {
  await tx.$executeRaw`
    insert into quiet_time (shop, seller_id, why, since, open_key)
    values (${shop}, ${seller}, ${why}, ${new Date(since)}, ${openKeyOf(seller, why)})
    on conflict (shop, open_key) do nothing`;
}

/** It is over, at `until` (ms UTC). Idempotent. */
export async function endQuiet(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId | '',
  why: 'disconnected' | 'outage' | 'dry_run' | 'uninstalled',
  until: number,
): Promise<void> {
  await tx.quietTime.updateMany({
    where: { shop, openKey: openKeyOf(seller, why) },
    data: { until: new Date(until), openKey: null },
  });
}

/** The shop's quiet times of the last 90 days, per account and (empty) of all of it. */
export async function quietTimes(
  tx: Tx,
  shop: ShopDomain,
  now: number,
): Promise<readonly (QuietTime & { readonly seller: string })[]> {
  const rows = await tx.quietTime.findMany({
    where: { shop, OR: [{ until: null }, { until: { gte: new Date(now - 90 * 24 * 3_600_000) } }] },
  });
  return rows.map(({ sellerId, since, until }) => ({
    seller: sellerId,
    since: since.getTime(),
    until: until?.getTime() ?? null,
  }));
}

import { knockOrders } from '../db/leases.ts';
import { listSkus, mapSku } from '../db/sku-links.ts';
import { amazonOrderId, sellerId, shopifyVariantId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { UsageError, type Said, type Session } from './command-line.ts';

/** What was mapped by hand and what has no variant. */
async function listSkuLinks({ services, shop }: Session): Promise<Said> {
  const rows = await services.db.forShop(shop, (tx) => listSkus(tx, shop));
  const data = rows.map(({ sku, variantId, candidates, byHand }) => ({ sku, variantId, candidates, byHand }));
  const lines = data.map(
    (row) =>
      `${row.sku}  ${row.variantId ?? (row.candidates > 1 ? `on ${row.candidates} variants` : 'no variant')}${row.byHand ? '  (by hand)' : ''}`,
  );
  return { ok: true, data, lines: lines.length > 0 ? lines : ['Every SKU has its variant.'] };
}

/** Sets which variant an SKU means, or takes that back; its orders are looked at again. */
async function mapSkuTo(
  { services, shop }: Session,
  sku: string,
  variant: string | undefined,
): Promise<Said> {
  const id =
    variant === undefined
      ? null
      : /^\d+$/.test(variant)
        ? `gid://shopify/ProductVariant/${variant}`
        : variant;
  if (id !== null && !/^gid:\/\/shopify\/ProductVariant\/\d+$/.test(id))
    throw new UsageError(`${variant ?? ''} is no variant id.`);
  await services.db.forShop(shop, async (tx) => {
    await mapSku(tx, shop, now(), sku, id === null ? null : shopifyVariantId(id));
    // Only those that wait for it: years of orders in step have nothing to gain from a look.
    const waiting = await tx.problem.findMany({
      where: { shop, subject: sku, closedAt: null, kind: { in: ['sku_unlinked', 'sku_ambiguous'] } },
      select: { amazonOrderId: true },
    });
    const orders = await tx.order.findMany({
      where: { shop, amazonOrderId: { in: waiting.map((problem) => problem.amazonOrderId) } },
      select: { amazonOrderId: true, sellerId: true },
    });
    for (const seller of new Set(orders.map((order) => order.sellerId))) {
      const ids = orders
        .filter((order) => order.sellerId === seller)
        .map((order) => amazonOrderId(order.amazonOrderId));
      await knockOrders(tx, shop, sellerId(seller), ids, now());
    }
  });
  return {
    ok: true,
    data: { sku, variantId: id },
    lines: [id === null ? `${sku} is looked up again.` : `${sku} means ${id}.`],
  };
}

/** Shows the map, or sets one SKU of it. */
export function mapSkus(session: Session, [sku, variant]: readonly string[]): Promise<Said> {
  return sku === undefined ? listSkuLinks(session) : mapSkuTo(session, sku, variant);
}

import type { OrderPage } from '../amazon/orders.ts';
import { linkedAmong, type BackfillCounts, type BackfillRow } from '../db/backfills.ts';
import type { PreviewedOrder } from '../db/previewed-orders.ts';
import { shopRow } from '../db/shops.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import { comesInFrom, type Chosen } from '../domain/chosen-marketplaces.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { lookUpOrders, questionsPerRequest } from '../shopify/look-up-orders.ts';
import type { Services } from './services.ts';

type Seen = Pick<PreviewedOrder, 'fate' | 'why'>;

interface Known {
  readonly linked: ReadonlySet<string>;
  readonly chosen: Chosen | undefined;
  readonly showsFba: boolean;
}

const left = (why: string): Seen => ({ fate: 'leave', why });

/** What Amazon's side, the settings and our own links say of an order. */
function fateOf(order: AmazonOrder, { linked, chosen, showsFba }: Known): Seen {
  if (linked.has(order.id)) return left('there');
  if (order.status === 'cancelled') return left('cancelled');
  if (order.status.startsWith('pending')) return left('pending');
  if (order.fulfilledBy === 'amazon' && !showsFba) return left('fba');
  if (comesInFrom(chosen, order.marketplaceId, 0) === null) return left('marketplace');
  return { fate: 'create', why: order.status === 'shipped' ? 'shipped' : '' };
}

/**
 * What stands in Shopify of these already, though not by us, and what Shopify did not tell: looking is cheap, and a preview that
 * would rather guess answers the wrong question.
 */
async function standingAlready(
  services: Services,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (let i = 0; i < ids.length; i += questionsPerRequest) {
    const some = ids.slice(i, i + questionsPerRequest);
    const client = services.shopify(shop);
    const questions = some.map((amazonOrderId) => ({ amazonOrderId, shopifyOrderId: null, search: true }));
    const answers = client.throttle.take(some.length).ok ? await lookUpOrders(client, questions) : null;
    for (const id of some) {
      const answer = answers?.ok ? answers.value.get(id) : undefined;
      const name = answer?.found?.[0]?.name ?? answer?.unclear[0];
      if (!answer) seen.set(id, { fate: 'odd', why: 'shopify' });
      else if (name !== undefined) seen.set(id, { fate: 'adopt', why: name });
    }
  }
  return seen;
}

function add(counts: BackfillCounts, orders: readonly PreviewedOrder[]): BackfillCounts {
  const sum = { ...counts, markets: { ...counts.markets }, read: counts.read + orders.length };
  for (const { fate, why, marketplaceId } of orders) {
    sum[why === 'there' ? 'there' : fate] += 1;
    if (marketplaceId !== null) sum.markets[marketplaceId] = (sum.markets[marketplaceId] ?? 0) + 1;
  }
  return sum;
}

/** The orders of one page more of a backfill, and its counts with them; a preview also looks in Shopify for what stands there. */
export async function countPage(
  services: Services,
  shop: ShopDomain,
  row: BackfillRow,
  page: OrderPage,
): Promise<{ readonly counts: BackfillCounts; readonly orders: readonly PreviewedOrder[] }> {
  const ids = page.orders.map((order) => order.id);
  const known = await services.db.forShop(shop, async (tx): Promise<Known> => {
    const settings = (await shopRow(tx, shop))?.settings ?? settingsSchema.parse({});
    const chosen = settings.marketplaces[row.sellerId];
    return { linked: await linkedAmong(tx, shop, ids), chosen, showsFba: settings.fba === 'show' };
  });
  const fates = page.orders.map((order) => ({ order, seen: fateOf(order, known) }));
  const asked = row.preview ? fates.filter(({ seen }) => seen.fate === 'create') : [];
  const standing = await standingAlready(
    services,
    shop,
    asked.map(({ order }) => order.id),
  );
  const orders: PreviewedOrder[] = fates.map(({ order, seen }) => ({
    amazonOrderId: order.id,
    createdAt: order.createdAt,
    marketplaceId: order.marketplaceId,
    total: order.total,
    ...(standing.get(order.id) ?? seen),
  }));
  const odd = page.rejected.map(({ orderId }): PreviewedOrder => ({
    ...{ amazonOrderId: orderId ?? '', createdAt: null, marketplaceId: null, total: null },
    ...{ fate: 'odd', why: 'amazon' },
  }));
  const all = [...orders, ...odd];
  return { counts: add(row.counts, all), orders: all };
}

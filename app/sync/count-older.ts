import type { OrderPage } from '../amazon/orders.ts';
import { linkedAmong, type BackfillCounts, type BackfillRow } from '../db/backfills.ts';
import { shopRow } from '../db/shops.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import { comesInFrom, type Chosen } from '../domain/chosen-marketplaces.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { lookUpOrders, questionsPerRequest } from '../shopify/look-up-orders.ts';
import type { Services } from './services.ts';

/** What becomes of an order: the name of its count. */
type Fate = 'create' | 'adopt' | 'there' | 'leave' | 'odd';

interface Known {
  readonly linked: ReadonlySet<string>;
  readonly chosen: Chosen | undefined;
  readonly showsFba: boolean;
}

/** What Amazon's side, the settings and our own links say of an order. */
function fateOf(order: AmazonOrder, { linked, chosen, showsFba }: Known): Fate {
  if (linked.has(order.id)) return 'there';
  const unwanted = order.status === 'cancelled' || order.status.startsWith('pending');
  const hidden = order.fulfilledBy === 'amazon' && !showsFba;
  return unwanted || hidden || comesInFrom(chosen, order.marketplaceId, 0) === null ? 'leave' : 'create';
}

/**
 * Those that another app brought into Shopify, and those of which Shopify did not tell (`unknown`): looking is cheap, and a
 * preview that would rather guess answers the wrong question.
 */
async function standingAlready(
  services: Services,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<{ there: ReadonlySet<string>; unknown: ReadonlySet<string> }> {
  const [there, unknown] = [new Set<string>(), new Set<string>()];
  for (let i = 0; i < ids.length; i += questionsPerRequest) {
    const some = ids.slice(i, i + questionsPerRequest);
    const client = services.shopify(shop);
    const answers = client.throttle.take(some.length).ok
      ? await lookUpOrders(
          client,
          some.map((amazonOrderId) => ({ amazonOrderId, shopifyOrderId: null, search: true })),
        )
      : null;
    for (const id of some) {
      const answer = answers?.ok ? answers.value.get(id) : undefined;
      if (!answer) unknown.add(id);
      else if ((answer.found ?? []).length > 0 || answer.unclear.length > 0) there.add(id);
    }
  }
  return { there, unknown };
}

function add(counts: BackfillCounts, page: OrderPage, fates: readonly Fate[]): BackfillCounts {
  const sum = { ...counts, markets: { ...counts.markets } };
  for (const fate of fates) sum[fate] += 1;
  for (const { marketplaceId } of page.orders)
    if (marketplaceId !== null) sum.markets[marketplaceId] = (sum.markets[marketplaceId] ?? 0) + 1;
  sum.odd += page.rejected.length;
  sum.read += page.orders.length + page.rejected.length;
  return sum;
}

/** The counts of a backfill with one page more; a preview also looks in Shopify for what stands there already. */
export async function countPage(
  services: Services,
  shop: ShopDomain,
  row: BackfillRow,
  page: OrderPage,
): Promise<BackfillCounts> {
  const ids = page.orders.map((order) => order.id);
  const known = await services.db.forShop(shop, async (tx): Promise<Known> => {
    const settings = (await shopRow(tx, shop))?.settings ?? settingsSchema.parse({});
    const chosen = settings.marketplaces[row.sellerId];
    return { linked: await linkedAmong(tx, shop, ids), chosen, showsFba: settings.fba === 'show' };
  });
  const fates = page.orders.map((order) => ({ id: order.id, fate: fateOf(order, known) }));
  const asked = row.preview ? fates.filter(({ fate }) => fate === 'create').map(({ id }) => id) : [];
  const { there, unknown } = await standingAlready(services, shop, asked);
  const final = fates.map(({ id, fate }): Fate => (there.has(id) ? 'adopt' : unknown.has(id) ? 'odd' : fate));
  return add(row.counts, page, final);
}

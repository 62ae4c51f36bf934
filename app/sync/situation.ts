import { comesInFrom } from '../domain/chosen-marketplaces.ts';
import type { Situation } from '../domain/decide.ts';
import type { SkuMeaning } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { printsOfReading } from './prints.ts';
import type { Services } from './services.ts';
import type { ShopContext } from './shop-context.ts';
import type { Work } from './work.ts';

/** What a round shares: the shop's context and its SKUs. */
export interface Shared {
  readonly context: ShopContext;
  readonly skus: ReadonlyMap<string, SkuMeaning>;
}

/** Everything that is known of an order, put together for the decision. */
export function situationOf({ vault }: Services, work: Work, { context, skus }: Shared): Situation {
  const { order } = work;
  if (!work.shopify) throw new Error('Decided before looking at Shopify');
  return {
    link: order.link,
    amazon: work.amazon,
    shopify: work.shopify,
    skus,
    prints: printsOfReading(vault, work.amazon, order.remembered),
    commands: work.commands,
    requests: work.requests,
    claims: work.claims,
    choices: work.choices,
    facts: work.facts,
    moves: work.moves,
    financesUntil: context.financesUntil.get(order.sellerId) ?? null,
    quiet: context.quiet.filter(({ seller }) => seller === '' || seller === order.sellerId),
    installedAt: context.installedAt.get(order.sellerId) ?? 0,
    remembered: order.remembered,
    settings: context.settings,
    shop: context.facts,
    crowded: context.crowded,
    importFrom: comesInFrom(
      context.settings.marketplaces[order.sellerId],
      work.amazon.kind === 'read' ? work.amazon.order.marketplaceId : null,
      context.importFrom.get(order.sellerId) ?? 0,
    ),
    wantedAt: order.wantedAt,
    failures: order.failures,
    now: now(),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { choicesOf } from '../db/choices.ts';
import { commandsOf } from '../db/commands.ts';
import { factsOf } from '../db/facts.ts';
import type { LeasedOrder } from '../db/leases.ts';
import { movesOfOrders } from '../db/moves.ts';
import { requestsOf } from '../db/requests.ts';
import { storedOrder } from '../db/stored-order.ts';
import type { Case } from '../domain/dealing.ts';
import { fail, ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { lookAtShopify } from './look-at-shopify.ts';
import { situationOf } from './situation.ts';
import type { Services } from './services.ts';
import { shopContext } from './shop-context.ts';
import type { Work } from './work.ts';

/** An order as a person decides on it: what Amazon said last, and Shopify as it is now. */
export interface OrderCase {
  readonly one: Case;
  readonly stored: LeasedOrder;
}

const refused = (code: string, sentence: string) => fail<OrderCase>({ kind: 'final', code, sentence });

/** Shopify as it is now. A person waits: where it cannot be read for a moment it is asked again. */
async function shopifyNow(services: Services, shop: ShopDomain, work: Work): Promise<ShopifyReading | null> {
  for (let tries = 1; ; tries += 1) {
    const readings = await lookAtShopify(services, shop, [work]);
    const reading = readings.get(work.order.amazonOrderId) ?? null;
    if (reading?.kind !== 'unreadable' || reading.final || tries === 4) return reading;
    await sleep(Math.min(Math.max((reading.at ?? now()) - now(), 300), 1_500));
  }
}

/** Reads an order for a person's decision: Shopify is asked, Amazon's last word is taken. Nothing is written, nothing held. */
export async function orderCase(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<Result<OrderCase>> {
  const work = await services.db.forShop(shop, async (tx): Promise<Work | null> => {
    const order = await storedOrder(tx, shop, id);
    if (!order) return null;
    const remembered = order.remembered;
    const commands = await commandsOf(tx, shop, [id]);
    const requests = await requestsOf(tx, services.vault, shop, [id]);
    const choices = await choicesOf(tx, shop, [id]);
    const facts = await factsOf(tx, shop, [id]);
    const moves = await movesOfOrders(tx, shop, [id]);
    return {
      order,
      amazon: remembered
        ? { kind: 'read', startedAt: remembered.readAt, order: remembered.order, remembered: true }
        : { kind: 'unreadable', why: 'Amazon was not read yet.', at: null, final: false },
      commands: commands.get(id) ?? [],
      requests: requests.get(id) ?? [],
      claims: [],
      choices: choices.get(id) ?? [],
      facts: facts.get(id) ?? [],
      moves: moves.get(id) ?? [],
      shopify: null,
      decision: null,
      held: null,
      wholeBooks: true,
    };
  });
  if (!work) return refused('not_found', `The order ${id} is not known here.`);
  if (work.amazon.kind !== 'read' || work.order.link.shopifyOrderId === null)
    return refused('not_in_shopify', `The order ${id} does not stand in Shopify.`);
  const context = await shopContext(services, shop);
  work.shopify = await shopifyNow(services, shop, work);
  const { shopify } = work;
  if (shopify?.kind !== 'read' || !shopify.linked)
    return refused(
      'shopify_unreadable',
      shopify?.kind === 'unreadable' ? shopify.why : 'Shopify does not show the order.',
    );
  const one: Case = {
    situation: situationOf(services, work, { context, skus: new Map() }),
    order: work.amazon.order,
    readAt: work.amazon.startedAt,
    askedAt: null,
    linked: shopify.linked,
    books: shopify.books,
    handling: shopify.handling,
    request: work.requests.findLast(({ closedAt }) => closedAt === null) ?? null,
  };
  return ok({ one, stored: work.order });
}

import { choicesOf } from '../db/choices.ts';
import { commandsOf } from '../db/commands.ts';
import { movesOfOrders } from '../db/moves.ts';
import { orderRow, type OrderRow } from '../db/order-list.ts';
import { openProblemsOf, type OpenProblem } from '../db/problems.ts';
import { listedRequestsOf, type ListedRequest } from '../db/request-row.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { timelineOf, type Happening } from '../domain/timeline.ts';
import type { Services } from './services.ts';

/** All that is kept of one order, for its page. */
export interface OrderPage {
  readonly order: OrderRow;
  readonly problems: readonly OpenProblem[];
  /** The buyer's last wish; null: there was none. */
  readonly request: ListedRequest | null;
  readonly timeline: readonly Happening[];
}

/** Reads what is kept of an order; neither side is asked. Null where it is not known. */
export async function orderPage(
  { db, vault }: Pick<Services, 'db' | 'vault'>,
  shop: ShopDomain,
  id: AmazonOrderId,
): Promise<OrderPage | null> {
  return db.forShop(shop, async (tx) => {
    const order = await orderRow(tx, shop, id);
    if (!order) return null;
    const requests = await listedRequestsOf(tx, vault, shop, id);
    const timeline = timelineOf({
      placedAt: order.amazonCreatedAt,
      commands: (await commandsOf(tx, shop, [id])).get(id) ?? [],
      choices: (await choicesOf(tx, shop, [id])).get(id) ?? [],
      requests,
      moves: (await movesOfOrders(tx, shop, [id])).get(id) ?? [],
      currency: order.currency,
    });
    const problems = await openProblemsOf(tx, shop, id);
    return { order, problems, request: requests.at(-1) ?? null, timeline };
  });
}

import { auditOf } from '../db/audit.ts';
import { commandsOf } from '../db/commands.ts';
import { orderRow, type OrderRow } from '../db/order-list.ts';
import { listedRequestsOf, type ListedRequest } from '../db/request-row.ts';
import { storedOrder } from '../db/stored-order.ts';
import type { AmazonLine } from '../domain/amazon-order.ts';
import { evidenceOf, type EvidenceLine } from '../domain/evidence.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import type { Services } from './services.ts';

/** What is told of an order in a dispute. Nothing of the buyer but words younger than 30 days. */
export interface Evidence {
  readonly order: OrderRow;
  /** As Amazon last said them; null where that is not kept. */
  readonly lines:
    readonly Pick<AmazonLine, 'orderItemId' | 'sku' | 'title' | 'quantityOrdered' | 'unitPrice'>[] | null;
  readonly requests: readonly ListedRequest[];
  readonly log: readonly EvidenceLine[];
}

const wordsForMs = 30 * 86_400_000;

/** The wish without the buyer's words where those are too old to be shown, even before they are erased (REQ-5). */
const speaking = (request: ListedRequest, now: number): ListedRequest =>
  now - request.requestedAt < wordsForMs
    ? request
    : { ...request, lines: request.lines.map((line) => ({ ...line, reason: null })) };

/** Gathers what is kept of an order for a dispute; neither side is asked. Null where it is not known. `now` in ms UTC. */
export async function evidence(
  { db, vault }: Pick<Services, 'db' | 'vault'>,
  shop: ShopDomain,
  id: AmazonOrderId,
  now: number,
): Promise<Evidence | null> {
  return db.forShop(shop, async (tx) => {
    const order = await orderRow(tx, shop, id);
    if (!order) return null;
    const kept = (await storedOrder(tx, shop, id))?.remembered ?? null;
    const commands = (await commandsOf(tx, shop, [id])).get(id) ?? [];
    return {
      order,
      lines:
        kept?.order.lines.map(({ orderItemId, sku, title, quantityOrdered, unitPrice }) => ({
          ...{ orderItemId, sku, title, quantityOrdered, unitPrice },
        })) ?? null,
      requests: (await listedRequestsOf(tx, vault, shop, id)).map((one) => speaking(one, now)),
      log: evidenceOf(await auditOf(tx, shop, id), commands, order.currency),
    };
  });
}

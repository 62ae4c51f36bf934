import { isDeepStrictEqual } from 'node:util';
import { settleClaims } from '../db/claims.ts';
import type { Tx } from '../db/client.ts';
import { addNotices } from '../db/notices.ts';
import { keepRequests } from '../db/requests.ts';
import { runsOutAt } from '../domain/request-clock.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Services } from './services.ts';
import type { Work } from './work.ts';

/** The order by which a request's clocks are told: as it was read, or as it is remembered. */
const orderOf = ({ amazon, order }: Work) =>
  amazon.kind === 'read' ? amazon.order : (order.remembered?.order ?? null);

/**
 * Writes down what was decided of buyers' wishes: records that changed, claims that are answered, and a notice for staff
 * where one is new. In the transaction that locked their orders.
 */
export async function keepWishes(
  tx: Tx,
  services: Services,
  shop: ShopDomain,
  works: readonly Work[],
): Promise<void> {
  const changed = works.flatMap((work) => {
    const request = work.decision?.request ?? null;
    const order = orderOf(work);
    const before = work.requests.find((one) => one.n === request?.n);
    if (!request || !order || isDeepStrictEqual(before, request)) return [];
    const lineCount = order.lines.length;
    return [{ order: work.order.amazonOrderId, request, runsOutAt: runsOutAt(order, request), lineCount }];
  });
  await keepRequests(tx, services.vault, shop, changed);
  await settleClaims(
    tx,
    shop,
    now(),
    works.flatMap((work) => work.decision?.settled ?? []),
  );
  const opened = works.filter((work) => work.decision?.opened);
  await addNotices(
    tx,
    shop,
    now(),
    opened.map(({ order, decision }) => ({
      kind: 'request_opened' as const,
      key: `request_opened:${order.amazonOrderId}:${decision?.request?.n ?? 0}`,
      amazonOrderId: order.amazonOrderId,
      params: { id: order.amazonOrderId },
    })),
  );
}

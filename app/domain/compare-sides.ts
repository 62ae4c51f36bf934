import type { AmazonOrder } from './amazon-order.ts';
import type { Fitting } from './describe.ts';
import type { ProblemDraft } from './problem.ts';
import type { ShopifyOrder } from './shopify-order.ts';

const shipped = new Set(['FULFILLED']);
const partly = new Set(['PARTIALLY_FULFILLED']);

function agreement(order: AmazonOrder, found: ShopifyOrder): Fitting {
  const params = {
    amazon: order.status,
    shopify: found.cancelledAt === null ? found.fulfillmentStatus : 'CANCELLED',
    shipBy: order.shipBy.latest,
  };
  const differs: Fitting = { key: 'differs', params };
  switch (order.status) {
    case 'cancelled':
      return found.cancelledAt === null ? differs : { key: 'cancelled_in_step', params };
    case 'shipped':
      return found.cancelledAt === null && shipped.has(found.fulfillmentStatus)
        ? { key: 'shipped_in_step', params }
        : differs;
    case 'partially_shipped':
      return found.cancelledAt === null && partly.has(found.fulfillmentStatus)
        ? { key: 'in_step', params }
        : differs;
    case 'unshipped':
    case 'pending':
    case 'pending_availability':
    case 'unfulfillable':
    case 'unknown':
      return found.cancelledAt === null &&
        !shipped.has(found.fulfillmentStatus) &&
        !partly.has(found.fulfillmentStatus)
        ? { key: 'in_step', params }
        : differs;
  }
}

/** The states that fit an order which stands on both sides. Fulfilled-by-Amazon orders are only shown. */
export function compareSides(
  order: AmazonOrder,
  found: ShopifyOrder,
  adopted: boolean,
  flags: readonly ProblemDraft[],
): Fitting[] {
  if (order.fulfilledBy === 'amazon') return [{ key: 'fba_view', params: {} }];
  const fitting: Fitting[] = [agreement(order, found)];
  if (adopted) fitting.push({ key: 'adopted', params: { name: found.name } });
  const totals = flags.find((flag) => flag.kind === 'totals_differ');
  if (totals) fitting.push({ key: 'totals_differ', params: totals.params });
  const unlinked = flags.filter((flag) => flag.kind === 'sku_unlinked');
  if (unlinked.length > 0) {
    fitting.push({ key: 'unlinked_lines', params: { n: unlinked.length, sku: unlinked[0]?.subject ?? '' } });
  }
  return fitting;
}

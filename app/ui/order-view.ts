import type { OrderRow } from '../db/order-list.ts';
import { actionsIn } from '../domain/describe.ts';
import { marketplace, orderUrl } from '../domain/marketplaces.ts';
import type { Money } from '../domain/money.ts';
import { flatParams, type Params } from './wording.ts';

/** One row of the orders list as it goes to the browser. Times in ms UTC. */
export interface OrderView {
  readonly amazonOrderId: string;
  readonly amazonStatus: string;
  /** Its page in Seller Central; null where the marketplace is unknown. */
  readonly amazonUrl: string | null;
  readonly marketplaceId: string | null;
  /** The marketplace's country (ISO 3166), or its id where it is not in the table. */
  readonly market: string | null;
  /** `amazon.com`; null where the marketplace is not in the table. */
  readonly storefront: string | null;
  /** Whether the buyer asked to cancel: asked, none or unknown. */
  readonly request: string;
  readonly createdAt: number | null;
  readonly shipBy: number | null;
  readonly amazonTotal: Money | null;
  /** The number in Shopify's global id. */
  readonly shopifyNumber: string | null;
  readonly shopifyName: string | null;
  readonly shopifyStatus: string | null;
  readonly shopifyTotal: Money | null;
  readonly state: string;
  /** What may be pressed now, and which of it comes first. */
  readonly allowed: readonly string[];
  readonly next: string | null;
  readonly tone: string;
  readonly params: Params;
}

function actionsOf(state: string): Pick<OrderView, 'allowed' | 'next'> {
  const { allowed, next } = actionsIn(state);
  return { allowed, next };
}

/** Makes a row of the database fit for the browser. */
export function orderView(row: OrderRow): OrderView {
  const money = (amount: number | null): Money | null =>
    amount === null || row.currency === null ? null : { amount, currency: row.currency };
  return {
    amazonOrderId: row.amazonOrderId,
    amazonStatus: row.amazonStatus ?? 'unknown',
    amazonUrl: orderUrl(row.marketplaceId, row.amazonOrderId),
    marketplaceId: row.marketplaceId,
    market: marketplace(row.marketplaceId)?.country ?? row.marketplaceId,
    storefront: marketplace(row.marketplaceId)?.storefront.replace(/^www\./, '') ?? null,
    request: row.request,
    createdAt: row.amazonCreatedAt,
    shipBy: row.shipBy,
    amazonTotal: money(row.amazonTotal),
    shopifyNumber: row.shopifyOrderId?.split('/').at(-1) ?? null,
    shopifyName: row.shopifyName,
    shopifyStatus: row.shopifyStatus,
    shopifyTotal: money(row.shopifyTotal),
    state: row.state,
    ...actionsOf(row.state),
    tone: row.tone,
    params: { ...(row.lookedAt === null ? {} : { looked: row.lookedAt }), ...flatParams(row.stateParams) },
  };
}

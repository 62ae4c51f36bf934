import type { AmazonCancelReason } from './cancel-reason.ts';
import table from './marketplaces.json' with { type: 'json' };

/** Amazon's three API regions. */
export type AmazonRegion = 'na' | 'eu' | 'fe';

/** What differs by marketplace. Null means unknown, and unknown is treated carefully. */
export interface Marketplace {
  readonly id: string;
  /** ISO 3166 code. */
  readonly country: string;
  readonly name: string;
  readonly region: AmazonRegion;
  readonly sellerCentralHost: string;
  /** Address of an order's page with `{orderId}` in it, where it has been seen. */
  readonly orderUrlTemplate: string | null;
  readonly storefront: string;
  readonly currency: string;
  readonly decimals: number;
  /** IANA zone in which Amazon counts the marketplace's days. */
  readonly timeZone: string | null;
  readonly pricesIncludeTax: boolean | null;
  /** Whether Amazon collects and remits tax here itself. */
  readonly facilitatorTax: 'yes' | 'partly' | 'no' | null;
  /** How long after ordering buyers cancel alone. */
  readonly selfCancelMinutes: number | null;
  readonly cancellationRateLimitPercent: number | null;
  readonly cancellationRateWindowDays: number | null;
  /** Main store languages, the first is the one to write in. */
  readonly languages: readonly string[];
  /** Within how many hours a request should be answered. */
  readonly answerHours: number | null;
  readonly autoCancelDaysAfterShipBy: number | null;
  /** Whether refunds name the tax apart, or know no tax and take all as the price (Japan). */
  readonly refundTax: 'component' | 'in_principal';
  /** Reasons to cancel that are known not to be taken here. */
  readonly cancelReasonsRefused: readonly AmazonCancelReason[];
}

const rows = new Map((table as readonly Marketplace[]).map((row) => [row.id, row]));

/** All marketplaces that are known. */
export const marketplaces: readonly Marketplace[] = [...rows.values()];

/** The table's row of a marketplace; null for an id that is not in it. */
export function marketplace(id: string | null): Marketplace | null {
  return id === null ? null : (rows.get(id) ?? null);
}

/**
 * The page of an order in Seller Central; null where the marketplace is unknown. Where the page's address was never seen
 * the marketplace's own host is taken with the path that all the others share.
 */
export function orderUrl(marketplaceId: string | null, orderId: string): string | null {
  const row = marketplace(marketplaceId);
  if (!row) return null;
  const template = row.orderUrlTemplate ?? `https://${row.sellerCentralHost}/orders-v3/order/{orderId}`;
  return template.replace('{orderId}', encodeURIComponent(orderId));
}

/** The API region of a marketplace; null where it is unknown. */
export function regionOf(marketplaceId: string | null): AmazonRegion | null {
  return marketplace(marketplaceId)?.region ?? null;
}

/** All marketplaces of a region. */
export function marketplacesOf(region: AmazonRegion): readonly Marketplace[] {
  return marketplaces.filter((one) => one.region === region);
}

/** How a marketplace is called on a page: `amazon.de`; an id that is not in the table stands for itself. */
export function marketplaceName(id: string): string {
  return marketplace(id)?.storefront.replace(/^www\./, '') ?? id;
}

/** The orders in Seller Central for an account of the region. */
export function sellerCentralOf(region: AmazonRegion): string | null {
  const row = marketplaces.find((one) => one.region === region);
  return row ? `https://${row.sellerCentralHost}/orders-v3` : null;
}

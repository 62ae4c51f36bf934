import { isWithService } from './fulfillment-order-access.ts';
import type { FulfillmentOrderRecord, HoldRecord } from './fulfillment-records.ts';
import { gid } from './ids.ts';
import type { OrderRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';

/** A reason not to send it, as the pretend admin shows it. */
interface ListedHold {
  readonly id: string;
  readonly reason: string;
  readonly notes: string | null;
  readonly handle: string;
  /** Placed by an app, not by a person. */
  readonly byApp: boolean;
}

/** What one location is to send, as the pretend admin shows it. */
export interface ListedFulfillmentOrder {
  readonly id: string;
  readonly status: string;
  readonly requestStatus: string;
  readonly location: string;
  /** A third party runs the location. */
  readonly thirdParty: boolean;
  /** The third party is to answer, or works on it. */
  readonly withThirdParty: boolean;
  readonly lines: readonly { readonly title: string; readonly remaining: number; readonly total: number }[];
  readonly holds: readonly ListedHold[];
}

function listedHold({ id, reason, reasonNotes, handle, byApp }: HoldRecord): ListedHold {
  return { id: gid('FulfillmentHold', id), reason, notes: reasonNotes, handle, byApp: byApp !== null };
}

function listed(shop: ShopState, order: OrderRecord, record: FulfillmentOrderRecord): ListedFulfillmentOrder {
  const place = shop.locations.find(({ id }) => id === record.locationId);
  return {
    id: gid('FulfillmentOrder', record.id),
    status: record.status,
    requestStatus: record.requestStatus,
    location: place?.name ?? '',
    thirdParty: place?.fulfillmentService ?? false,
    withThirdParty: isWithService(record),
    lines: record.lines.map(({ lineId, remainingQuantity, totalQuantity }) => ({
      title: order.lines.find(({ id }) => id === lineId)?.title ?? '',
      remaining: remainingQuantity,
      total: totalQuantity,
    })),
    holds: record.holds.map(listedHold),
  };
}

/** The order's fulfilment orders but those that went into others. */
export function listedFulfillment(shop: ShopState, order: OrderRecord): ListedFulfillmentOrder[] {
  return order.fulfillmentOrders.filter(({ hidden }) => !hidden).map((record) => listed(shop, order, record));
}

import type { CommandArgs, Refusal } from '../domain/command.ts';
import { ok, type Result } from '../domain/failure.ts';
import type { AmazonOrderId } from '../domain/ids.ts';
import type { Call, Session } from './session.ts';

/** A parcel that Amazon took, or refused. */
export type Shipped = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly refusal: Refusal };

type Parcel = CommandArgs['ship_amazon'];

/** What there is to do with parcels. */
export interface ShipmentCalls {
  /**
   * Confirms a parcel of an order that was sold on this marketplace. The same reference again changes that parcel, so what
   * is `unsure` may be repeated as it is. What Amazon says against the parcel itself is a refusal in its own words. `mayStill`
   * is asked last: false, and nothing was sent.
   */
  confirmShipment(
    order: AmazonOrderId,
    marketplaceId: string,
    parcel: Parcel,
    mayStill: () => boolean,
  ): Promise<Result<Shipped>>;
}

// Rate: Amazon's model ordersV0.
const limit = { ratePerSecond: 2, burst: 10 };
const mostWords = 300;
/** Carriers that Amazon has no code for go by their name. */
const nameless = 'Other';

/** The body of the call. The reference has to be a text of digits, and the lines a list (models#5094, jlevers#528). */
function bodyOf(marketplaceId: string, parcel: Parcel): Record<string, unknown> {
  const carrierCode = parcel.carrierCode ?? nameless;
  return {
    marketplaceId,
    packageDetail: {
      packageReferenceId: parcel.reference,
      carrierCode,
      ...(carrierCode === nameless ? { carrierName: parcel.carrierName ?? nameless } : {}),
      trackingNumber: parcel.tracking ?? '',
      shipDate: new Date(parcel.shippedAt).toISOString(),
      orderItems: parcel.items.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    },
  };
}

/** The calls for parcels of one seller. */
export function shipmentCalls(session: Session): ShipmentCalls {
  return {
    async confirmShipment(orderId, marketplaceId, parcel, mayStill) {
      const call: Call = {
        operation: 'orders.confirmShipment',
        version: 'v0',
        limit,
        path: { orderId },
        query: {},
        body: bodyOf(marketplaceId, parcel),
        writes: true,
        mayStill,
      };
      const answer = await session.ask(call);
      if (answer.ok) return ok({ kind: 'done' });
      const { failure } = answer;
      // Without a right to the data nothing is said against the parcel.
      if (failure.kind !== 'final' || failure.code === 'data_refused') return answer;
      const text = (failure.words ?? failure.sentence).slice(0, mostWords).toWellFormed();
      return ok({ kind: 'refused', refusal: { field: failure.code, text } });
    },
  };
}

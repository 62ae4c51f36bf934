import type { OrderRecord } from './records.ts';

/** Units of an order line that are to be sent, or were sent, under one fulfilment order. */
export interface FulfillmentOrderLineRecord {
  readonly id: bigint;
  readonly lineId: bigint;
  totalQuantity: number;
  remainingQuantity: number;
}

/** A reason not to send a fulfilment order. */
export interface HoldRecord {
  readonly id: bigint;
  readonly reason: string;
  readonly reasonNotes: string | null;
  readonly handle: string;
  /** The app that placed it; null: a person. */
  readonly byApp: bigint | null;
}

/** What the merchant asked of the fulfilment service. */
export interface MerchantRequestRecord {
  readonly id: bigint;
  readonly kind: 'FULFILLMENT_REQUEST' | 'CANCELLATION_REQUEST';
  readonly message: string | null;
  readonly notifyCustomer: boolean;
  readonly sentAt: number;
}

/** `FulfillmentOrderStatus`. */
export type FulfillmentOrderStatus =
  'OPEN' | 'IN_PROGRESS' | 'ON_HOLD' | 'SCHEDULED' | 'CLOSED' | 'CANCELLED' | 'INCOMPLETE';

/** `FulfillmentOrderRequestStatus`. */
type RequestStatus =
  | 'UNSUBMITTED'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'CANCELLATION_REQUESTED'
  | 'CANCELLATION_ACCEPTED'
  | 'CANCELLATION_REJECTED'
  | 'CLOSED';

/** What one location is to send of an order. Times are milliseconds UTC of the world. */
export interface FulfillmentOrderRecord {
  readonly id: bigint;
  readonly order: OrderRecord;
  /** The one it was first split off from by a hold, or its own id: the same ones merge again after the release. */
  readonly family: bigint;
  locationId: bigint;
  readonly createdAt: number;
  updatedAt: number;
  status: FulfillmentOrderStatus;
  requestStatus: RequestStatus;
  readonly fulfillAt: number | null;
  /** Somebody said by hand that the work has begun. */
  progressReported: boolean;
  /** Closed because its lines went into another one: not shown to merchants. */
  hidden: boolean;
  lines: FulfillmentOrderLineRecord[];
  holds: HoldRecord[];
  requests: MerchantRequestRecord[];
}

/** Units of one line in a fulfilment. */
export interface FulfillmentLineRecord {
  readonly id: bigint;
  readonly lineId: bigint;
  readonly quantity: number;
  readonly fulfillmentOrderId: bigint;
}

/** One shipment of an order. */
export interface FulfillmentRecord {
  readonly id: bigint;
  /** Its number within the order, from 1. */
  readonly number: number;
  readonly locationId: bigint | null;
  status: 'SUCCESS' | 'CANCELLED';
  trackingCompany: string | null;
  trackingNumbers: readonly string[];
  trackingUrls: readonly string[];
  lines: readonly FulfillmentLineRecord[];
  readonly createdAt: number;
  updatedAt: number;
}

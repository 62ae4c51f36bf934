import type { SellerDesk } from '../seller-desk.ts';
import type { StoredOrder } from '../order-store.ts';

/** What is wrong with a message; Amazon's number, and the line it is about. */
export interface Complaint {
  readonly messageCode: string;
  readonly text: string;
  readonly orderItemId?: string;
}

/** What comes of a message: complaints, or what it does. `orderId` as the message names it. */
export interface Judgement {
  readonly orderId: string;
  readonly complaints: readonly Complaint[];
  /** Does it; what the order became meanwhile may stop it, which nobody is told. */
  readonly effect: () => void;
}

/** What a message is judged by. */
export interface FeedContext {
  readonly feedId: string;
  readonly desk: SellerDesk;
  order(orderId: string): StoredOrder | undefined;
  /** The order whose own number the seller once told. */
  orderByMerchantId(merchantOrderId: string): StoredOrder | undefined;
  /** The position of a switch. */
  position(name: string): string;
}

/** Amazon's numbers of complaints: 18028 data incomplete or invalid, 18021 more than can be fulfilled. */
export const codes = { invalid: '18028', tooMany: '18021' } as const;

/** A message that does nothing. */
export function refusedMessage(orderId: string, ...complaints: readonly Complaint[]): Judgement {
  return { orderId, complaints, effect: () => undefined };
}

/** The complaint about an order that is not there. */
export const unknownOrder: Complaint = {
  messageCode: codes.invalid,
  text: 'The data you submitted is incomplete or invalid: the order was not found.',
};

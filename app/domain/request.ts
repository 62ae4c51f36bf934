import type { AmazonOrderId, AmazonOrderItemId } from './ids.ts';
import type { ReasonCategory } from './reason-category.ts';

/** Where a buyer's wish was seen. `order` and `order_v0` are Amazon's own order; the others are claims (REQ-13). */
export const requestSources = ['order', 'order_v0', 'notification', 'report', 'mail', 'message'] as const;
export type RequestSource = (typeof requestSources)[number];

/** What a request is, as the outside sees it too (metafield `$app:cancel_request`). */
export const requestStates = ['open', 'withdrawn', 'approved', 'cancelled', 'declined', 'too_late'] as const;
export type RequestState = (typeof requestStates)[number];

/** What became of the holds that a request asks for. */
export const heldStates = ['no', 'lines', 'whole', 'released', 'not_stopped', 'not_needed'] as const;

/** One order line that the buyer wants out of. Times in ms UTC. */
export interface RequestLine {
  readonly orderItemId: AmazonOrderItemId;
  readonly sku: string | null;
  readonly quantity: number;
  /** The buyer's words; null: none given, or erased after 30 days. */
  readonly reason: string | null;
  /** Amazon's order itself showed it. */
  readonly confirmed: boolean;
  /** When the first of the readings began that no longer showed it; null while it is shown. */
  readonly absentSince: number | null;
  /** How it ended; null while it is open. */
  readonly ended: 'withdrawn' | 'shipped' | 'cancelled' | null;
}

/** A buyer's wish on an order, from when it was first seen until it is over (REQ-2, REQ-6). Times in ms UTC. */
export interface CancelRequest {
  /** 1 for the first wish on an order; a new one after a withdrawal is a new record (REQ-7). */
  readonly n: number;
  readonly state: RequestState;
  /** Grows with every change of what Shopify shows of it. */
  readonly version: number;
  /** The earliest time at which anybody saw it. */
  readonly requestedAt: number;
  /** When Amazon's order itself first showed it; null while only claims say so. */
  readonly confirmedAt: number | null;
  readonly closedAt: number | null;
  readonly lines: readonly RequestLine[];
  /** Each source with when it first saw the request, the earliest first. */
  readonly sources: readonly { readonly source: RequestSource; readonly at: number }[];
  readonly reasonCategory: ReasonCategory;
  /** The buyer's words were erased before their time, by wish: they do not come back, though Amazon still shows them. */
  readonly wordsErased: boolean;
  readonly held: (typeof heldStates)[number];
}

/** What a source beside Amazon's order said (REQ-13). It may protect at once; Amazon decides. Times in ms UTC. */
export interface Claim {
  readonly id: string;
  readonly source: Exclude<RequestSource, 'order' | 'order_v0'>;
  /** Empty: the whole order. */
  readonly orderItemIds: readonly string[];
  /** The source's own time of it; null where it has none. */
  readonly saidAt: number | null;
  readonly seenAt: number;
  readonly reason: string | null;
}

/** A claim as it arrives. `key` is the source's own id of what it said: the same thing said twice is one claim. */
export interface NewClaim {
  readonly amazonOrderId: AmazonOrderId;
  readonly source: Claim['source'];
  readonly key: string;
  readonly orderItemIds: readonly string[];
  readonly saidAt: number | null;
  readonly reason: string | null;
}

import { amazonCancelReasons, type AmazonCancelReason, type ShopifyCancelReason } from './cancel-reason.ts';
import { marketplace } from './marketplaces.ts';
import type { Settings } from './settings.ts';

/** Which of an order's open lines a request on file covers; `unknown` where Amazon did not show it. */
export type Covered = 'all' | 'some' | 'none' | 'unknown';

/** Why a reason is not taken; each key has one sentence of its own. */
export type ReasonGuard = 'reason_missing' | 'reason_needs_request' | 'reason_fixed';

/** The reasons that a marketplace takes; of an unknown one all. */
export function reasonsIn(marketplaceId: string | null): readonly AmazonCancelReason[] {
  const refused: readonly string[] = marketplace(marketplaceId)?.cancelReasonsRefused ?? [];
  return amazonCancelReasons.filter((one) => !refused.includes(one));
}

/**
 * Amazon's reason for an order that was cancelled in Shopify, or `ask`: a person has to say what is true. With a request
 * that covers all that is open Amazon takes no other reason than the buyer's; without one it is never given (CAN-6).
 */
export function amazonReason(
  reason: ShopifyCancelReason,
  covers: Covered,
  map: Settings['cancelReasons'],
  marketplaceId: string | null,
): AmazonCancelReason | 'ask' {
  if (covers === 'all') return 'BuyerCanceled';
  const mapped = map[reason];
  return mapped !== 'ask' && reasonsIn(marketplaceId).includes(mapped) ? mapped : 'ask';
}

/** What speaks against a reason; null: nothing. No reason at all is right only where Amazon takes but one. */
export function reasonGuard(given: {
  readonly covers: Covered;
  readonly reason: AmazonCancelReason | null;
  readonly marketplaceId: string | null;
}): ReasonGuard | null {
  const { covers, reason, marketplaceId } = given;
  if (covers === 'all') return reason === null || reason === 'BuyerCanceled' ? null : 'reason_fixed';
  if (reason === 'BuyerCanceled') return 'reason_needs_request';
  return reason !== null && reasonsIn(marketplaceId).includes(reason) ? null : 'reason_missing';
}

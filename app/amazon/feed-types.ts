import type { FeedKind } from '../domain/feed-kind.ts';

/** Amazon's feed type for each kind. */
export const feedTypes: Readonly<Record<FeedKind, string>> = {
  cancel_amazon: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
  refund_amazon: 'POST_PAYMENT_ADJUSTMENT_DATA',
  ship_amazon: 'POST_ORDER_FULFILLMENT_DATA',
};

/** The content type of these feeds; the document is signed for exactly these letters. */
export const feedContentType = 'text/xml; charset=UTF-8';

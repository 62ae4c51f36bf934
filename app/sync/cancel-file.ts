import { flatCancelFile, type FlatCancelRow } from '../amazon/flat-cancel-file.ts';
import { cancelGuard } from '../domain/cancel-guard.ts';
import type { AmazonCancelReason } from '../domain/cancel-reason.ts';
import { coveredByRequest, openAmazonLines } from '../domain/covered-by-request.ts';
import { refuse, type Refused } from '../domain/explain-refusal.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { reasonGuard } from '../domain/reason-map.ts';
import { lookAtOrder } from './look-at-order.ts';
import type { Services } from './services.ts';

/** A file for Seller Central, or why orders cannot be in it: then there is none. */
export type CancelFile =
  | { readonly ok: true; readonly file: string; readonly orders: number }
  | { readonly ok: false; readonly refused: readonly Refused[] };

async function rowOf(
  services: Services,
  shop: ShopDomain,
  id: AmazonOrderId,
  wanted: AmazonCancelReason | null,
): Promise<{ readonly ok: true; readonly row: FlatCancelRow } | Refused> {
  const read = await lookAtOrder(services, shop, id);
  if (!read.ok) return read;
  const { order, request } = read.one;
  if (order.status === 'cancelled') return refuse('already_cancelled_amazon', { id });
  const covers = coveredByRequest(order, request);
  const reason = covers === 'all' ? 'BuyerCanceled' : wanted;
  const guarded = cancelGuard(read.one, reason ?? 'GeneralAdjustment', true);
  // Who else writes does not matter to a file that a person uploads.
  if (guarded.is === 'never' && !['reason_needs_request', 'adopted_unconfirmed'].includes(guarded.guard))
    return refuse(guarded.guard, { id });
  const { marketplaceId } = order;
  const wrong = reasonGuard({ covers, reason: wanted ?? reason, marketplaceId });
  if (wrong !== null || reason === null) return refuse(wrong ?? 'reason_missing', { id });
  const orderItemIds = openAmazonLines(order).map(({ orderItemId }) => orderItemId);
  return { ok: true, row: { amazonOrderId: id, reason, orderItemIds } };
}

/**
 * The file for cancelling these orders by hand in Seller Central (CAN-19), with the same guards as a cancel from here. One
 * order that must not be in it, and there is none. Nothing is written down: the loop sees what Amazon does with it.
 */
export async function cancelFileOf(
  services: Services,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
  wanted: AmazonCancelReason | null,
): Promise<CancelFile> {
  const rows: FlatCancelRow[] = [];
  const refused: Refused[] = [];
  for (const id of new Set(ids)) {
    const one = await rowOf(services, shop, id, wanted);
    if (one.ok) rows.push(one.row);
    else refused.push(one);
  }
  if (refused.length > 0) return { ok: false, refused };
  return { ok: true, file: flatCancelFile(rows), orders: rows.length };
}

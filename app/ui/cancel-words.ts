import type { TFunction } from 'i18next';
import type { ListedCancel } from '../db/cancels.ts';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { cancellerOf, rateWindowDays } from '../domain/cancellation-rate.ts';
import { dayAt } from '../domain/local-time.ts';
import { marketplaceName } from '../domain/marketplaces.ts';
import { zoneOf } from '../domain/report-filter.ts';
import { csvLine } from '../lib/csv.ts';

const dayMs = 86_400_000;

/** A cancelled order as a list or a file shows it: everything is a word, and what is not known says so. */
interface CancelWords {
  readonly by: string;
  readonly reason: string;
  readonly counts: string;
  readonly why: string;
}

/** Puts a cancel into the reader's words. */
export function cancelWords(cancel: ListedCancel, t: TFunction): CancelWords {
  const known = amazonCancelReasons.find((each) => each === cancel.reason);
  return {
    by: t('reports.canceller', { who: cancellerOf(cancel) }),
    reason: known ? t(`amazonReason.${known}`) : t('notKnown'),
    counts: t('reports.rate.verdict', { verdict: cancel.verdict }),
    why: t('reports.rate.why', { why: cancel.why }),
  };
}

/** When a cancel's order leaves the window of its marketplace's rate, ms UTC; null: it does not count. */
export function leavesAt({ verdict, createdAt, marketplaceId }: ListedCancel): number | null {
  return verdict === 'counted' ? createdAt + rateWindowDays(marketplaceId) * dayMs : null;
}

/** The names of the columns of `cancelLine`. */
export function cancelColumns(t: TFunction): string[] {
  const own = (['made', 'by', 'reason', 'counts', 'why', 'leaves'] as const).map((name) =>
    t(`reports.rate.column.${name}`),
  );
  const shopify = t('orders.column.shopify');
  return [t('orders.column.amazonOrder'), shopify, t('requests.filter.market'), ...own];
}

/** A cancel as a line of a file; days are those of its marketplace, as `2026-11-22`. */
export function cancelLine(cancel: ListedCancel, t: TFunction): string {
  const { amazonOrderId, shopifyName, marketplaceId, createdAt } = cancel;
  const { by, reason, counts, why } = cancelWords(cancel, t);
  const zone = zoneOf(marketplaceId);
  const leaves = leavesAt(cancel);
  return csvLine([
    ...[amazonOrderId, shopifyName ?? t('orders.noShopify'), marketplaceName(marketplaceId)],
    ...[dayAt(createdAt, zone), by, reason, counts, why],
    leaves === null ? t('reports.rate.stays') : dayAt(leaves, zone),
  ]);
}

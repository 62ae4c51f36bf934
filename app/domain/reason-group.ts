import type { ReasonCategory } from './reason-category.ts';

/** By what the reasons are put together. */
export const reasonGroupings = ['sku', 'market', 'week'] as const;
export type ReasonGrouping = (typeof reasonGroupings)[number];

/** Orders that belong together, and how many of their buyers asked to cancel. */
export interface ReasonGroup {
  /** The SKU, the marketplace's id, or the first day of the week. */
  readonly key: string;
  readonly orders: number;
  readonly asked: number;
  /** The most frequent reason; null: nobody asked. */
  readonly top: ReasonCategory | null;
  /** The marketplace, where all are of one. */
  readonly marketplaceId: string | null;
  /** The median time from request to outcome, in ms; null: none has an outcome. */
  readonly medianMs: number | null;
}

/** With fewer orders a share says nothing. */
const enoughOrders = 10;
const enoughAsked = 3;

/** The share of orders whose buyers asked, in percent; null where there are too few orders to say it. */
export function shareOf({ orders, asked }: Pick<ReasonGroup, 'orders' | 'asked'>): number | null {
  return orders < enoughOrders ? null : (asked / orders) * 100;
}

/** The group that stands out: three requests at least, and twice as large a share as all together. `all` holds each order once. */
export function standsOut<Group extends Pick<ReasonGroup, 'orders' | 'asked'>>(
  groups: readonly Group[],
  all: Pick<ReasonGroup, 'orders' | 'asked'>,
): Group | null {
  const usual = shareOf(all) ?? 0;
  const share = (group: Group) => shareOf(group) ?? 0;
  const [worst] = groups.filter(({ asked }) => asked >= enoughAsked).sort((a, b) => share(b) - share(a));
  return worst && share(worst) > 0 && share(worst) >= usual * 2 ? worst : null;
}

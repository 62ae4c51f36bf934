/** A cancel, refund or fulfilment that somebody made in Shopify. Times in ms UTC. */
export interface ShopifyFact {
  /** Kind and Shopify's id: `cancel`, `refund:ID`, `fulfillment:ID`. */
  readonly key: string;
  readonly happenedAt: number;
}

/** Why a fact is kept back until a person approves it (CAN-12); empty: it is free to go. */
export type QuarantineWhy = '' | 'before_installation' | 'too_old' | 'sending_off';
export const quarantineWhys = ['', 'before_installation', 'too_old', 'sending_off'] as const;

/** A fact with when it was first seen, and what was decided of it then. */
export interface KnownFact extends ShopifyFact {
  readonly seenAt: number;
  readonly quarantine: QuarantineWhy;
}

/** A time in which nothing was sent to Amazon; `until` is null while it lasts. */
export interface QuietTime {
  readonly since: number;
  readonly until: number | null;
}

/** So old at first sight nothing goes to Amazon by itself. */
const lateMs = 24 * 3_600_000;

/**
 * Whether a fact that is seen for the first time may go to Amazon without being asked for: not what is older than this
 * installation, older than 24 hours, or made while nothing was sent (CAN-12). `installedAt`: when the shop last got the
 * app, or connected the account, whichever is later.
 */
export function quarantineOf(
  { happenedAt }: ShopifyFact,
  at: { readonly now: number; readonly installedAt: number; readonly quiet: readonly QuietTime[] },
): QuarantineWhy {
  if (happenedAt < at.installedAt) return 'before_installation';
  if (at.now - happenedAt > lateMs) return 'too_old';
  // Shopify tells whole seconds: what was done in the very second may have been done after it began.
  const off = at.quiet.some(
    ({ since, until }) => happenedAt >= Math.floor(since / 1000) * 1000 && happenedAt <= (until ?? Infinity),
  );
  return off ? 'sending_off' : '';
}

/** What waits for a batch of one kind. Times in ms UTC. */
export interface Gathering {
  /** Proved, and lately enough to be sent. */
  readonly ready: number;
  /** Proved longer ago, and a list of Amazon's changes may renew it. */
  readonly renewable: number;
  /** Proved too long ago. */
  readonly stale: number;
  /** Not proved yet, or its undo time is about to end. */
  readonly soon: number;
  /** When the oldest proof of those that are ready was read. */
  readonly oldest: number | null;
  readonly oldestRenewable: number | null;
  /** Since when the first of those that are ready or renewable could have gone. */
  readonly ripeSince: number | null;
}

/** A reading proves an order unchanged for so long; older ones are taken anew before anything is sent (ms). */
export const proofHoldsMs = 3 * 60_000;
/** A list of Amazon's renews proofs that are not older than this: what Shopify shows was read then (ms). */
export const renewableMs = 15 * 60_000;
/** From so many on one list is worth its call: it stands for all of them at once. */
export const worthAList = 20;
/** Commands whose proof is too old, or still to come, are waited for, as long as none of the others loses its own. */
const spareMs = 60_000;
/** And no longer than this, where many are on the way, or few: nobody who asked to cancel waits long for others. */
export const leastGatherMs = 60_000;
const mostGatherMs = 15 * 60_000;
/**
 * So long it takes to look at one order three times by the points of Shopify's smallest plan: when it is approved, when it is
 * held, and when its undo time is over.
 */
const threeLooksMs = 900;

const all = ({ ready, renewable, stale, soon }: Gathering): number => ready + renewable + stale + soon;

/** Whether so many wait that one list proves them, instead of a reading of each. */
export function isMany(waiting: Gathering): boolean {
  return all(waiting) >= worthAList;
}

/**
 * Until when a batch waits for others at the longest (ms UTC), counted from the last batch (`lastAt`): else all after it would
 * go one by one, and Amazon takes few batches.
 */
export function gathersUntil(waiting: Gathering, lastAt: number | null, now: number): number {
  const most = Math.min(mostGatherMs, Math.max(leastGatherMs, all(waiting) * threeLooksMs));
  return Math.max(waiting.ripeSince ?? now, lastAt ?? 0) + most;
}

/**
 * Whether a batch waits for more: for proofs that are still to come, while none is lost and nobody waits for long. Of many
 * none is lost as long as a list can renew it.
 */
export function gathers(waiting: Gathering, until: number, now: number): boolean {
  const { renewable, stale, soon } = waiting;
  const many = isMany(waiting);
  if (stale + soon + (many ? 0 : renewable) === 0) return false;
  const oldest = many ? (waiting.oldestRenewable ?? waiting.oldest) : waiting.oldest;
  if (oldest === null) return true;
  const lasts = many ? renewableMs : proofHoldsMs;
  return oldest >= now - lasts + spareMs && now < until;
}

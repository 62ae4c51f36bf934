import { createEffectMs } from './command.ts';

/** A batch as Amazon lists it. `createdAt` in ms UTC, by Amazon's clock. */
interface Listed {
  readonly feedId: string;
  readonly createdAt: number;
}

/** What became of a batch whose answer was lost. */
export type LostBatch =
  | { readonly is: 'made'; readonly feedId: string }
  /** It may still appear. */
  | { readonly is: 'open' }
  | { readonly is: 'never' }
  /** Which of Amazon's is ours cannot be told, or whether one is. */
  | { readonly is: 'unsure'; readonly why: string };

/** Amazon's clock and ours rarely differ by more. */
const clocksApartMs = 2 * 60_000;
/** Where they do, nothing counts as never made that may stand there under another time. */
const searchedBackMs = 60 * 60_000;

/** From when on Amazon's batches are listed for one that was sent at `sentAt` (ms UTC). */
export function searchedSince(sentAt: number): number {
  return sentAt - searchedBackMs;
}

/**
 * Finds out whether a batch was made whose answer was lost (CAN-13): among those that Amazon has of its type since then there
 * is at most one that is not known here, for no other is made meanwhile. None, as long as it may still appear, is looked for
 * again; after that it was never made, provided that nothing unknown stands there from before, which a clock that is wrong
 * makes of ours.
 */
export function findLost(
  { sentAt, now }: { readonly sentAt: number; readonly now: number },
  listed: readonly Listed[],
  known: ReadonlySet<string>,
): LostBatch {
  const strange = listed.filter(({ feedId }) => !known.has(feedId));
  const near = strange.filter(({ createdAt }) => createdAt >= sentAt - clocksApartMs);
  const [one] = near;
  if (one && near.length === 1) return { is: 'made', feedId: one.feedId };
  if (one) return { is: 'unsure', why: 'Amazon has several batches that may be this one.' };
  if (now - sentAt < createEffectMs) return { is: 'open' };
  if (strange.length > 0)
    return { is: 'unsure', why: 'Amazon has a batch from before that may be this one.' };
  return { is: 'never' };
}

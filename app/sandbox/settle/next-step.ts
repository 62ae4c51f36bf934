import type { Pending } from '../contract.ts';

/** A seller account as the app keeps it, beside what Amazon knows. Times are milliseconds UTC of the world. */
export interface SellerView {
  readonly sellerId: string;
  /** Everything Amazon changed before this has been seen. */
  readonly cursor: number;
  /** A window is being paged through. */
  readonly paging: boolean;
  readonly nextPollAt: number;
  /** Amazon's newest change from before the call; null: none, or not known. */
  readonly lastChange: number | null;
  /** Up to when the finances were swept; null: never. */
  readonly financesUntil: number | null;
  /** When the next sweep is due; null: at once. */
  readonly nextFinancesAt: number | null;
  /** When Finances shows the newest money that went back to a buyer; null: there is none. */
  readonly moneyShows: number | null;
}

/** Everything that can be due or under way, at one moment. */
export interface WorldView {
  readonly now: number;
  /** Under way or due already. */
  readonly busy: readonly Pending[];
  /** What becomes due by itself; `idle` marks what only `untilIdle` passes through. */
  readonly later: readonly (Omit<Pending, 'idle'> & { readonly dueAt: number; readonly idle: boolean })[];
  /** Accounts that are polled. */
  readonly sellers: readonly SellerView[];
  /** The earliest undo time that still runs. */
  readonly undoUntil: number | null;
}

/** What settle does next. `open` is what it waits for. */
export type Step =
  | { readonly do: 'end' }
  | { readonly do: 'wait'; readonly open: readonly Pending[] }
  | { readonly do: 'jump'; readonly to: number; readonly open: readonly Pending[] }
  /** The app polls out of turn, once the change can be seen: its own poll lies behind an undo time. */
  | {
      readonly do: 'poll';
      readonly sellerId: string;
      readonly at: number;
      readonly open: readonly Pending[];
    };

/** searchOrders shows a change only once it is two minutes old (and some more for rounding to seconds). */
const searchLag = 122_000;

/** The poll that a seller still owes, with the time at which it can answer; null where everything was seen. */
function owedPoll({
  sellerId,
  cursor,
  paging,
  nextPollAt,
  lastChange,
}: SellerView): (Pending & { dueAt: number }) | null {
  const unseen = lastChange !== null && cursor <= lastChange;
  if (!unseen && !paging) return null;
  const visible = !paging && lastChange !== null ? lastChange + searchLag : 0;
  return { what: `poll of seller ${sellerId}`, dueAt: Math.max(nextPollAt, visible) };
}

/** A poll that could answer before an undo time is over, and is due only after it. */
function outOfTurn({ now, sellers }: WorldView, undoUntil: number): { sellerId: string; at: number } | null {
  const late = sellers.find((seller) => (owedPoll(seller)?.dueAt ?? 0) >= undoUntil);
  if (!late || late.paging || late.lastChange === null) return null;
  const at = Math.max(now, late.lastChange + searchLag);
  return at < undoUntil ? { sellerId: late.sellerId, at } : null;
}

/** Finances wants the end of a window to be two minutes old (and some more for rounding). */
const financesLag = 123_000;

/** The sweep of finances that a seller still owes, with the time at which it can answer; null where all money was seen. */
function owedSweep({
  sellerId,
  financesUntil,
  nextFinancesAt,
  moneyShows,
}: SellerView): (Pending & { dueAt: number }) | null {
  if (moneyShows === null || (financesUntil !== null && financesUntil > moneyShows)) return null;
  const dueAt = Math.max(nextFinancesAt ?? 0, moneyShows + financesLag);
  return { what: `sweep of the finances of seller ${sellerId}`, dueAt };
}

/** Decides from one look at the world: wait a little, jump to the next moment that counts, or end. */
export function nextStep(view: WorldView, untilIdle: boolean): Step {
  const { now } = view;
  const polls = view.sellers.map(owedPoll).filter((poll) => poll !== null);
  const meant = view.later.filter(({ idle }) => untilIdle || !idle).map(({ idle: _, ...pending }) => pending);
  const sweeps = untilIdle ? view.sellers.map(owedSweep).filter((sweep) => sweep !== null) : [];
  const ahead = [...polls, ...sweeps, ...meant];
  const open = [...view.busy, ...ahead];
  // A poll that is due comes before the moment at which a newer change can be seen.
  const pollDue = view.sellers.some((seller) => owedPoll(seller) !== null && seller.nextPollAt <= now);
  if (view.busy.length > 0 || pollDue || ahead.some(({ dueAt }) => dueAt <= now)) return { do: 'wait', open };
  const to = Math.min(...ahead.map(({ dueAt }) => dueAt));
  if (to === Infinity)
    return untilIdle && view.undoUntil !== null ? jump(view.undoUntil, open) : { do: 'end' };
  if (view.undoUntil !== null && to >= view.undoUntil) {
    if (untilIdle) return jump(view.undoUntil, open);
    const poll = outOfTurn(view, view.undoUntil);
    return poll ? { do: 'poll', ...poll, open } : { do: 'wait', open };
  }
  return jump(to, open);
}

function jump(to: number, open: readonly Pending[]): Step {
  return { do: 'jump', to, open };
}

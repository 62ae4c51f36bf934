import { addChoice, type NewChoice } from '../db/choices.ts';
import type { Tx } from '../db/client.ts';
import type { KnockOptions } from '../db/leases.ts';
import type { ChoiceKind } from '../domain/choice.ts';
import type { Effect } from '../domain/decision-effects.ts';
import type { Refused } from '../domain/explain-refusal.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Params } from '../domain/problem.ts';
import { now } from '../lib/clock.ts';
import { knock } from './knock.ts';
import type { OrderCase } from './order-case.ts';
import type { Services } from './services.ts';

/**
 * What became of a person's decision: taken, with all that it will do and until when it can be undone (ms UTC; null: nothing
 * of it is sent anywhere), or refused by a guard. `preview`: nothing was written down.
 */
export type Chosen =
  | {
      readonly ok: true;
      readonly outcome: 'preview' | 'chosen' | 'already_chosen' | 'already_cancelled' | 'taken_back';
      readonly id: string | null;
      readonly undoUntil: number | null;
      readonly effects: readonly Effect[];
      readonly params: Params;
    }
  | Refused;

type WithoutPlace<T> = T extends unknown ? Omit<T, 'order' | 'at' | 'undoUntil'> : never;

/** A choice as it is made now: it gets its order and its time when it is written down. */
export type WantedChoice = WithoutPlace<NewChoice>;

/** What a decision would do, with the version of what it was shown for. Nothing was written down. */
export function previewed(effects: readonly Effect[], undoUntil: number | null, params: Params): Chosen {
  return { ok: true, outcome: 'preview', id: null, undoUntil, effects, params };
}

/** Until when a decision made now, that leads to something being sent, can be undone (ms UTC; CAN-8). */
export function undoTime({ one }: OrderCase): number {
  return now() + one.situation.settings.undoMinutes * 60_000;
}

/** What a choice asks the loop to look at. */
const knocks: Readonly<Record<ChoiceKind, KnockOptions>> = {
  // Held at once by what Amazon said last, and proved by its word when it may go.
  cancel: { side: 'shopify' },
  cancel_lines: { wanted: true },
  decline: { wanted: true },
  // An order that stays out because it is old is not wanted by that.
  informal: {},
  unmark: {},
  refund: { wanted: true },
  answer: { wanted: true },
};

/** Writes a choice down and wakes the loop, in one transaction. Nothing is sent from here. `also` runs in it first, with the choice's own time (ms UTC). */
export async function writeChoice(
  { db }: Services,
  shop: ShopDomain,
  { stored }: { readonly stored: Pick<OrderCase['stored'], 'amazonOrderId' | 'sellerId'> },
  choice: WantedChoice,
  undoUntil: number,
  also?: (tx: Tx, at: number) => Promise<void>,
): Promise<{ readonly id: string; readonly fresh: boolean }> {
  const order = stored.amazonOrderId;
  return db.forShop(shop, async (tx) => {
    const at = now();
    await also?.(tx, at);
    const made = await addChoice(tx, shop, { ...choice, order, at, undoUntil });
    await knock(tx, shop, stored.sellerId, [order], knocks[choice.kind]);
    return made;
  });
}

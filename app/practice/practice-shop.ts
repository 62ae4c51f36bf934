import type { AmazonOrder } from '../domain/amazon-order.ts';
import type { Choice } from '../domain/choice.ts';
import type { Command } from '../domain/command.ts';
import type { Description } from '../domain/describe.ts';
import type { OrderBooks } from '../domain/order-books.ts';
import type { ProblemDraft } from '../domain/problem.ts';
import type { CancelRequest } from '../domain/request.ts';
import type { KnownFact } from '../domain/shopify-fact.ts';
import type { Handling, ShopifyOrder } from '../domain/shopify-order.ts';

/** What the pretend services will do by themselves, and when (ms UTC of the practice). */
export interface Coming {
  readonly at: number;
  /** The pretend Amazon takes a batch, answers it, shows its effect; the pretend Shopify ends a cancel. */
  readonly does: 'take' | 'answer' | 'show' | 'cancel_shopify';
  /** The command it is about. */
  readonly key: string;
}

/** The pretend Shopify's side of an order. */
export interface ShopifySide {
  readonly linked: ShopifyOrder;
  readonly handling: Handling;
  readonly books: OrderBooks;
  readonly job: { readonly done: boolean; readonly error: string | null } | null;
}

/** An invented order: both sides as they would be read, and all that was decided and done about it. */
export interface PracticeOrder {
  readonly amazon: AmazonOrder;
  readonly shopify: ShopifySide | null;
  readonly commands: readonly Command[];
  readonly requests: readonly CancelRequest[];
  readonly choices: readonly Choice[];
  readonly facts: readonly KnownFact[];
  readonly coming: readonly Coming[];
  /** The pretend Amazon says no to its next cancel. */
  readonly refuses: boolean;
  readonly said: Description;
  readonly problems: readonly (ProblemDraft & { readonly since: number })[];
}

/** What is kept of a shop's practice: nothing of a real order, account or buyer. */
export interface PracticeShop {
  readonly form: 1;
  /** When it was begun, real time, and up to when it was played, the practice's time (ms UTC). */
  readonly begunAt: number;
  readonly playedTo: number;
  /** How far the practice's clock was put forward, ms. */
  readonly ahead: number;
  readonly orders: readonly PracticeOrder[];
}

/** So many orders can be invented in one practice. */
export const mostOrders = 6;
/** A practice that was left so long begins anew (ms). */
const keptMs = 7 * 24 * 3_600_000;

/** A practice in which nothing has happened; `now` in ms UTC. */
export function newPractice(now: number): PracticeShop {
  return { form: 1, begunAt: now, playedTo: now, ahead: 0, orders: [] };
}

/** A practice as it was kept; a new one where there is none, it has an older form, or was left long ago. */
export function practiceFrom(kept: unknown, now: number): PracticeShop {
  const known = kept as PracticeShop | null;
  if (typeof kept !== 'object' || known?.form !== 1 || now - known.begunAt > keptMs) return newPractice(now);
  return known;
}

import type { ShopDomain } from '../domain/ids.ts';
import type { ProblemKind } from '../domain/problem.ts';
import type { Chosen } from './chosen.ts';
import type { Services } from './services.ts';

/** What a person chose for a problem. `problem`: its id, or its kind with the order. */
export interface Solved {
  readonly problem: { readonly id: string } | { readonly kind: string; readonly order: string };
  readonly choice: string;
  readonly value: string | null;
  readonly note: string | null;
  /** The person looked in Seller Central. */
  readonly checked: boolean;
  readonly by: string;
}

/** A problem as it is settled. */
export interface Found {
  readonly id: string;
  readonly kind: ProblemKind;
  readonly order: string;
  readonly subject: string;
  readonly currency: string | null;
  readonly shopifyReason: string | null;
  /** The orders in Shopify among which one is to be picked, as the problem keeps them. */
  readonly orders: string | null;
}

/** What a person chose, and for which problem. */
export interface Step {
  readonly services: Services;
  readonly shop: ShopDomain;
  readonly found: Found;
  readonly wanted: Solved;
}

/** It was taken down. `undoUntil`: until when it can be undone (ms UTC); null: nothing of it is sent anywhere. */
export const taken = (id: string | null, undoUntil: number | null, params = {}): Chosen => ({
  ok: true,
  outcome: 'chosen',
  id,
  undoUntil,
  effects: [],
  params,
});

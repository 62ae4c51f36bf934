import type { PracticeShop } from './practice-shop.ts';

/** What there is to try in a practice, in its order. */
export const practiceSteps = ['arrive', 'ask', 'undo', 'cancel', 'decline', 'problem'] as const;
export type PracticeStep = (typeof practiceSteps)[number];

/** The steps that really happened in the practice, whatever was clicked. */
export function stepsDone({ orders }: PracticeShop): readonly PracticeStep[] {
  const choices = orders.flatMap((order) => order.choices);
  const done: Record<PracticeStep, boolean> = {
    arrive: orders.some(({ shopify }) => shopify !== null),
    ask: orders.some(({ requests }) => requests.length > 0),
    undo: choices.some(({ kind, state }) => kind === 'cancel' && state === 'withdrawn'),
    cancel: orders.some(({ shopify }) => shopify !== null && shopify.linked.cancelledAt !== null),
    decline: choices.some(({ kind, state }) => kind === 'decline' && state !== 'withdrawn'),
    problem: choices.some(({ kind }) => kind === 'answer'),
  };
  return practiceSteps.filter((step) => done[step]);
}

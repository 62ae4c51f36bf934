import type { AmazonOrder } from './amazon-order.ts';
import { answerTo } from './choice.ts';
import type { ChoiceOutcome } from './choice.ts';
import type { CommandToPlan, CommandToSend } from './command.ts';
import type { DueAgain, Event, Situation } from './decide.ts';
import type { RuleChoice } from './decide-auto-accept.ts';
import type { Fitting } from './describe.ts';
import type { OrderBooks } from './order-books.ts';
import type { ProblemDraft } from './problem.ts';
import type { CancelRequest } from './request.ts';
import type { KnownFact } from './shopify-fact.ts';
import type { Handling, ShopifyOrder } from './shopify-order.ts';

/** An order that stands on both sides, with all that cancels, shipments and refunds are decided on. */
export interface Case {
  readonly situation: Situation;
  readonly order: AmazonOrder;
  /** When the reading of it began, ms UTC. */
  readonly readAt: number;
  /**
   * When Amazon was asked, ms UTC; null: this is only what is remembered, and nothing goes to Amazon by it. Later than `readAt`
   * where Amazon listed what changed since, and this order was not in it.
   */
  readonly askedAt: number | null;
  readonly linked: ShopifyOrder;
  readonly books: OrderBooks | null;
  readonly handling: Handling | null;
  readonly request: CancelRequest | null;
}

/** What one part of the decision asks for. */
export interface Dealing {
  readonly send: readonly CommandToSend[];
  readonly plan: readonly CommandToPlan[];
  readonly events: readonly Event[];
  readonly problems: readonly ProblemDraft[];
  readonly fitting: readonly Fitting[];
  readonly dueAgain: readonly DueAgain[];
  /** What was seen in Shopify for the first time. */
  readonly facts: readonly KnownFact[];
  readonly ends: readonly ChoiceOutcome[];
  /** What the merchant's rules choose. */
  readonly choose: readonly RuleChoice[];
  /** It says why the sides differ: that needs no word of its own. */
  readonly explains: boolean;
}

/** An order that has to be looked at anew, on the other side or with what was just written, is so after this (ms). */
export const soonMs = 1_000;

const none: Dealing = {
  send: [],
  plan: [],
  events: [],
  problems: [],
  fitting: [],
  dueAgain: [],
  facts: [],
  ends: [],
  choose: [],
  explains: false,
};

/** A dealing of these parts; what is not named is nothing. */
export function dealing(parts: Partial<Dealing> = {}): Dealing {
  return { ...none, ...parts };
}

/** All of them together, in their order. */
export function together(all: readonly Dealing[]): Dealing {
  return {
    send: all.flatMap(({ send }) => send),
    plan: all.flatMap(({ plan }) => plan),
    events: all.flatMap(({ events }) => events),
    problems: all.flatMap(({ problems }) => problems),
    fitting: all.flatMap(({ fitting }) => fitting),
    dueAgain: all.flatMap(({ dueAgain }) => dueAgain),
    facts: all.flatMap(({ facts }) => facts),
    ends: all.flatMap(({ ends }) => ends),
    choose: all.flatMap(({ choose }) => choose),
    explains: all.some(({ explains }) => explains),
  };
}

/** Whether this app may write to Amazon for the order: not for what another app brought in, until a person says so (IMP-9). */
export function mayWrite({ situation }: Case): boolean {
  return (
    !situation.link.adopted || answerTo(situation.choices, 'adopted_confirm', '')?.args.choice === 'concord'
  );
}

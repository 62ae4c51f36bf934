import type { AmazonCancelReason } from './cancel-reason.ts';
import type { Components } from './components.ts';

/** Why a buyer writes. That stock is missing is none of them: then nobody may ask the buyer to cancel (REQ-10). */
export const messageReasons = ['changed_mind', 'wrong'] as const;
export type MessageReason = (typeof messageReasons)[number];

/** What a person (or a rule of theirs) decided about an order: an input to `decide`, never a write by itself. */
export interface ChoiceArgs {
  /** Cancel the whole order; `amount` in minor units, null for a free order or where nothing is left to refund. */
  readonly cancel: {
    readonly amount: number | null;
    readonly reason: AmazonCancelReason;
    readonly restock: boolean;
  };
  /** Cancel some lines: the rest ships first (CAN-15). */
  readonly cancel_lines: {
    readonly lines: readonly { readonly orderItemId: string; readonly quantity: number }[];
    readonly reason: AmazonCancelReason;
  };
  /** Ship although the buyer asked (CAN-17). */
  readonly decline: { readonly n: number };
  /** A buyer's message asks to cancel (REQ-10). `lines`: order item ids; empty: all of them. `hold`: until the buyer asks in the account. */
  readonly informal: {
    readonly lines: readonly string[];
    readonly why: MessageReason;
    readonly hold: boolean;
  };
  /** Nobody asks for request `n`: what only messages, mails and the like said of it is over. */
  readonly unmark: { readonly n: number };
  /** Refund on Amazon, components in minor units per line, and record it in Shopify. */
  readonly refund: {
    readonly items: readonly { readonly orderItemId: string; readonly components: Components }[];
    readonly restock: boolean;
  };
  /** What was chosen for a problem: its kind and subject are in the choice's own subject. */
  readonly answer: { readonly choice: string; readonly value: string | null };
}
export type ChoiceKind = keyof ChoiceArgs;
export const choiceKinds = [
  'cancel',
  'cancel_lines',
  'decline',
  'informal',
  'unmark',
  'refund',
  'answer',
] as const satisfies readonly ChoiceKind[];

/** `open` until it is carried out (`done`), taken back (`withdrawn`), cannot be done (`refused`), or is too old (`stale`). */
export const choiceStates = ['open', 'done', 'withdrawn', 'refused', 'stale'] as const;
export type ChoiceState = (typeof choiceStates)[number];

interface Row<Kind extends ChoiceKind> {
  readonly id: string;
  readonly kind: Kind;
  /** What it is about: empty for the whole order, else the key of a fact, or a problem's kind and subject. */
  readonly subject: string;
  readonly args: ChoiceArgs[Kind];
  readonly state: ChoiceState;
  /** Who chose, for the audit log: `staff`, `flow`, `rule`, `operator`. Never a name. */
  readonly by: string;
  /** When, and until when it can be taken back (ms UTC). */
  readonly at: number;
  readonly undoUntil: number;
  readonly endedAt: number | null;
  /** Why it could not be carried out: a guard, or what Amazon said. */
  readonly outcome: string | null;
}

/** A choice as it is kept. */
export type Choice<Kind extends ChoiceKind = ChoiceKind> = { [K in Kind]: Row<K> }[Kind];

/** The choices of one kind. */
export function choicesOfKind<Kind extends ChoiceKind>(
  choices: readonly Choice[],
  kind: Kind,
): Choice<Kind>[] {
  return choices.flatMap((one) => (one.kind === kind ? [one as Choice<Kind>] : []));
}

/** The last answer that stands to a problem; null where nobody answered. */
export function answerTo(
  choices: readonly Choice[],
  problem: string,
  subject: string,
): Choice<'answer'> | null {
  const about = answerSubject(problem, subject);
  const answers = choicesOfKind(choices, 'answer').filter(
    (one) => one.subject === about && (one.state === 'open' || one.state === 'done'),
  );
  return answers.at(-1) ?? null;
}

/** What an answer's subject is for a problem. */
export function answerSubject(problem: string, subject: string): string {
  return `${problem}|${subject}`;
}

/** How an open choice ended, as a decision found. */
export interface ChoiceOutcome {
  readonly id: string;
  readonly state: Exclude<ChoiceState, 'open'>;
  readonly outcome: string | null;
}

import type { AmazonMove } from './amazon-move.ts';
import type { Choice } from './choice.ts';
import type { Command } from './command.ts';
import { sumOfComponents } from './components.ts';
import type { Params } from './problem.ts';
import type { CancelRequest } from './request.ts';
import { saidMoney } from './said-money.ts';

/** Who did something: this app, staff (or a rule of theirs), the buyer, or Amazon. */
type Actor = 'concord' | 'staff' | 'rule' | 'operator' | 'flow' | 'buyer' | 'amazon';

/** Something that happened to an order, as its sentence (a key under `timeline`) and what it is made with. */
export interface Happening {
  /** ms UTC; null: it has not happened yet. */
  readonly at: number | null;
  readonly key: string;
  readonly params: Params;
  readonly by: Actor;
  /** What Amazon or Shopify answered, word by word. */
  readonly words: string | null;
}

/** What is kept of an order's past. */
export interface Past {
  /** When it was placed on Amazon, ms UTC. */
  readonly placedAt: number | null;
  readonly commands: readonly Command[];
  readonly choices: readonly Choice[];
  readonly requests: readonly CancelRequest[];
  readonly moves: readonly AmazonMove[];
  readonly currency: string | null;
}

/** What the sentence of a command is made with. */
export function commandParams(command: Command): Params {
  switch (command.kind) {
    case 'refund_amazon': {
      const { items, currency } = command.args;
      const amount = items.reduce((sum, { components }) => sum + sumOfComponents(components), 0);
      return saidMoney({ amount, currency });
    }
    case 'refund_shopify': {
      const { amount, currency } = command.args;
      return saidMoney({ amount, currency });
    }
    case 'ship_amazon':
    case 'fulfil_shopify':
      return command.args.tracking === null ? {} : { name: command.args.tracking };
    default:
      return {};
  }
}

function ofCommand(command: Command): Happening {
  const { kind, state, sentAt, endedAt, notBefore, refusal } = command;
  const rests = state === 'planned' && notBefore !== null ? { time: notBefore } : {};
  return {
    at: state === 'planned' ? null : (endedAt ?? sentAt),
    key: kind,
    params: { state, ...rests, ...commandParams(command) },
    by: 'concord',
    words: refusal?.text ?? null,
  };
}

const actors: readonly Actor[] = ['staff', 'rule', 'operator', 'flow'];

/** Who decided, of what was noted of them. */
export const actorOf = (by: string): Actor => actors.find((actor) => by.startsWith(actor)) ?? 'staff';

function ofChoice(choice: Choice, currency: string | null): Happening {
  const { kind, state, at, by, subject } = choice;
  const amount =
    kind === 'refund' && currency !== null
      ? saidMoney({
          amount: choice.args.items.reduce((sum, { components }) => sum + sumOfComponents(components), 0),
          currency,
        })
      : {};
  const what = kind === 'answer' ? { what: `${subject.split('|')[0] ?? ''}.${choice.args.choice}` } : {};
  return {
    at,
    key: `choice_${kind}`,
    params: { state, ...amount, ...what },
    by: actorOf(by),
    words: null,
  };
}

function ofRequest({
  lines,
  sources,
  requestedAt,
  confirmedAt,
  closedAt,
  state,
}: CancelRequest): Happening[] {
  const [first] = sources;
  const asked: Happening = {
    at: requestedAt,
    key: 'asked',
    params: { n: lines.length, source: first?.source ?? 'order' },
    by: 'buyer',
    words: null,
  };
  if (closedAt === null) return [asked];
  // What Amazon never showed the buyer cannot have taken back.
  const dropped = state === 'withdrawn' && confirmedAt === null;
  const by = state === 'withdrawn' && !dropped ? 'buyer' : 'concord';
  const params = { state: dropped ? 'dropped' : state };
  return [asked, { at: closedAt, key: 'request_over', params, by, words: null }];
}

/** All that happened to an order, the newest first; what is still to come stands before it. */
export function timelineOf(past: Past): Happening[] {
  const placed: Happening[] =
    past.placedAt === null
      ? []
      : [{ at: past.placedAt, key: 'placed', params: {}, by: 'buyer', words: null }];
  const moves = past.moves.map(({ postedAt, kind, amount, currency }): Happening => ({
    at: postedAt,
    key: 'paid_back',
    params: { what: kind, ...saidMoney({ amount, currency }) },
    by: 'amazon',
    words: null,
  }));
  // What was taken back before it was ever sent is told by the decision that took it back.
  const commands = past.commands.filter(
    ({ state, sentAt }) => sentAt !== null || (state !== 'withdrawn' && state !== 'superseded'),
  );
  const all = [
    ...placed,
    ...moves,
    ...commands.map(ofCommand),
    ...past.choices.map((choice) => ofChoice(choice, past.currency)),
    ...past.requests.flatMap(ofRequest),
  ];
  const last = Number.MAX_SAFE_INTEGER;
  return all.sort((a, b) => (b.at ?? last) - (a.at ?? last));
}

import type { AmazonMove } from './amazon-move.ts';
import { commandsOfKind, type Command, type CommandState } from './command.ts';
import { sumOfComponents } from './components.ts';

/** What became of a refund on Amazon for one fact: a refund in Shopify (`refund:ID`) or a choice (`choice:ID`). */
export interface SentRefund {
  readonly fact: string;
  /** How often a person found that Amazon has none of the one before. */
  readonly turn: number;
  readonly latest: Command<'refund_amazon'>;
  /** Minor units. */
  readonly amount: number;
  /** The first time that Amazon may have got it (ms UTC); null: it provably has not. */
  readonly since: number | null;
}

const keyShape = /:((?:refund|choice):[^:]+)(?::(\d+))?$/;
/** Amazon's clock and ours may differ by so much. */
const clocksApartMs = 2 * 60_000;
const mayHaveReached = new Set<CommandState>(['sending', 'unsure', 'accepted', 'confirmed']);

/** Refunds that were decided on for Amazon, each fact once; those that only tell of cancelled units are left out. */
export function sentRefunds(commands: readonly Command[]): ReadonlyMap<string, SentRefund> {
  const facts = new Map<string, { turn: number; command: Command<'refund_amazon'> }[]>();
  for (const command of commandsOfKind(commands, 'refund_amazon')) {
    const [, fact, turn] = keyShape.exec(command.key) ?? [];
    const cancels = command.args.items.some(({ quantityCancelled }) => quantityCancelled !== undefined);
    if (fact === undefined || cancels) continue;
    facts.set(fact, [...(facts.get(fact) ?? []), { turn: Number(turn ?? 0), command }]);
  }
  const sent = [...facts].flatMap(([fact, turns]): SentRefund[] => {
    const [last] = turns.sort((a, b) => b.turn - a.turn);
    if (!last) return [];
    const { turn, command: latest } = last;
    const times = turns
      .filter((one) => one.turn < turn || mayHaveReached.has(latest.state))
      .flatMap(({ command }) => command.sentAt ?? []);
    const amount = latest.args.items.reduce((sum, item) => sum + sumOfComponents(item.components), 0);
    return [{ fact, turn, latest, amount, since: times.length === 0 ? null : Math.min(...times) }];
  });
  const first = ({ since }: SentRefund) => since ?? Infinity;
  return new Map(sent.sort((a, b) => first(a) - first(b)).map((one) => [one.fact, one]));
}

/**
 * Which of Amazon's moves are the echo of refunds that were sent: the first one of the same amount since then that nothing
 * else explains. Of equal amounts it makes no difference which is which, for both sides have both.
 */
export function echoesOf(
  sent: ReadonlyMap<string, SentRefund>,
  moves: readonly AmazonMove[],
): ReadonlyMap<string, AmazonMove> {
  const taken = new Set<string>();
  const echoes = new Map<string, AmazonMove>();
  for (const { fact, since, amount, latest } of sent.values()) {
    if (since === null) continue;
    const echo = moves.find(
      (move) =>
        !taken.has(move.transactionId) &&
        (move.kind === 'refund' || move.kind === 'other') &&
        move.amount === amount &&
        move.currency === latest.args.currency &&
        move.postedAt >= since - clocksApartMs,
    );
    if (!echo) continue;
    taken.add(echo.transactionId);
    echoes.set(fact, echo);
  }
  return echoes;
}

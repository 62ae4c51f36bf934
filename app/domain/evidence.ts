import { choiceKinds } from './choice.ts';
import type { Command } from './command.ts';
import { saidMoney } from './said-money.ts';
import { actorOf, commandParams, type Happening } from './timeline.ts';

/** A line of the audit log about an order (PRO-6). `at` in ms UTC. */
export interface AuditLine {
  readonly at: number;
  readonly actor: string;
  /** Like `cancel_amazon:accepted` or `decline:chosen`. */
  readonly action: string;
  readonly after: unknown;
}

/** A line of the log as its sentence; `key` null: only its own name says what it was. */
export interface EvidenceLine extends Omit<Happening, 'key' | 'at'> {
  readonly at: number;
  readonly key: string | null;
  readonly action: string;
  /** Who of the staff, as Shopify numbers them; null: nobody of them. */
  readonly staff: string | null;
  /** The answer was told before; now a look showed the effect too. */
  readonly seen: boolean;
  /** Amazon's number of the batch it went with, or Shopify's of the order. */
  readonly reference: string | null;
}

const unnamed = { key: null, params: {} } as const;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The sum of a chosen refund, minor units; null where the line has none. */
function refunded(args: unknown): number | null {
  const items = fieldOf(args, 'items');
  if (!Array.isArray(items)) return null;
  const amounts = items.flatMap((item: unknown): unknown[] => {
    const parts = fieldOf(item, 'components');
    return typeof parts === 'object' && parts !== null ? Object.values(parts) : [];
  });
  return amounts.reduce<number>((sum, amount) => sum + (typeof amount === 'number' ? amount : 0), 0);
}

function ofChoice(
  kind: string,
  state: string,
  after: unknown,
  currency: string | null,
): Pick<EvidenceLine, 'key' | 'params'> {
  const args = fieldOf(after, 'args');
  const given = state === 'taken_back' ? 'withdrawn' : state;
  if (state === 'done') return { key: 'choice_done', params: {} };
  if (kind === 'refund') {
    const amount = refunded(args);
    if (amount === null || currency === null) return unnamed;
    return { key: 'choice_refund', params: { state: given, ...saidMoney({ amount, currency }) } };
  }
  if (kind !== 'answer') return { key: `choice_${kind}`, params: { state: given } };
  const choice = textOf(fieldOf(args, 'choice'));
  const problem = textOf(fieldOf(after, 'subject'))?.split('|')[0];
  return choice === null || problem === undefined
    ? unnamed
    : { key: 'choice_answer', params: { state: given, what: `${problem}.${choice}` } };
}

/**
 * A line names the kind of command only: where several of the kind say different things, none of them is told as if it were
 * known which it was.
 */
function ofCommand(
  kind: string,
  state: string,
  commands: readonly Command[],
): Pick<EvidenceLine, 'key' | 'params'> {
  const [first, ...others] = commands.filter((one) => one.kind === kind).map(commandParams);
  const one = first && others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return one ? { key: kind, params: { state, ...first } } : unnamed;
}

/** The audit log of an order as sentences, the oldest first. Nothing of a buyer is in it. */
export function evidenceOf(
  lines: readonly AuditLine[],
  commands: readonly Command[],
  currency: string | null,
): EvidenceLine[] {
  const answered = new Set<string>();
  return lines.map((line) => {
    const [kind = '', state = ''] = line.action.split(':');
    const [who, ...name] = line.actor.split(' ');
    const outcome = fieldOf(line.after, 'outcome');
    const seen = state === 'confirmed' && answered.delete(kind);
    if (state === 'accepted') answered.add(kind);
    return {
      at: line.at,
      action: line.action,
      ...(choiceKinds.some((one) => one === kind)
        ? ofChoice(kind, state, line.after, currency)
        : ofCommand(kind, state, commands)),
      seen,
      by: who === 'concord' ? 'concord' : actorOf(line.actor),
      staff: who === 'staff' && name.length > 0 ? name.join(' ') : null,
      words: textOf(outcome) ?? textOf(fieldOf(outcome, 'text')),
      reference: textOf(fieldOf(line.after, 'feedId')) ?? textOf(fieldOf(line.after, 'shopifyOrderId')),
    };
  });
}

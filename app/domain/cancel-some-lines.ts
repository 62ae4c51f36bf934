import type { AmazonLine } from './amazon-order.ts';
import { answerTo, choicesOfKind, type Choice } from './choice.ts';
import { commandsOfKind, createEffectMs, type Command, type CommandToSend } from './command.ts';
import { dealing, mayWrite, soonMs, together, type Case, type Dealing } from './dealing.ts';
import type { ProblemDraft } from './problem.ts';
import { meant } from './handled-lines.ts';
import { missingCancelHolds } from './hold-for-cancel.ts';
import { lookAgainAt } from './look-again.ts';
import { refundAmazonKey } from './money-keys.ts';
import { currencyOf } from './order-draft.ts';

type SomeLines = Choice<'cancel_lines'>;

/** So long after Amazon's yes its order may take to show it; then a person hears of it. */
const showsWithinMs = 2 * 3_600_000;
/** Told again so often by itself where nobody knows whether Amazon got it (CAN-13): it moves no money. */
const mostAttempts = 3;

/** Units of a line that Amazon shows neither shipped nor cancelled. */
function openUnits(line: AmazonLine): number {
  if (line.cancelled !== null) return 0;
  return line.quantityUnfulfilled ?? Math.max(0, line.quantityOrdered - (line.quantityFulfilled ?? 0));
}

/** What of a choice is still to be cancelled, in Amazon's units. */
function openOf({ order }: Case, { args }: SomeLines) {
  return order.lines.flatMap((line) => {
    const wanted = args.lines.find(({ orderItemId }) => orderItemId === line.orderItemId);
    const quantity = Math.min(openUnits(line), wanted?.quantity ?? 0);
    return quantity > 0 ? [{ orderItemId: line.orderItemId, quantity }] : [];
  });
}

/** Holds the open units of these lines; the rest of the order can ship (CAN-15). */
function hold(one: Case, choice: SomeLines): readonly CommandToSend<'hold_order'>[] {
  const lines = new Set<string>(choice.args.lines.map(({ orderItemId }) => orderItemId));
  return missingCancelHolds(one, choice.id, (work) => {
    const wanted = work.open.filter((line) => meant(one.order, line).some((id) => lines.has(id)));
    if (wanted.length === 0) return null;
    const whole = wanted.length === work.open.length;
    return {
      parts: whole ? null : wanted.map(({ id, remaining }) => ({ id, quantity: remaining })),
      units: wanted.map(({ lineItemId, remaining }) => ({ lineItem: lineItemId, quantity: remaining })),
    };
  });
}

/** The buyer asked for every one of these lines, by Amazon's own word (CAN-6). */
function askedByBuyer({ request }: Case, ids: readonly string[]): boolean {
  const asked = new Set<string>(
    (request?.lines ?? []).filter(({ confirmed }) => confirmed).map(({ orderItemId }) => orderItemId),
  );
  return ids.every((id) => asked.has(id));
}

function lookLater({ situation }: Case, since: number): Dealing {
  const at = lookAgainAt(situation.now, since, { soonest: 30_000, latest: 15 * 60_000 });
  return dealing({ dueAgain: [{ at, reason: 'looking' }] });
}

/** Tells Amazon of the cancelled units, now that the rest is shipped. */
function tell(
  one: Case,
  choice: SomeLines,
  before: Command<'refund_amazon'> | undefined,
  holding: boolean,
): Dealing {
  const { order, situation, askedAt } = one;
  const items = openOf(one, choice).map(({ orderItemId, quantity }) => ({
    orderItemId,
    adjustmentId: `${choice.id.replaceAll('-', '')}-${orderItemId}`.slice(0, 50),
    components: {},
    quantityCancelled: quantity,
  }));
  const asked = askedByBuyer(
    one,
    items.map(({ orderItemId }) => orderItemId),
  );
  const reason = asked ? 'CustomerCancel' : 'NoInventory';
  const proved = askedAt !== null && !holding;
  return dealing({
    plan: [
      {
        kind: 'refund_amazon',
        key: refundAmazonKey(order.id, `choice:${choice.id}`),
        from: before?.state ?? null,
        args: { reason, currency: currencyOf(order) ?? '', items },
        notBefore: null,
        provedAt: proved ? askedAt : null,
      },
    ],
    dueAgain: proved || holding ? [] : [{ at: situation.now + soonMs, reason: 'slot' }],
  });
}

/** Amazon took it, or may have, and its lines are still open. */
function undecided(one: Case, choice: SomeLines, before: Command<'refund_amazon'>): Dealing {
  const { situation, order } = one;
  const since = before.endedAt ?? before.sentAt ?? situation.now;
  const answer = answerTo(situation.choices, 'cancel_unsure_decide', choice.id);
  const said = answer !== null && answer.at > since ? answer.args.choice : null;
  if (said === 'again' && one.askedAt !== null) return tell(one, choice, before, false);
  const h = Math.floor((situation.now - since) / 3_600_000);
  const problem: ProblemDraft = {
    kind: 'cancel_unsure_decide',
    subject: choice.id,
    params: { id: order.id, h },
  };
  return together([lookLater(one, since), dealing({ problems: said === 'by_hand' ? [] : [problem] })]);
}

/** The answer that it be told once more after Amazon's no, unless Amazon said no to that too. */
function wantedAgain({ situation, order }: Case, choice: SomeLines): Choice<'answer'> | null {
  const answer = answerTo(situation.choices, 'refused_other', choice.id);
  if (answer?.args.choice !== 'again' || choice.outcome?.startsWith('amazon:') !== true) return null;
  const key = refundAmazonKey(order.id, `choice:${choice.id}`);
  const before = situation.commands.find((command) => command.key === key);
  return before?.state === 'refused' && answer.at <= (before.endedAt ?? 0) ? null : answer;
}

/** What is to be done where the rest is shipped: tell Amazon once, and wait for its lines. */
function close(one: Case, choice: SomeLines, holding: boolean): Dealing {
  const { situation, order, askedAt } = one;
  const key = refundAmazonKey(order.id, `choice:${choice.id}`);
  const before = commandsOfKind(situation.commands, 'refund_amazon').find((command) => command.key === key);
  const since = before?.endedAt ?? before?.sentAt ?? situation.now;
  const age = situation.now - since;
  switch (before?.state) {
    case 'sending':
      return dealing();
    case 'accepted':
    case 'confirmed':
      return age < showsWithinMs ? lookLater(one, since) : undecided(one, choice, before);
    case 'unsure':
      // Asked later than a lost one could still take effect: an older word shows nothing of it.
      if ((askedAt ?? 0) < since + createEffectMs) return lookLater(one, since);
      return before.attempt < mostAttempts
        ? tell(one, choice, before, holding)
        : undecided(one, choice, before);
    case 'refused': {
      if (wantedAgain(one, choice)) return tell(one, choice, before, holding);
      const outcome = `amazon:${before.refusal?.text ?? before.refusal?.field ?? ''}`;
      return dealing({ ends: [{ id: choice.id, state: 'refused', outcome }] });
    }
    default:
      return tell(one, choice, before, holding);
  }
}

/** The choice is over: Amazon shows its lines cancelled, or they shipped all the same. */
function over(one: Case, choice: SomeLines): Dealing {
  const { situation, order } = one;
  const key = refundAmazonKey(order.id, `choice:${choice.id}`);
  const ids = new Set<string>(choice.args.lines.map(({ orderItemId }) => orderItemId));
  const shipped = order.lines.some((line) => ids.has(line.orderItemId) && line.cancelled === null);
  const events = commandsOfKind(situation.commands, 'refund_amazon')
    .filter((command) => command.key === key && command.state !== 'confirmed')
    .map(({ state }) => ({
      key,
      event: shipped && state === 'planned' ? ('recalled' as const) : ('seen' as const),
    }));
  const end = shipped
    ? ({ state: 'refused', outcome: 'already_shipped' } as const)
    : ({ state: 'done', outcome: null } as const);
  const dueAgain = [{ at: situation.now + soonMs, reason: 'slot', side: 'shopify' }] as const;
  return dealing({ events, ends: [{ id: choice.id, ...end }], dueAgain });
}

function carry(one: Case, choice: SomeLines): Dealing {
  const { order } = one;
  const open = openOf(one, choice);
  if (open.length === 0 || order.status === 'cancelled') return over(one, choice);
  const send = hold(one, choice);
  const wanted = new Map(open.map(({ orderItemId, quantity }) => [orderItemId, quantity]));
  const rest = order.lines.some((line) => openUnits(line) > (wanted.get(line.orderItemId) ?? 0));
  const shipped = order.lines.some(({ quantityFulfilled }) => (quantityFulfilled ?? 0) > 0);
  const waiting = dealing({
    send,
    fitting: [{ key: 'partial_pending', params: { n: open.length } }],
    explains: true,
  });
  if (rest) return waiting;
  // Nothing else is left of the order: that is a cancel of all of it, and for a person to say.
  if (!shipped)
    return dealing({ ends: [{ id: choice.id, state: 'refused', outcome: 'covers_whole_order' }] });
  return together([waiting, close(one, choice, send.length > 0)]);
}

/** What Amazon refused is said until another choice is made, or its lines are closed. */
function refused(one: Case, choice: SomeLines): Dealing {
  if (choice.outcome?.startsWith('amazon:') !== true || openOf(one, choice).length === 0) return dealing();
  const text = choice.outcome.slice('amazon:'.length);
  return dealing({
    problems: [{ kind: 'refused_other', subject: choice.id, params: { id: one.order.id, text, code: '' } }],
    fitting: [{ key: 'refused_other', params: { text } }],
    explains: true,
  });
}

/** Cancels some lines: they stay held, the rest ships, and then Amazon is told of their units (CAN-15). */
export function cancelSomeLines(one: Case): Dealing {
  const choice = choicesOfKind(one.situation.choices, 'cancel_lines').at(-1);
  if (!choice || !mayWrite(one)) return dealing();
  const again = wantedAgain(one, choice);
  if (again && one.situation.now < again.undoUntil)
    return dealing({ dueAgain: [{ at: again.undoUntil, reason: 'undo' }], explains: true });
  if (choice.state === 'open' || again) return carry(one, choice);
  const key = refundAmazonKey(one.order.id, `choice:${choice.id}`);
  const planned = one.situation.commands.find((command) => command.key === key)?.state === 'planned';
  const recall = dealing({ events: planned ? [{ key, event: 'recalled' }] : [] });
  return choice.state === 'refused' ? together([recall, refused(one, choice)]) : recall;
}

import { answerTo, type Choice } from './choice.ts';
import { cancelGuard, shippedOnAmazon } from './cancel-guard.ts';
import { commandsOfKind, createEffectMs, type Command } from './command.ts';
import { dealing, soonMs, together, type Case, type Dealing } from './dealing.ts';
import type { Fitting } from './describe.ts';
import { holdForCancel, releaseCancelHolds } from './hold-for-cancel.ts';
import { lookAgainAt } from './look-again.ts';
import type { ProblemDraft } from './problem.ts';

/** So long after Amazon's yes its order may take to show it; then a person hears of it. */
const showsWithinMs = 2 * 3_600_000;
/** A cancel whose outcome nobody knows is sent again so often by itself (CAN-13). */
const mostAttempts = 3;

/** Looks at Amazon again, soon at first and then at growing distances. */
function lookLater({ situation }: Case, since: number): Dealing {
  const at = lookAgainAt(situation.now, since, { soonest: 30_000, latest: 15 * 60_000 });
  return dealing({ dueAgain: [{ at, reason: 'looking' }], explains: true });
}

/** A person's answer to a problem of this cancel, given after it ended. */
function answered(
  { situation }: Case,
  kind: ProblemDraft['kind'],
  command: Command,
): Choice<'answer'> | null {
  const answer = answerTo(situation.choices, kind, '');
  return answer && answer.at > (command.endedAt ?? 0) ? answer : null;
}

/** The same cancel once more, by the same guards; the next batch takes it. */
function again(one: Case, command: Command<'cancel_amazon'>, notBefore: number): Dealing {
  const guarded = cancelGuard(one, command.args.reason, true);
  if (guarded.is !== 'go' || one.askedAt === null) return lookLater(one, command.endedAt ?? 0);
  const { key, args, kind, state } = command;
  // Its hold is set first, by the caller; what goes to Amazon before that is not proved.
  const held = holdForCancel(one, key.split(':').at(-1) ?? '').send.length === 0;
  const ripe = one.situation.now >= notBefore;
  const proved = ripe && held;
  return dealing({
    plan: [
      {
        kind,
        key,
        from: state,
        args: { ...args, reason: guarded.reason },
        notBefore,
        provedAt: proved ? one.askedAt : null,
      },
    ],
    dueAgain: ripe ? [] : [{ at: notBefore, reason: 'undo' }],
    fitting: [{ key: 'cancel_waiting_batch', params: {} }],
    explains: true,
  });
}

function undecided(one: Case, command: Command<'cancel_amazon'>, since: number): Dealing {
  const answer = answered(one, 'cancel_unsure_decide', command);
  if (answer?.args.choice === 'again') return again(one, command, answer.undoUntil);
  const hours = Math.floor((one.situation.now - since) / 3_600_000);
  const problems: ProblemDraft[] =
    answer?.args.choice === 'by_hand'
      ? []
      : [{ kind: 'cancel_unsure_decide', subject: '', params: { id: one.order.id, h: hours } }];
  return together([
    lookLater(one, since),
    dealing({ problems, fitting: [{ key: 'cancel_unsure', params: {} }] }),
  ]);
}

/** Amazon said no: Shopify stays as it is, and a person reads why (CAN-4). */
function refused(one: Case, command: Command<'cancel_amazon'>): Dealing {
  const answer = answered(one, 'refused_other', command);
  if (answer?.args.choice === 'again') return again(one, command, answer.undoUntil);
  const { id } = one.order;
  const text = command.refusal?.text ?? '';
  const gone = shippedOnAmazon(one);
  const params = { id, text, code: command.refusal?.field ?? '' };
  const fitting: Fitting = gone
    ? { key: 'refused_shipped', params: {} }
    : { key: 'refused_other', params: { text } };
  const kind = gone ? 'refused_shipped' : 'refused_other';
  return together([
    releaseCancelHolds(one),
    // That the goods have left is no reason why Shopify does not show it.
    dealing({ problems: [{ kind, subject: '', params }], fitting: [fitting], explains: !gone }),
  ]);
}

/** Choices whose cancel Amazon refused are over: what comes next is a new choice. */
function endChoice({ situation }: Case, command: Command<'cancel_amazon'>): Dealing {
  const intent = command.key.split(':').at(-1);
  const open = situation.choices.find(
    ({ id, kind, state }) => id === intent && kind === 'cancel' && state === 'open',
  );
  if (!open) return dealing();
  const outcome = `amazon:${command.refusal?.field ?? ''}`;
  // What stands without it, like a cancel in Shopify, is seen at the next look.
  return dealing({
    ends: [{ id: open.id, state: 'refused', outcome }],
    dueAgain: [{ at: situation.now + soonMs, reason: 'slot', side: 'shopify' }],
  });
}

/**
 * Whether a cancel that Amazon has, or may have, came to nothing: its order ships. By a word of Amazon's from when a cancel
 * on its way would have shown, never by an older one.
 */
export function overtaken(one: Case, command: Command<'cancel_amazon'>): boolean {
  if (command.state !== 'accepted' && command.state !== 'unsure') return false;
  const since = command.endedAt ?? command.sentAt ?? one.situation.now;
  return shippedOnAmazon(one) && (one.askedAt ?? 0) >= since + createEffectMs;
}

/** What there is to do about a cancel that Amazon has, may have, or refused, while its order is not cancelled (CAN-13). */
export function waitForCancel(one: Case, command: Command<'cancel_amazon'>): Dealing {
  const { situation, askedAt } = one;
  const since = command.endedAt ?? command.sentAt ?? situation.now;
  const age = situation.now - since;
  switch (command.state) {
    case 'accepted': {
      const waiting = dealing({ fitting: [{ key: 'cancel_accepted', params: {} }], explains: true });
      if (age < showsWithinMs) return together([waiting, lookLater(one, since)]);
      return undecided(one, command, since);
    }
    case 'unsure': {
      // Asked later than a lost one could still take effect: an older word shows nothing of it.
      if ((askedAt ?? 0) < since + createEffectMs)
        return together([
          dealing({ fitting: [{ key: 'cancel_unsure', params: {} }] }),
          lookLater(one, since),
        ]);
      return command.attempt < mostAttempts ? again(one, command, 0) : undecided(one, command, since);
    }
    case 'refused':
      return together([refused(one, command), endChoice(one, command)]);
    default:
      return dealing({ fitting: [{ key: 'cancel_sent', params: {} }], explains: true });
  }
}

/** The last cancel that Amazon refused is said as long as nothing else became of it: no newer choice, and both sides apart. */
export function refusedByAmazon(one: Case): Dealing {
  const { situation, order, linked } = one;
  const last = commandsOfKind(situation.commands, 'cancel_amazon')
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .at(-1);
  const over =
    order.status === 'shipped' && linked.fulfillmentStatus === 'FULFILLED' && linked.cancelledAt === null;
  if (last?.state !== 'refused' || over) return dealing();
  return refused(one, last);
}

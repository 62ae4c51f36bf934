import { answerTo } from './choice.ts';
import { cancelGuard, type CancelGuard } from './cancel-guard.ts';
import { cancelInShopify } from './cancel-in-shopify.ts';
import { cancelChoice, cancelWish, type CancelWish } from './cancel-wish.ts';
import { commandsOfKind, type Command } from './command.ts';
import { openAmazonLines } from './covered-by-request.ts';
import { dealing, soonMs, together, type Case, type Dealing } from './dealing.ts';
import { holdForCancel, releaseCancelHolds, seenCancelHolds } from './hold-for-cancel.ts';
import { cancelAmazonKey } from './money-keys.ts';
import { saidMoney } from './said-money.ts';
import { overtaken, refusedByAmazon, waitForCancel } from './wait-for-cancel.ts';

/** So long an approval that could not be sent stands; then the person is asked again (CAN-12). */
const approvalHoldsMs = 24 * 3_600_000;

const underWay = new Set(['sending', 'unsure', 'accepted']);

/** The cancel that Amazon has, or may have; at most one. */
export function cancelUnderWay({ situation }: Case): Command<'cancel_amazon'> | null {
  return commandsOfKind(situation.commands, 'cancel_amazon').find(({ state }) => underWay.has(state)) ?? null;
}

/** Cancels that still rest, or were refused, and are not wanted any more. */
function recall(one: Case, except: string | null): Dealing {
  const events = commandsOfKind(one.situation.commands, 'cancel_amazon')
    .filter(({ state, key }) => state === 'planned' && key !== except)
    .map(({ key }) => ({ key, event: 'recalled' as const }));
  return dealing({ events });
}

const goodsGone = new Set<CancelGuard>(['already_shipped', 'already_fulfilled']);

/** The wish cannot be carried out as things are: a person's choice ends, with a problem that says why. */
function refuse(one: Case, wish: CancelWish, guard: CancelGuard): Dealing {
  const { order, situation, linked } = one;
  const params = { id: order.id, guard };
  const stop = together([recall(one, null), releaseCancelHolds(one)]);
  if (wish.choice) {
    const ends = [{ id: wish.choice.id, state: 'refused', outcome: guard } as const];
    return together([
      stop,
      dealing({ ends, dueAgain: [{ at: situation.now + soonMs, reason: 'slot', side: 'shopify' }] }),
    ]);
  }
  if (wish.intent === 'shopify' && goodsGone.has(guard)) {
    const where = guard === 'already_shipped' ? 'amazon' : 'shopify';
    // Refunded all the same: `refund-to-amazon` carries it.
    const answered = ['no_refund', 'refund'].includes(
      answerTo(situation.choices, 'cancelled_shopify_shipped', '')?.args.choice ?? '',
    );
    const said = { id: order.id, gone: where, ...saidMoney(linked.total) };
    return together([
      stop,
      dealing({
        problems: answered ? [] : [{ kind: 'cancelled_shopify_shipped', subject: '', params: said }],
        fitting: [{ key: 'cancelled_shopify_goods_gone', params: { gone: where } }],
        explains: true,
      }),
    ]);
  }
  return together([
    stop,
    dealing({ problems: [{ kind: 'cancel_not_sent', subject: '', params }], explains: true }),
  ]);
}

/** A choice that Amazon or a guard did not allow is said until a new one is made, or somebody leaves it. */
function refusedChoice({ situation, order, linked }: Case): Dealing {
  const last = situation.choices.filter(({ kind }) => kind === 'cancel').at(-1);
  const over = order.status === 'shipped' && linked.fulfillmentStatus === 'FULFILLED';
  if (last?.state === 'stale' && order.status !== 'shipped')
    return dealing({
      problems: [{ kind: 'approval_stale', subject: last.id, params: { id: order.id } }],
    });
  // Amazon's own no is said by its command, a rule's by the rule.
  if (last?.state !== 'refused' || last.outcome === null || /^(amazon|rule):/.test(last.outcome))
    return dealing();
  const shipped = last.outcome === 'already_shipped' || last.outcome === 'already_fulfilled';
  // What both sides show as shipped is in step, and says so itself.
  if (over && shipped) return dealing();
  const params = { id: order.id, guard: last.outcome };
  return dealing({
    problems: [{ kind: shipped ? 'refused_shipped' : 'cancel_not_sent', subject: last.id, params }],
    fitting: shipped ? [{ key: 'refused_shipped', params: {} }] : [],
  });
}

/** The approval is too old to be sent without asking again. */
function stale(one: Case, wish: CancelWish): Dealing {
  const params = { id: one.order.id };
  const subject = wish.choice?.id ?? '';
  const back = recall(one, null);
  const changes = wish.choice !== null || back.events.length > 0;
  return together([
    back,
    dealing({
      ends: wish.choice ? [{ id: wish.choice.id, state: 'stale', outcome: 'approval_stale' }] : [],
      // Its holds are let go, and its mark says so, at the next look.
      dueAgain: changes ? [{ at: one.situation.now + soonMs, reason: 'slot', side: 'shopify' }] : [],
      problems: [{ kind: 'approval_stale', subject, params }],
      explains: true,
    }),
  ]);
}

/** How long after the last look at what cannot be read, or is shipping, the next one comes: a tenth of the wait so far (ms). */
function pause(waited: number): number {
  return Math.min(Math.max(60_000, waited / 10), 15 * 60_000);
}

/** What was proved before does not hold any more: no batch takes it. */
export function unprove(before: Command<'cancel_amazon'> | undefined): Dealing {
  return dealing({
    plan: before?.state === 'planned' ? [{ ...before, from: 'planned', provedAt: null }] : [],
  });
}

/**
 * The one path of a cancel: guard, hold everything, let the undo time pass, prove Amazon unchanged, and leave it to the next
 * batch. `provedAt` is the proof: a batch takes the command only while it is fresh.
 */
function carry(one: Case, wish: CancelWish): Dealing {
  const { situation, order, askedAt } = one;
  const { now } = situation;
  const key = cancelAmazonKey(order.id, wish.intent);
  const before = commandsOfKind(situation.commands, 'cancel_amazon').find((command) => command.key === key);
  const guarded = cancelGuard(one, wish.reason, wish.intent !== 'shopify');
  if (guarded.is === 'never')
    return askedAt === null ? together([askAmazon(one), unprove(before)]) : refuse(one, wish, guarded.guard);
  const { send } = holdForCancel(one, wish.intent);
  const rest = recall(one, key);
  const said = wish.intent === 'shopify' || wish.decidedAt <= (before?.endedAt ?? 0);
  const open = before?.state === 'refused' && said;
  if (open) return together([rest, waitForCancel(one, before)]);
  const since = Math.max(wish.decidedAt, wish.notBefore);
  if (now - since > approvalHoldsMs) return stale(one, wish);
  if (guarded.is === 'wait') {
    const dueAgain = [{ at: now + pause(now - since), reason: 'looking' } as const];
    return together([
      rest,
      unprove(before),
      dealing({ send, dueAgain, fitting: [{ key: 'cancel_waiting_readable', params: {} }], explains: true }),
    ]);
  }
  const ripe = now >= wish.notBefore;
  const orderItemIds = openAmazonLines(order).map(({ orderItemId }) => orderItemId);
  const args = { reason: guarded.reason, orderItemIds };
  const proved = ripe && askedAt !== null && send.length === 0;
  const from = before?.state ?? null;
  const fitting = ripe
    ? ({ key: 'cancel_waiting_batch', params: {} } as const)
    : ({ key: 'undo_running', params: { clock: wish.notBefore } } as const);
  return together([
    rest,
    dealing({
      send,
      plan: [
        {
          kind: 'cancel_amazon',
          key,
          from,
          args,
          notBefore: wish.notBefore,
          provedAt: proved ? askedAt : null,
        },
      ],
      fitting: [fitting],
      dueAgain:
        proved || send.length > 0
          ? []
          : [ripe ? { at: now + soonMs, reason: 'slot' } : { at: wish.notBefore, reason: 'undo' }],
      explains: true,
    }),
  ]);
}

/** What is remembered cannot prove anything: Amazon is asked. */
function askAmazon({ situation }: Case): Dealing {
  return dealing({ dueAgain: [{ at: situation.now + soonMs, reason: 'slot' }], explains: true });
}

/** Everything that a cancel of the whole order comes to, on either side (CAN-4 to CAN-14, CAN-18). */
export function decideCancel(one: Case): Dealing {
  const { order } = one;
  const seen = seenCancelHolds(one);
  if (order.status === 'cancelled') return together([seen, cancelInShopify(one)]);
  const sent = cancelUnderWay(one);
  // What it comes to is said at the next look, by the guards that a wish goes through.
  if (sent && overtaken(one, sent))
    return together([
      seen,
      dealing({
        events: [{ key: sent.key, event: 'failed_later' }],
        dueAgain: [{ at: one.situation.now + soonMs, reason: 'slot' }],
        fitting: [{ key: 'refused_shipped', params: {} }],
        explains: true,
      }),
    ]);
  if (sent) {
    const { send } = holdForCancel(one, sent.key.split(':').at(-1) ?? '');
    return together([seen, dealing({ send }), recall(one, sent.key), waitForCancel(one, sent)]);
  }
  const wished = cancelWish(one);
  if (wished.wish) return together([seen, dealing({ facts: wished.facts }), carry(one, wished.wish)]);
  const idle = cancelChoice(one) === null ? releaseCancelHolds(one) : dealing();
  const before =
    cancelChoice(one) === null ? together([refusedChoice(one), refusedByAmazon(one)]) : dealing();
  return together([seen, recall(one, null), idle, wished.part, before]);
}

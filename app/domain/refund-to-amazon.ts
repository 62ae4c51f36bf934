import { afterRefund, type AfterRefund } from './after-refund.ts';
import { cancelChoice } from './cancel-wish.ts';
import { answerTo } from './choice.ts';
import type { AdjustmentReason } from './command.ts';
import { isWithin, itemsFrom } from './component-split.ts';
import { dealing, mayWrite, together, type Dealing } from './dealing.ts';
import { knownFact } from './known-fact.ts';
import { toDecimal } from './money.ts';
import type { BookedRefund } from './order-books.ts';
import { planRefund, recallRefund } from './plan-refund.ts';
import { permission } from './programmes.ts';
import { refundFact, refundNo } from './refund-fact.ts';
import { leftOnAmazon, shownBy, type Ledger } from './refund-ledger.ts';
import { saidMoney } from './said-money.ts';
import { splitRefund, type RefundItem } from './split-refund.ts';

/** What a refund in Shopify asks for, and what it takes of Amazon's balances. */
export interface Carried {
  readonly part: Dealing;
  readonly items: readonly RefundItem[];
}

type Go = Extract<AfterRefund, { is: 'go' }>;
/** What stands between a refund and the next batch; null: nothing does. `undoUntil` of an answer that opened the way. */
type Gate = { readonly stop: Dealing } | { readonly undoUntil: number };

const open: Gate = { undoUntil: 0 };
/** A refund that was made in Seller Central just after the one in Shopify is waited for too. */
const graceMs = 2 * 3_600_000;
const charged = new Set(['shipped', 'partially_shipped']);

function answerOf({ one }: Ledger, kind: string, refund: BookedRefund) {
  return answerTo(one.situation.choices, kind, refundNo(refund));
}

/** Goods that came back are a return; whatever else it was for, Shopify does not say. */
function reasonOf({ lines }: BookedRefund): AdjustmentReason {
  return lines.some(({ restock }) => restock === 'RETURN') ? 'CustomerReturn' : 'GeneralAdjustment';
}

/** The same amount went back on Amazon: one refund, or two (REF-5)? */
function equalGate(ledger: Ledger, refund: BookedRefund): Gate {
  const pair = ledger.pairs.get(refundNo(refund));
  if (!pair) return { undoUntil: answerOf(ledger, 'equal_refund_both', refund)?.undoUntil ?? 0 };
  if (pair.same) return { stop: dealing() };
  const params = saidMoney(refund.amount);
  const problem = {
    kind: 'equal_refund_both',
    subject: refundNo(refund),
    params: { id: ledger.one.order.id, ...params },
  } as const;
  return { stop: dealing({ problems: [problem], fitting: [{ key: 'decide_refund', params }] }) };
}

/** Kept back until a person approves it (CAN-12). */
function quarantineGate({ one }: Ledger, refund: BookedRefund): Gate {
  const key = refundFact(refund);
  const { kept, dropped } = knownFact(one.situation, { key, happenedAt: refund.at });
  if (kept === null)
    return { undoUntil: answerTo(one.situation.choices, 'quarantined', key)?.undoUntil ?? 0 };
  const action = { action: 'refund', why: kept };
  return {
    stop: dealing({
      problems: dropped
        ? []
        : [
            {
              kind: 'quarantined',
              subject: key,
              params: { id: one.order.id, ...action, n: 1, ...saidMoney(refund.amount) },
            },
          ],
      fitting: [
        {
          key: dropped ? 'left_as_it_is' : 'quarantined',
          params: { ...action, date: new Date(refund.at).toISOString() },
        },
      ],
    }),
  };
}

/** It came with a cancel in Shopify, or nothing is left of the order but that cancel. */
function isOfCancel({ one }: Ledger, refund: BookedRefund): boolean {
  const { cancelledAt } = one.linked;
  return cancelledAt !== null && (refund.at >= cancelledAt - 60_000 || !charged.has(one.order.status));
}

/** What came with a cancel in Shopify of goods that are gone goes to Amazon only if a person says so (CAN-11). */
function cancelGate({ one }: Ledger): Gate {
  const answer = answerTo(one.situation.choices, 'cancelled_shopify_shipped', '');
  return answer?.args.choice === 'refund' ? { undoUntil: answer.undoUntil } : { stop: dealing() };
}

/** Before shipping Amazon has charged nothing: it waits, or becomes a cancel, as a person says (REF-2). */
function beforeShipping(ledger: Ledger, refund: BookedRefund): Dealing {
  const { one } = ledger;
  const params = saidMoney(refund.amount);
  const said = dealing({ fitting: [{ key: 'refund_waits_ship', params }], explains: true });
  const answer = answerOf(ledger, 'refund_before_ship', refund)?.args.choice;
  if (answer === 'after_shipping' || cancelChoice(one) !== null) return said;
  const problem = {
    kind: 'refund_before_ship',
    subject: refundNo(refund),
    params: { id: one.order.id, ...params },
  } as const;
  return together([said, dealing({ problems: [problem] })]);
}

interface Fit {
  readonly items: readonly RefundItem[];
  readonly undoUntil: number;
}

/** The refund in Amazon's components within what is left there; what does not fit is asked about. */
function fitOf(
  ledger: Ledger,
  refund: BookedRefund,
  planned: readonly RefundItem[],
): Fit | { readonly stop: Dealing } {
  const { one, books } = ledger;
  const { order } = one;
  const left = leftOnAmazon(ledger, planned);
  const split = splitRefund(refund, books, left);
  const allowed = permission(order, 'refund');
  if (split.fits && allowed === 'yes') return { items: split.items, undoUntil: 0 };
  if (!split.fits && order.status === 'partially_shipped') {
    const later = splitRefund(refund, books, leftOnAmazon(ledger, planned, true));
    if (later.fits) return { stop: beforeShipping(ledger, refund) };
  }
  const fitting = split.fits ? split.items : split.fitting;
  const answer = answerOf(ledger, 'refund_does_not_fit', refund);
  if (answer?.args.choice === 'nothing')
    return {
      stop: dealing({ fitting: [{ key: 'left_as_it_is', params: { action: 'refund' } }] }),
    };
  if (answer?.args.choice === 'fitting' && allowed !== 'no' && fitting.length > 0)
    return { items: fitting, undoUntil: answer.undoUntil };
  if (answer?.args.choice === 'split' && allowed !== 'no') {
    const items = itemsFrom(answer.args.value ?? '');
    // What it was within may have gone back otherwise since.
    if (isWithin(items, left.lines)) return { items, undoUntil: answer.undoUntil };
  }
  const { currency } = refund.amount;
  const of = (amount = 0) => toDecimal({ amount, currency });
  const there = left.currency ?? currency;
  const ofLeft = (amount = 0) =>
    there === currency ? of(amount) : `${toDecimal({ amount, currency: there })} ${there}`;
  const { principal, tax, shipping } = left.totals;
  const params = {
    id: order.id,
    ...saidMoney(refund.amount),
    a: ofLeft(principal),
    b: ofLeft(tax),
    c: ofLeft(shipping),
    x: of(allowed === 'no' ? 0 : refund.amount.amount - (split.fits ? 0 : split.missing)),
  };
  return {
    stop: dealing({
      problems: [{ kind: 'refund_does_not_fit', subject: refundNo(refund), params }],
      fitting: [{ key: 'refund_does_not_fit', params }],
    }),
  };
}

/** Amazon's finances are 48 hours late: one that was made there meanwhile would not be seen (REF-3). */
function blindGate(ledger: Ledger, refund: BookedRefund): Gate {
  const { situation, order } = ledger.one;
  const { now, financesUntil, settings } = situation;
  const time = shownBy(refund.at + graceMs);
  if (settings.refundsOnAmazon === 'never' || (financesUntil ?? 0) >= time) return open;
  const answer = answerOf(ledger, 'refund_twice_risk', refund);
  if (answer?.args.choice === 'send_now') return { undoUntil: answer.undoUntil };
  const params = { ...saidMoney(refund.amount), date: refund.at, time };
  const age = financesUntil === null ? null : financesUntil - shownBy(0);
  const subject = refundNo(refund);
  const problem = { kind: 'refund_twice_risk', subject, params: { id: order.id, ...params, age } } as const;
  return {
    stop: dealing({
      problems: answer?.args.choice === 'wait' ? [] : [problem],
      fitting: [{ key: 'refund_waits_data', params }],
      dueAgain: [{ at: Math.max(time + 60_000, now + 10 * 60_000), reason: 'looking' }],
    }),
  };
}

/** It may go: what stands in its way is looked for, the worst first. */
function carry(ledger: Ledger, refund: BookedRefund, go: Go, planned: readonly RefundItem[]): Carried {
  const { one } = ledger;
  const fact = refundFact(refund);
  const { fresh: facts } = knownFact(one.situation, { key: fact, happenedAt: refund.at });
  const stop = (part: Dealing): Carried => ({
    part: together([recallRefund(ledger, fact), dealing({ facts }), part]),
    items: [],
  });
  let undoUntil = go.person?.undoUntil ?? 0;
  for (const gate of [equalGate, isOfCancel(ledger, refund) ? cancelGate : quarantineGate]) {
    const found = gate(ledger, refund);
    if ('stop' in found) return stop(found.stop);
    undoUntil = Math.max(undoUntil, found.undoUntil);
  }
  if (!charged.has(one.order.status)) return stop(beforeShipping(ledger, refund));
  const fit = fitOf(ledger, refund, planned);
  if ('stop' in fit) return stop(fit.stop);
  // A person has looked at Amazon, or its finances have caught up: nothing is in the dark any more.
  const sure = go.again || go.person !== null;
  const blind = sure ? open : blindGate(ledger, refund);
  if ('stop' in blind) return stop(blind.stop);
  const rest = Math.max(
    undoUntil,
    fit.undoUntil,
    blind.undoUntil,
    go.again ? (ledger.sent.get(fact)?.latest.notBefore ?? 0) : 0,
  );
  const { items } = fit;
  const plan = planRefund(ledger, { fact, turn: go.turn, reason: reasonOf(refund), items, undoUntil: rest });
  const resting = rest > one.situation.now;
  const params = saidMoney(refund.amount);
  const fitting = resting
    ? ({ key: 'refund_undo', params: { ...params, clock: rest } } as const)
    : ({ key: 'refund_sent', params } as const);
  return { part: together([go.part, dealing({ facts, fitting: [fitting] }), plan]), items };
}

/** Brings a refund that somebody made in Shopify to Amazon, once (REF-1 to REF-3, REF-5). */
export function refundToAmazon(
  ledger: Ledger,
  refund: BookedRefund,
  planned: readonly RefundItem[],
): Carried {
  const fact = refundFact(refund);
  const after = afterRefund(ledger, fact);
  if (after.is !== 'go') return { part: after.part, items: [] };
  if (!mayWrite(ledger.one)) return { part: recallRefund(ledger, fact), items: [] };
  return carry(ledger, refund, after, planned);
}

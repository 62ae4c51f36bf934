import type { AmazonCancelReason } from './cancel-reason.ts';
import { shippedOnAmazon } from './cancel-guard.ts';
import { answerTo, choicesOfKind, type Choice } from './choice.ts';
import { commandsOfKind } from './command.ts';
import { coveredByRequest } from './covered-by-request.ts';
import { dealing, type Case, type Dealing } from './dealing.ts';
import type { OrderBooks } from './order-books.ts';
import type { ProblemDraft } from './problem.ts';
import { amazonReason } from './reason-map.ts';
import { knownFact } from './known-fact.ts';
import { saidMoney } from './said-money.ts';
import type { KnownFact } from './shopify-fact.ts';

/** Somebody's will that an order be cancelled on Amazon. Times in ms UTC. */
export interface CancelWish {
  /** A choice's id, or `shopify`: the cancel in Shopify's admin. */
  readonly intent: string;
  readonly choice: Choice<'cancel'> | null;
  readonly reason: AmazonCancelReason;
  /** It rests until then. */
  readonly notBefore: number;
  readonly decidedAt: number;
}

/** A wish, with what was seen in Shopify for the first time, or why there is none (yet). */
export type Wished =
  | { readonly wish: CancelWish; readonly facts: readonly KnownFact[] }
  | { readonly wish: null; readonly part: Dealing };

const minuteMs = 60_000;

/** The choice to cancel that is still open; the page and the command line make one at a time. */
export function cancelChoice({ situation }: Case): Choice<'cancel'> | null {
  return choicesOfKind(situation.choices, 'cancel').find(({ state }) => state === 'open') ?? null;
}

/** What was given back on the payment that stands for Amazon's, and as store credit (minor units). */
export function givenBack(books: OrderBooks): { readonly onPayment: number; readonly credit: number } {
  const sum = (pick: (one: OrderBooks['refunds'][number]) => number) =>
    books.refunds.reduce((all, one) => all + pick(one), 0);
  return {
    onPayment: sum(({ amount }) => amount.amount),
    credit: sum(({ storeCredit }) => storeCredit.amount),
  };
}

function problem(kind: ProblemDraft['kind'], params: ProblemDraft['params']): ProblemDraft {
  return { kind, subject: '', params };
}

/** Why the refund that came with a cancel in Shopify does not carry it to Amazon; null where it does (CAN-10). */
function withoutRefund({ situation, order, linked }: Case, books: OrderBooks): Dealing | null {
  const { onPayment, credit } = givenBack(books);
  if (onPayment > 0) return null;
  const kind = credit > 0 ? 'store_credit' : 'no_refund_in_shopify';
  const answer = answerTo(situation.choices, kind, '')?.args.choice;
  if (answer === 'record' || answer === 'also_cancel') return null;
  const params = { id: order.id, ...saidMoney(linked.total) };
  return dealing({
    problems: [problem(kind, { ...params, shipBy: order.shipBy.latest })],
    fitting: [{ key: 'no_refund_in_shopify', params }],
    explains: true,
  });
}

/** So long before its ship-by nobody waits for the buyer to ask any more (ms). */
const lastDayMs = 24 * 3_600_000;

/** Until when a person waits for the buyer's own request (ms UTC); null: they do not, or that time is over. */
function waitsUntil({ situation, order }: Case): number | null {
  const answer = answerTo(situation.choices, 'customer_without_request', '')?.args.choice;
  const latest = order.shipBy.latest;
  if (answer !== 'wait' || latest === null) return null;
  const until = Date.parse(latest) - lastDayMs;
  return situation.now < until ? until : null;
}

/** The reason that Amazon gets for a cancel in Shopify, or the question about it (CAN-6). */
function reasonOf(
  one: Case,
  books: OrderBooks,
): { readonly reason: AmazonCancelReason } | { readonly part: Dealing } {
  const { situation, order, request } = one;
  const covered = coveredByRequest(order, request);
  const { cancelReasons } = situation.settings;
  const mapped = amazonReason(books.cancelReason ?? 'OTHER', covered, cancelReasons, order.marketplaceId);
  if (mapped !== 'ask') return { reason: mapped };
  const kind = books.cancelReason === 'CUSTOMER' ? 'customer_without_request' : 'reason_not_mapped';
  const answer = answerTo(situation.choices, kind, '')?.args;
  const params = { id: order.id, reason: books.cancelReason ?? 'OTHER', date: order.shipBy.latest };
  const until = kind === 'customer_without_request' ? waitsUntil(one) : null;
  const ask = dealing({
    problems: until === null ? [problem(kind, params)] : [],
    dueAgain: until === null ? [] : [{ at: until, reason: 'ship_by' }],
    fitting: [{ key: 'reason_asked', params }],
    explains: true,
  });
  if (answer?.choice !== 'reason' || answer.value === null) return { part: ask };
  // A reason that a person picked; "buyer cancelled" only ever follows from a request.
  return answer.value === 'BuyerCanceled' ? { part: ask } : { reason: answer.value as AmazonCancelReason };
}

/** The wish that a cancel in Shopify's own admin is, once its refund had time to be seen (CAN-10). */
function fromShopify(one: Case): Wished {
  const { situation, linked, books, order } = one;
  const none = (part: Dealing): Wished => ({ wish: null, part });
  const at = linked.cancelledAt;
  if (at === null || !books) return none(dealing());
  const known = knownFact(situation, { key: 'cancel', happenedAt: at });
  const kept = dealing({ facts: known.fresh });
  if (known.kept !== null)
    return none(
      dealing({
        facts: known.fresh,
        problems: known.dropped
          ? []
          : [
              {
                kind: 'quarantined',
                subject: 'cancel',
                params: { id: order.id, action: 'cancel', why: known.kept, n: 1 },
              },
            ],
        fitting: [
          {
            key: known.dropped ? 'left_as_it_is' : 'quarantined',
            params: { action: 'cancel', why: known.kept, date: new Date(at).toISOString() },
          },
        ],
        explains: true,
      }),
    );
  if (situation.now < at + minuteMs)
    return none({
      ...kept,
      dueAgain: [{ at: at + minuteMs, reason: 'second_look', side: 'shopify' }],
      fitting: [{ key: 'cancel_seen_in_shopify', params: {} }],
      explains: true,
    });
  if (books.refunds.some(({ pending }) => pending))
    return none({
      ...kept,
      dueAgain: [{ at: situation.now + minuteMs, reason: 'second_look', side: 'shopify' }],
      explains: true,
    });
  // Goods are gone: that is what a person has to hear first, whatever the refund or the reason (CAN-11).
  if (shippedOnAmazon(one)) {
    const gone = { intent: 'shopify', choice: null, reason: 'GeneralAdjustment', notBefore: 0 } as const;
    return { wish: { ...gone, decidedAt: at }, facts: known.fresh };
  }
  const without = withoutRefund(one, books);
  if (without) return none({ ...without, facts: known.fresh });
  const reason = reasonOf(one, books);
  if ('part' in reason) return none({ ...reason.part, facts: known.fresh });
  const answered = situation.choices.filter(({ kind, state }) => kind === 'answer' && state !== 'withdrawn');
  const undoUntil = Math.max(0, ...answered.map((choice) => choice.undoUntil));
  const decidedAt = Math.max(at, ...answered.map((choice) => choice.at));
  return {
    wish: { intent: 'shopify', choice: null, reason: reason.reason, notBefore: undoUntil, decidedAt },
    facts: known.fresh,
  };
}

/**
 * A person wants a cancel tried again that Amazon refused, and whose choice is over: the same intent, under the same guards. The
 * answer counts for the refusal before it.
 */
function wishedAgain({ situation }: Case): CancelWish | null {
  const last = commandsOfKind(situation.commands, 'cancel_amazon')
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
    .at(-1);
  const answer = answerTo(situation.choices, 'refused_other', '');
  if (!last || answer?.args.choice !== 'again' || answer.at <= (last.endedAt ?? Infinity)) return null;
  if (last.state !== 'refused' && last.state !== 'planned') return null;
  const intent = last.key.split(':').at(-1) ?? '';
  if (intent === 'shopify') return null;
  const { reason } = last.args;
  return { intent, choice: null, reason, notBefore: answer.undoUntil, decidedAt: answer.at };
}

/** Who wants the order cancelled on Amazon: a person here, or whoever cancelled it in Shopify's admin. */
export function cancelWish(one: Case): Wished {
  const choice = cancelChoice(one);
  const again = choice ? null : wishedAgain(one);
  if (again) return { wish: again, facts: [] };
  if (!choice) return fromShopify(one);
  const { reason } = choice.args;
  const wish = { intent: choice.id, choice, reason, notBefore: choice.undoUntil, decidedAt: choice.at };
  return { wish, facts: [] };
}

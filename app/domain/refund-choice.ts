import { afterRefund } from './after-refund.ts';
import type { AmazonMove } from './amazon-move.ts';
import { choicesOfKind, type Choice } from './choice.ts';
import type { CommandArgs } from './command.ts';
import { isWithin } from './component-split.ts';
import { sumOfComponents } from './components.ts';
import { dealing, mayWrite, together, type Dealing } from './dealing.ts';
import { enterRefund } from './enter-refund.ts';
import { planRefund, recallRefund, refundCurrency } from './plan-refund.ts';
import { permission } from './programmes.ts';
import { leftOnAmazon, type Ledger } from './refund-ledger.ts';
import { booksWithUnseen, enterOnce, type Entered } from './refund-to-shopify.ts';
import type { Carried } from './refund-to-amazon.ts';
import { saidMoney } from './said-money.ts';
import type { RefundItem } from './split-refund.ts';

type Refund = Choice<'refund'>;
/** Why a refund that a person wanted cannot be sent. */
type RefundGuard = 'adopted_unconfirmed' | 'programme_not_allowed' | 'not_shipped' | 'amount_too_high';

/** So long an approval that could not be sent stands (CAN-12). */
const approvalHoldsMs = 24 * 3_600_000;

function amountOf({ args }: Refund): number {
  return args.items.reduce((sum, item) => sum + sumOfComponents(item.components), 0);
}

/** Whether the refund may go to Amazon as things are; the page and the command line ask the same (REF-3). */
function guardOf(ledger: Ledger, choice: Refund, planned: readonly RefundItem[]): RefundGuard | null {
  const { order } = ledger.one;
  if (!mayWrite(ledger.one)) return 'adopted_unconfirmed';
  if (permission(order, 'refund') === 'no') return 'programme_not_allowed';
  if (order.status !== 'shipped' && order.status !== 'partially_shipped') return 'not_shipped';
  const { lines } = leftOnAmazon(ledger, planned);
  return isWithin(choice.args.items, lines) ? null : 'amount_too_high';
}

/** It rests, and then goes with the next batch; what cannot be carried out any more ends. */
function carry(
  ledger: Ledger,
  choice: Refund,
  go: Extract<ReturnType<typeof afterRefund>, { is: 'go' }>,
  planned: readonly RefundItem[],
): Carried {
  const { one } = ledger;
  const { now } = one.situation;
  const fact = `choice:${choice.id}`;
  const end = (state: 'refused' | 'stale', outcome: string): Carried => {
    const part = dealing({ ends: [{ id: choice.id, state, outcome }] });
    return { part: together([recallRefund(ledger, fact), part]), items: [] };
  };
  const guard = guardOf(ledger, choice, planned);
  if (guard !== null && one.askedAt !== null) return end('refused', guard);
  const undoUntil = go.person?.undoUntil ?? choice.undoUntil;
  const since = Math.max(undoUntil, go.person?.at ?? choice.at);
  if (!go.again && now - since > approvalHoldsMs) return end('stale', 'approval_stale');
  const { items } = choice.args;
  const part = planRefund(ledger, { fact, turn: go.turn, reason: 'GeneralAdjustment', items, undoUntil });
  const said = saidMoney({ amount: amountOf(choice), currency: refundCurrency(ledger) });
  const fitting =
    now < undoUntil
      ? ({ key: 'refund_undo', params: { ...said, clock: undoUntil } } as const)
      : ({ key: 'refund_sent', params: said } as const);
  return { part: together([go.part, part, dealing({ fitting: [fitting] })]), items };
}

/** The choice as Amazon's finances will show it. */
function asMove(ledger: Ledger, choice: Refund): AmazonMove {
  const { one } = ledger;
  const skus = new Map<string, string | null>(one.order.lines.map((line) => [line.orderItemId, line.sku]));
  return {
    transactionId: choice.id,
    amazonOrderId: one.order.id,
    kind: 'refund',
    postedAt: one.situation.now,
    currency: refundCurrency(ledger),
    amount: amountOf(choice),
    items: choice.args.items.map((item) => ({
      sku: skus.get(item.orderItemId) ?? null,
      components: item.components,
    })),
  };
}

type Entry = CommandArgs['refund_shopify'];

/** Units that came back, where the person says so and creating the order took them from stock. */
function restocked({ one, books }: Ledger, choice: Refund, args: Entry): Entry {
  const { locationId } = books;
  if (!choice.args.restock || !one.situation.link.stockTaken || locationId === null) return args;
  const lines = args.lines.map((line) => ({ ...line, restock: 'RETURN' as const, location: locationId }));
  return { ...args, lines };
}

/** Shopify's half, after Amazon's clean answer. */
function shopifyHalf(ledger: Ledger, choice: Refund): Entered {
  const { one } = ledger;
  const fact = `choice:${choice.id}`;
  // Somebody refunded the same in Shopify: that may be this half already (REF-5).
  const pair = [...ledger.pairs.values()].find((each) => each.fact === fact);
  if (pair) return { part: dealing(), done: pair.same };
  const move = asMove(ledger, choice);
  const { args } = enterRefund(move, one.order, booksWithUnseen(ledger, fact));
  const said = { ...saidMoney({ amount: move.amount, currency: move.currency }), date: one.situation.now };
  const missing = (why: string): Dealing => {
    const params = { id: one.order.id, ...said, why };
    return dealing({
      problems: [{ kind: 'refund_missing_shopify', subject: fact, params }],
      fitting: [{ key: 'refund_missing_shopify', params }],
    });
  };
  const following = dealing({ fitting: [{ key: 'refund_following', params: said }] });
  const entry = args && restocked(ledger, choice, { ...args, at: null });
  return enterOnce(ledger, { fact, args: entry, missing, following });
}

/** An approval that could not be sent in time is asked for again, until there is a newer one. */
function stale({ one }: Ledger, choice: Refund): Dealing {
  const last = choicesOfKind(one.situation.choices, 'refund').at(-1);
  if (choice.state !== 'stale' || last !== choice) return dealing();
  return dealing({
    problems: [{ kind: 'approval_stale', subject: choice.id, params: { id: one.order.id } }],
  });
}

function one(ledger: Ledger, choice: Refund, planned: readonly RefundItem[]): Carried {
  const fact = `choice:${choice.id}`;
  if (choice.state === 'withdrawn' || choice.state === 'stale')
    return { part: together([recallRefund(ledger, fact), stale(ledger, choice)]), items: [] };
  const after = afterRefund(ledger, fact);
  const end = (state: 'done' | 'refused', outcome: string | null): Dealing =>
    dealing({ ends: choice.state === 'open' ? [{ id: choice.id, state, outcome }] : [] });
  switch (after.is) {
    case 'go':
      if (choice.state === 'open' || after.person !== null) return carry(ledger, choice, after, planned);
      return { part: recallRefund(ledger, fact), items: [] };
    case 'waits':
      return { part: after.part, items: [] };
    case 'refused':
      return {
        part: together([
          after.part,
          end('refused', `amazon:${ledger.sent.get(fact)?.latest.refusal?.field ?? ''}`),
        ]),
        items: [],
      };
    case 'has': {
      const half = shopifyHalf(ledger, choice);
      return {
        part: together([after.part, half.part, half.done ? end('done', null) : dealing()]),
        items: [],
      };
    }
  }
}

/** Refunds that people chose in the app: Amazon first, Shopify's books after its clean answer. */
export function chosenRefunds(ledger: Ledger, planned: readonly RefundItem[]): Carried {
  const all: RefundItem[] = [];
  const parts = choicesOfKind(ledger.one.situation.choices, 'refund').map((choice) => {
    const { part, items } = one(ledger, choice, [...planned, ...all]);
    all.push(...items);
    return part;
  });
  return { part: together(parts), items: all };
}

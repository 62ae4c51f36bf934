import { askSomeLines } from './ask-some-lines.ts';
import { cancelSomeLines } from './cancel-some-lines.ts';
import { cancelledLines } from './cancelled-lines.ts';
import { dealing, together, type Case, type Dealing } from './dealing.ts';
import { chosenRefunds } from './refund-choice.ts';
import { ledgerOf, type Ledger } from './refund-ledger.ts';
import { refundToAmazon } from './refund-to-amazon.ts';
import { refundsToShopify } from './refund-to-shopify.ts';
import { saidMoney } from './said-money.ts';
import type { RefundItem } from './split-refund.ts';

/** What is said where both sides gave back the same and nothing is open. */
function inStep({ one, books }: Ledger, parts: readonly Dealing[]): Dealing {
  const { order, linked } = one;
  const amount = books.refunds.reduce((sum, refund) => sum + refund.amount.amount, 0);
  const quiet = together(parts);
  const said = quiet.fitting.length + quiet.problems.length + quiet.send.length + quiet.plan.length > 0;
  if (amount === 0 || said || order.status !== 'shipped' || linked.cancelledAt !== null || !books.sale)
    return dealing();
  const { currency } = books;
  const total = saidMoney(books.sale.amount).amount;
  return dealing({
    fitting: [{ key: 'refunded_in_step', params: { ...saidMoney({ amount, currency }), total } }],
  });
}

/**
 * Everything that refunds come to, on either side (REF-1 to REF-5), and to lines that are cancelled (CAN-9, CAN-15). What happens when it is cut between any two
 * steps stands in `app/decisions/refunds.md`.
 */
export function decideRefund(one: Case): Dealing {
  const { books, order } = one;
  const carried = cancelSomeLines(one);
  const some = carried.problems.length > 0 ? carried : together([carried, askSomeLines(one)]);
  // What Amazon voided it never charged: Shopify's books are brought to the same end with the cancel.
  if (!books || order.status === 'cancelled') return some;
  const ledger = ledgerOf(one, books);
  const planned: RefundItem[] = [];
  const parts: Dealing[] = [];
  for (const refund of ledger.refunds) {
    const { part, items } = refundToAmazon(ledger, refund, planned);
    planned.push(...items);
    parts.push(part);
  }
  const chosen = chosenRefunds(ledger, planned);
  parts.push(chosen.part, refundsToShopify(ledger), cancelledLines(ledger), some);
  return together([...parts, inStep(ledger, parts)]);
}

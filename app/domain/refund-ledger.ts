import type { AmazonMove } from './amazon-move.ts';
import { paidOf, shippedPaidOf } from './amazon-paid.ts';
import { balancesOf, type Balances } from './balances.ts';
import { commandsOfKind } from './command.ts';
import type { Case } from './dealing.ts';
import { equalPairs, moveFact, type EqualPair } from './equal-refunds.ts';
import { refundShopifyKey } from './money-keys.ts';
import type { BookedRefund, OrderBooks } from './order-books.ts';
import { echoesOf, sentRefunds, type SentRefund } from './sent-refunds.ts';
import type { RefundItem } from './split-refund.ts';

/** What went back on both sides, and what of it belongs together. */
export interface Ledger {
  readonly one: Case;
  readonly books: OrderBooks;
  readonly sent: ReadonlyMap<string, SentRefund>;
  /** Amazon's own showing of what was sent to it, by fact. */
  readonly echoes: ReadonlyMap<string, AmazonMove>;
  /** By the number of Shopify's refund. */
  readonly pairs: ReadonlyMap<string, EqualPair>;
  /** Others' refunds in Shopify on the payment that stands for Amazon's, as far as they are Amazon's matter. */
  readonly refunds: readonly BookedRefund[];
  /** What went back on Amazon by other hands, and is Shopify's matter. */
  readonly toEnter: readonly AmazonMove[];
}

/** Without what it gave back for lines that Amazon cancelled: these were never charged (CAN-9). */
function chargedPart(refund: BookedRefund, { order }: Case, books: OrderBooks): BookedRefund {
  const cancelled = new Set<string>(
    order.lines
      .filter((line) => line.cancelled !== null && (line.quantityFulfilled ?? 0) === 0)
      .map(({ orderItemId }) => orderItemId),
  );
  const isCancelled = (lineItemId: string) =>
    cancelled.has(books.lines.find(({ id }) => id === lineItemId)?.orderItemId ?? '');
  const lines = refund.lines.filter(({ lineItemId }) => !isCancelled(lineItemId));
  if (lines.length === refund.lines.length) return refund;
  const gone = refund.lines
    .filter(({ lineItemId }) => isCancelled(lineItemId))
    .reduce((sum, { subtotal, tax }) => sum + subtotal.amount + (books.taxesIncluded ? 0 : tax.amount), 0);
  const amount = { ...refund.amount, amount: Math.max(0, refund.amount.amount - gone) };
  return { ...refund, amount, lines };
}

/** Puts together what went back on both sides. */
export function ledgerOf(one: Case, books: OrderBooks): Ledger {
  const { commands, moves } = one.situation;
  const sent = sentRefunds(commands);
  const begun = new Set(
    commandsOfKind(commands, 'refund_shopify')
      .filter(({ state }) => ['sending', 'unsure', 'accepted', 'confirmed'].includes(state))
      .map(({ key }) => key),
  );
  const isBegun = (move: AmazonMove) => begun.has(refundShopifyKey(one.order.id, moveFact(move)));
  const back = moves.filter(({ amount }) => amount > 0);
  const echoes = echoesOf(
    sent,
    back.filter((move) => !isBegun(move)),
  );
  const echoed = new Set([...echoes.values()].map(({ transactionId }) => transactionId));
  const others = back.filter(({ transactionId }) => !echoed.has(transactionId));
  const refunds = books.refunds
    .filter(({ ownKey, pending }) => ownKey === null && !pending)
    .map((refund) => chargedPart(refund, one, books))
    .filter(({ amount }) => amount.amount > 0)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const pairs = equalPairs(
    one,
    books,
    refunds,
    sent,
    others.map((move) => ({ move, begun: isBegun(move) })),
  );
  const paired = new Set([...pairs.values()].map(({ fact }) => fact));
  const toEnter = others.filter((move) => !paired.has(moveFact(move)));
  return { one, books, sent, echoes, pairs, refunds, toEnter };
}

const inFlightStates = new Set(['sending', 'unsure', 'accepted', 'confirmed']);

/**
 * What can still be refunded on Amazon, beside what is planned already (REF-3). `all`: as if everything were shipped.
 */
export function leftOnAmazon(
  { one, sent, echoes }: Ledger,
  planned: readonly RefundItem[],
  all = false,
): Balances {
  const { order, situation } = one;
  const itemsOf = (wanted: (refund: SentRefund) => boolean) =>
    [...sent.values()].filter(wanted).flatMap(({ latest }) => latest.args.items);
  const inFlight = itemsOf(({ fact, latest }) => !echoes.has(fact) && inFlightStates.has(latest.state));
  const shown = itemsOf(({ fact }) => echoes.has(fact));
  const paid = all ? paidOf(order) : shippedPaidOf(order);
  return balancesOf(order, { paid, moves: situation.moves, inFlight: [...inFlight, ...planned], shown });
}

/** When Amazon's finances surely show what happened up to now and before `at` (ms UTC): they are 48 hours late. */
export function shownBy(at: number): number {
  return at + 48 * 3_600_000;
}

/** Whether the finances that were read surely hold everything up to `at` (ms UTC). */
export function covers({ one }: Ledger, at: number): boolean {
  return (one.situation.financesUntil ?? 0) >= shownBy(at);
}

import type { AmazonMove } from './amazon-move.ts';
import { paidOf, shippedPaidOf } from './amazon-paid.ts';
import { balancesOf, type Balances } from './balances.ts';
import { answerTo } from './choice.ts';
import { commandsOfKind } from './command.ts';
import type { Case } from './dealing.ts';
import { refundShopifyKey } from './money-keys.ts';
import type { BookedRefund, OrderBooks } from './order-books.ts';
import { echoesOf, sentRefunds, type SentRefund } from './sent-refunds.ts';
import type { RefundItem } from './split-refund.ts';

/** A refund in Shopify and one on Amazon of the same amount: one, or two? `same`: a person said that they are one. */
interface EqualPair {
  readonly move: AmazonMove;
  readonly same: boolean;
}

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

/** The number of a refund in Shopify. */
export function refundNo({ id }: Pick<BookedRefund, 'id'>): string {
  return id.split('/').at(-1) ?? id;
}

/** The fact that a refund in Shopify is. */
export function refundFact(refund: Pick<BookedRefund, 'id'>): string {
  return `refund:${refundNo(refund)}`;
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

/** Refunds in Shopify that are not sent yet, each with a move of the same amount that nothing else explains (REF-5). */
function pairsOf(
  one: Case,
  refunds: readonly BookedRefund[],
  sent: ReadonlyMap<string, SentRefund>,
  moves: readonly AmazonMove[],
): ReadonlyMap<string, EqualPair> {
  const free = [...moves];
  const pairs = new Map<string, EqualPair>();
  for (const refund of refunds) {
    if (sent.get(refundFact(refund))?.since != null) continue;
    const no = refundNo(refund);
    const answer = answerTo(one.situation.choices, 'equal_refund_both', no)?.args.choice ?? null;
    if (answer === 'two') continue;
    const { amount, currency } = refund.amount;
    const i = free.findIndex((move) => move.amount === amount && move.currency === currency);
    const [move] = i < 0 ? [] : free.splice(i, 1);
    if (move) pairs.set(no, { move, same: answer === 'same' });
  }
  return pairs;
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
  const isBegun = ({ transactionId }: AmazonMove) =>
    begun.has(refundShopifyKey(one.order.id, `move:${transactionId}`));
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
  const pairs = pairsOf(
    one,
    refunds,
    sent,
    others.filter((move) => !isBegun(move)),
  );
  const paired = new Set([...pairs.values()].map(({ move }) => move.transactionId));
  const toEnter = others.filter(({ transactionId }) => !paired.has(transactionId));
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

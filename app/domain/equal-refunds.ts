import type { AmazonMove } from './amazon-move.ts';
import { answerTo, choicesOfKind } from './choice.ts';
import { sumOfComponents } from './components.ts';
import type { Case } from './dealing.ts';
import { refundShopifyKey } from './money-keys.ts';
import type { BookedRefund, OrderBooks } from './order-books.ts';
import { currencyOf } from './order-draft.ts';
import { refundFact, refundNo } from './refund-fact.ts';
import type { SentRefund } from './sent-refunds.ts';

/**
 * A refund in Shopify and one on Amazon of the same amount: one, or two? `fact` of the one on Amazon (`move:ID`, or
 * `choice:ID` of one chosen in the app); `same`: a person said that they are one.
 */
export interface EqualPair {
  readonly fact: string;
  readonly same: boolean;
}

/** What went back, or goes back, on Amazon, and for which somebody else's refund in Shopify may stand. */
interface OnAmazon {
  readonly fact: string;
  readonly amount: number;
  readonly currency: string;
}

const onItsWay = new Set(['sending', 'unsure', 'accepted', 'confirmed']);

/** Refunds chosen in the app that Amazon has, may have, or gets. */
function chosen(
  { situation, order }: Case,
  books: OrderBooks,
  sent: ReadonlyMap<string, SentRefund>,
): OnAmazon[] {
  const currency = currencyOf(order) ?? books.currency;
  const all = choicesOfKind(situation.choices, 'refund');
  return all.flatMap(({ id, state, args }) => {
    const fact = `choice:${id}`;
    const latest = sent.get(fact)?.latest.state ?? 'planned';
    const goes = onItsWay.has(latest) || (latest === 'planned' && state === 'open');
    const amount = args.items.reduce((sum, { components }) => sum + sumOfComponents(components), 0);
    return goes ? [{ fact, amount, currency }] : [];
  });
}

/** The fact that a move of Amazon's is. */
export function moveFact({ transactionId }: Pick<AmazonMove, 'transactionId'>): string {
  return `move:${transactionId}`;
}

/**
 * Others' refunds in Shopify that are not sent yet, each with one on Amazon of the same amount whose own entry in Shopify
 * was not there when it was made (REF-5). `moves`: those that no refund of ours explains, and whether their entry was begun:
 * what was not comes first, then what was, then what was chosen in the app.
 */
export function equalPairs(
  one: Case,
  books: OrderBooks,
  refunds: readonly BookedRefund[],
  sent: ReadonlyMap<string, SentRefund>,
  moves: readonly { readonly move: AmazonMove; readonly begun: boolean }[],
): ReadonlyMap<string, EqualPair> {
  const free: OnAmazon[] = [
    ...[...moves]
      .sort((a, b) => Number(a.begun) - Number(b.begun))
      .map(({ move }) => ({ fact: moveFact(move), amount: move.amount, currency: move.currency })),
    ...chosen(one, books, sent),
  ];
  const entryOf = (fact: string) =>
    books.refunds.find(({ ownKey }) => ownKey === refundShopifyKey(one.order.id, fact));
  const pairs = new Map<string, EqualPair>();
  for (const refund of refunds) {
    if (sent.get(refundFact(refund))?.since != null) continue;
    const no = refundNo(refund);
    const answer = answerTo(one.situation.choices, 'equal_refund_both', no)?.args.choice ?? null;
    if (answer === 'two') continue;
    const i = free.findIndex(
      ({ fact, amount, currency }) =>
        amount === refund.amount.amount &&
        currency === refund.amount.currency &&
        (entryOf(fact)?.at ?? Infinity) >= refund.at,
    );
    const [equal] = i < 0 ? [] : free.splice(i, 1);
    if (equal) pairs.set(no, { fact: equal.fact, same: answer === 'same' });
  }
  return pairs;
}

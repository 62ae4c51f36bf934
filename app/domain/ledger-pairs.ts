import type { AmazonMove } from './amazon-move.ts';
import type { KeptRefund, LedgerFacts } from './ledger-facts.ts';
import { refundShopifyKey } from './money-keys.ts';
import { echoesOf, sentRefunds, type SentRefund } from './sent-refunds.ts';

/** What went back after shipping, on either side or both; of several that only agree in their sum there are several. */
export interface Pair {
  readonly moves: readonly AmazonMove[];
  readonly refunds: readonly KeptRefund[];
  /** Our own refund on Amazon that it came from. */
  readonly sent: SentRefund | null;
}

const factOf = ({ id }: KeptRefund): string => `refund:${id.split('/').at(-1) ?? id}`;

/** Takes what fits out of a list; undefined where nothing does. */
function takeFirst<T>(list: T[], fits: (one: T) => boolean): T | undefined {
  const at = list.findIndex(fits);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

const sumOf = (list: readonly { readonly amount: number }[]) =>
  list.reduce((sum, { amount }) => sum + amount, 0);

/** What is known to belong together: entered from Amazon by our own key, or sent to Amazon and shown there. */
function knownPairs(
  facts: LedgerFacts,
  sent: ReadonlyMap<string, SentRefund>,
  moves: AmazonMove[],
  refunds: KeptRefund[],
): Pair[] {
  const { order } = facts;
  const entered = [...moves].flatMap((move): Pair[] => {
    const key = refundShopifyKey(order.id, `move:${move.transactionId}`);
    const refund = takeFirst(refunds, (one) => one.key === key);
    if (!refund) return [];
    takeFirst(moves, (one) => one === move);
    return [{ moves: [move], refunds: [refund], sent: null }];
  });
  const echoes = echoesOf(sent, moves);
  const went = [...sent.values()].flatMap((one): Pair[] => {
    const echo = echoes.get(one.fact);
    const key = refundShopifyKey(order.id, one.fact);
    const refund = takeFirst(refunds, (each) => each.key === key || factOf(each) === one.fact);
    if (echo) takeFirst(moves, (move) => move === echo);
    if (!echo && !refund) return [];
    return [{ moves: echo ? [echo] : [], refunds: refund ? [refund] : [], sent: one }];
  });
  return [...entered, ...went];
}

/** The one of the moves that fits a refund best: the nearest in time. */
function nearest(moves: AmazonMove[], at: number, fits: (move: AmazonMove) => boolean) {
  const [best] = moves.filter(fits).sort((a, b) => Math.abs(a.postedAt - at) - Math.abs(b.postedAt - at));
  return best && takeFirst(moves, (move) => move === best);
}

/** Tax that a move names. */
export function taxOf(move: AmazonMove): number {
  return move.items.reduce((sum, { components: { tax = 0, shippingTax = 0, giftWrapTax = 0 } }) => {
    return sum + tax + shippingTax + giftWrapTax;
  }, 0);
}

/**
 * Which of Amazon's moves and Shopify's refunds are the same money: by our own keys, then by equal amounts, then by amounts
 * that differ by at most `tolerance` or by the tax alone, then what only agrees in its sum. What is left stands alone; a
 * pair in two currencies is one where nothing else is left.
 */
export function pairsOf(facts: LedgerFacts, own: readonly KeptRefund[], tolerance: number): Pair[] {
  const moves = [...facts.moves];
  const refunds = [...own];
  const sent = sentRefunds(facts.commands);
  const pairs = knownPairs(facts, sent, moves, refunds);
  const currency = facts.shopify?.currency ?? '';
  const tests: readonly ((move: AmazonMove, refund: KeptRefund) => boolean)[] = [
    (move, { amount }) => move.currency === currency && move.amount === amount,
    (move, { amount }) => move.currency === currency && Math.abs(move.amount - amount) <= tolerance,
    (move, { amount }) =>
      move.currency === currency && taxOf(move) > 0 && Math.abs(move.amount - amount) === taxOf(move),
  ];
  for (const test of tests)
    for (const refund of [...refunds]) {
      const move = nearest(moves, refund.at, (one) => test(one, refund));
      if (!move) continue;
      takeFirst(refunds, (one) => one === refund);
      pairs.push({ moves: [move], refunds: [refund], sent: null });
    }
  const here = moves.filter((move) => move.currency === currency);
  const agree = here.length + refunds.length > 2 && here.length > 0 && sumOf(here) === sumOf(refunds);
  if (agree) {
    pairs.push({ moves: here, refunds: refunds.splice(0), sent: null });
    for (const move of here) takeFirst(moves, (one) => one === move);
  }
  for (const move of moves) {
    const refund = move.currency === currency ? undefined : refunds.shift();
    pairs.push({ moves: [move], refunds: refund ? [refund] : [], sent: null });
  }
  return [...pairs, ...refunds.map((refund) => ({ moves: [], refunds: [refund], sent: null }))];
}

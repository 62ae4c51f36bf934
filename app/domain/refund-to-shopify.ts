import type { AmazonMove } from './amazon-move.ts';
import { answerTo } from './choice.ts';
import { commandsOfKind, createEffectMs, type Command, type CommandArgs } from './command.ts';
import { dealing, mayWrite, together, type Dealing } from './dealing.ts';
import { moveFact, type EqualPair } from './equal-refunds.ts';
import { enterRefund } from './enter-refund.ts';
import { refundShopifyKey } from './money-keys.ts';
import type { OrderBooks } from './order-books.ts';
import { leftOnAmazon, type Ledger } from './refund-ledger.ts';
import { saidMoney } from './said-money.ts';
import { untilShown } from './write-once.ts';

type Args = CommandArgs['refund_shopify'];

/** A refund to enter in Shopify, and what is said where it cannot be entered. */
interface ToEnter {
  /** What it stands for: `move:ID`, `choice:ID`, `line:ID`. */
  readonly fact: string;
  /** Null: there is nothing that Shopify could take. */
  readonly args: Args | null;
  readonly missing: (why: string) => Dealing;
  readonly following: Dealing;
}

/** How an entry stands: whether it is on Shopify's books, and what it takes of them before it shows there. */
export interface Entered {
  readonly part: Dealing;
  readonly done: boolean;
}

/** Our own entry for a fact, if there is one. */
export function entryOf({ one }: Pick<Ledger, 'one'>, fact: string): Command<'refund_shopify'> | undefined {
  const key = refundShopifyKey(one.order.id, fact);
  return commandsOfKind(one.situation.commands, 'refund_shopify').find((command) => command.key === key);
}

const begun = new Set(['sending', 'unsure', 'accepted']);

/**
 * Enters a refund in Shopify once: its key makes it once, and stays in its note, by which it is seen on the books. A repeat
 * says the same as before, since Shopify refuses other words under a known key.
 */
export function enterOnce(ledger: Ledger, { fact, args, missing, following }: ToEnter): Entered {
  const { one, books } = ledger;
  const key = refundShopifyKey(one.order.id, fact);
  const before = entryOf(ledger, fact);
  if (books.refunds.some(({ ownKey }) => ownKey === key)) {
    const events = before && before.state !== 'confirmed' ? [{ key, event: 'seen' as const }] : [];
    return { part: dealing({ events }), done: true };
  }
  if (before?.state === 'confirmed') return { part: dealing(), done: true };
  if (before?.state === 'accepted') {
    const dueAgain = [untilShown(one.situation, before)];
    return { part: together([following, dealing({ dueAgain })]), done: false };
  }
  if (before?.state === 'refused') {
    const answers = ['refund_missing_shopify', 'claim_or_chargeback'].map((kind) => {
      const answer = answerTo(one.situation.choices, kind, fact);
      return answer?.args.choice === 'record' ? answer.at : 0;
    });
    const asked = Math.max(...answers, one.situation.wantedAt ?? 0);
    if (asked <= (before.endedAt ?? 0)) return { part: missing(before.refusal?.text ?? ''), done: false };
  }
  const same = before && begun.has(before.state) ? before.args : args;
  if (!same) return { part: missing(books.sale ? 'refunded_otherwise' : 'payment_missing'), done: false };
  const send = [{ kind: 'refund_shopify' as const, key, from: before?.state ?? null, args: same }];
  return { part: together([following, dealing({ send })]), done: false };
}

/** The books with what we wrote and cannot see on them yet, so that nothing is given back twice. */
export function booksWithUnseen({ one, books }: Pick<Ledger, 'one' | 'books'>, except: string): OrderBooks {
  const { currency } = books;
  const none = { amount: 0, currency };
  const unseen = commandsOfKind(one.situation.commands, 'refund_shopify').filter(
    ({ key, state }) =>
      begun.has(state) &&
      key !== refundShopifyKey(one.order.id, except) &&
      !books.refunds.some(({ ownKey }) => ownKey === key),
  );
  const refunds = unseen.map(({ key, args }) => ({
    id: key,
    at: one.situation.now,
    ownKey: key,
    amount: { amount: args.amount, currency },
    storeCredit: none,
    pending: false,
    lines: [],
    shipping: { subtotal: { amount: args.shipping, currency }, tax: none },
  }));
  return { ...books, refunds: [...books.refunds, ...refunds] };
}

function missingOf({ one }: Ledger, move: AmazonMove, amount: number): ToEnter['missing'] {
  const fact = moveFact(move);
  const said = { ...saidMoney({ amount, currency: move.currency }), date: move.postedAt };
  return (why) => {
    const params = { id: one.order.id, ...said, why };
    const claim = move.kind === 'claim' || move.kind === 'chargeback';
    return dealing({
      problems: claim
        ? [{ kind: 'claim_or_chargeback', subject: fact, params: { ...params, what: move.kind } }]
        : [{ kind: 'refund_missing_shopify', subject: fact, params }],
      fitting: [{ key: 'refund_missing_shopify', params }],
    });
  };
}

/** More went back on Amazon than was paid: nobody but Amazon can mend that. */
function overRefunded(ledger: Ledger): Dealing {
  const { one, books } = ledger;
  const { over, left } = leftOnAmazon(ledger, [], true);
  if (over <= 0) return dealing();
  const back = one.situation.moves.reduce((sum, { amount }) => sum + amount, 0);
  const of = (amount: number) => saidMoney({ amount, currency: books.currency }).amount;
  const params = { id: one.order.id, currency: books.currency, x: of(back), y: of(back - over + left) };
  return dealing({ problems: [{ kind: 'over_refunded', subject: '', params }] });
}

/**
 * The entry of what a person made in Shopify too, or may have made: it is not repeated, and waited for where it went out. Of
 * what is one refund it is over when it can come no more.
 */
function keepEntry(ledger: Ledger, { fact, same }: EqualPair): Dealing {
  const { situation } = ledger.one;
  const entry = entryOf(ledger, fact);
  if (!entry || !begun.has(entry.state)) return dealing();
  const { key, state } = entry;
  if (ledger.books.refunds.some(({ ownKey }) => ownKey === key))
    return dealing({ events: [{ key, event: 'seen' }] });
  if (state === 'accepted') return dealing({ dueAgain: [untilShown(situation, entry)] });
  if (!same) return dealing();
  const at = (entry.sentAt ?? 0) + createEffectMs;
  return at > situation.now
    ? dealing({ dueAgain: [{ at, reason: 'looking', side: 'shopify' }] })
    : dealing({ events: [{ key, event: 'recalled' }] });
}

/** Brings what went back on Amazon by other hands to Shopify's books, each move once (REF-4). */
export function refundsToShopify(ledger: Ledger): Dealing {
  const { one } = ledger;
  if (!mayWrite(one)) return dealing();
  const parts = ledger.toEnter.map((move) => {
    const fact = moveFact(move);
    const { args, missing } = enterRefund(move, one.order, booksWithUnseen(ledger, fact));
    const params = {
      ...saidMoney({ amount: move.amount, currency: move.currency }),
      date: move.postedAt,
    };
    const following = dealing({ fitting: [{ key: 'refund_following', params }] });
    const entered = enterOnce(ledger, {
      fact,
      args,
      missing: missingOf(ledger, move, move.amount),
      following,
    });
    // Shopify took a part of it; what is left over has no place on its books.
    const entry = entryOf(ledger, fact);
    const taken = entry && entry.state !== 'refused' ? move.amount - entry.args.amount : args ? missing : 0;
    const short = taken > 0 ? missingOf(ledger, move, taken)('refunded_otherwise') : dealing();
    return together([entered.part, short]);
  });
  // One at a time: the next is measured on the books with this one.
  const kept = [...ledger.pairs.values()].map((pair) => keepEntry(ledger, pair));
  return together([...oneSend(parts), ...kept, overRefunded(ledger)]);
}

function oneSend(parts: readonly Dealing[]): Dealing[] {
  let sent = false;
  return parts.map((part) => {
    const late = sent && part.send.length > 0;
    sent ||= part.send.length > 0;
    return late ? { ...part, send: [] } : part;
  });
}

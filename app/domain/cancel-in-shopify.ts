import type { ShopifyCancelReason } from './cancel-reason.ts';
import { answerTo, choicesOfKind } from './choice.ts';
import { liveFulfillments } from './cancel-guard.ts';
import { cancelChoice, givenBack } from './cancel-wish.ts';
import { commandsOfKind, whenUnsure, type Command } from './command.ts';
import { dealing, mayWrite, soonMs, together, type Case, type Dealing } from './dealing.ts';
import type { OrderBooks } from './order-books.ts';
import { retryAt } from './back-off.ts';
import { lookAgainAt } from './look-again.ts';
import { cancelShopifyKey, refundShopifyKey, unfulfilShopifyKey } from './money-keys.ts';
import { saidMoney } from './said-money.ts';
import { untilShown, writeOnce } from './write-once.ts';

/** Who cancelled on Amazon and why, as Shopify has words for it: our own cancel knows, else Amazon says. */
function reasonFor({ order, situation }: Case): ShopifyCancelReason {
  const said = order.lines.flatMap(({ cancelled }) => cancelled ?? []);
  const own = commandsOfKind(situation.commands, 'cancel_amazon').filter(({ sentAt }) => sentAt !== null);
  const reasons = [...own.map(({ args }) => args.reason), ...said.map(({ reason }) => reason ?? '')];
  if (said.some(({ by }) => by === 'BUYER') || reasons.includes('BuyerCanceled')) return 'CUSTOMER';
  return reasons.some((reason) => /inventory|stock/i.test(reason)) ? 'INVENTORY' : 'OTHER';
}

/** Events of cancels that Amazon now shows, and of choices that are thereby done (CAN-14). */
function shown(one: Case): Dealing {
  const { commands } = one.situation;
  const events = commandsOfKind(commands, 'cancel_amazon')
    .filter(({ state }) => ['planned', 'sending', 'unsure', 'accepted', 'refused'].includes(state))
    .map(({ key }) => ({ key, event: 'seen' as const }));
  const choice = cancelChoice(one);
  return dealing({ events, ends: choice ? [{ id: choice.id, state: 'done', outcome: null }] : [] });
}

/** What is left of the payment on Shopify's books, in minor units. */
export function leftOnBooks(books: OrderBooks): number {
  const { onPayment, credit } = givenBack(books);
  return Math.max(0, (books.sale?.amount.amount ?? 0) - onPayment - credit);
}

function restocks({ situation }: Case): boolean {
  const chosen = choicesOfKind(situation.choices, 'cancel').findLast(
    ({ state }) => state === 'open' || state === 'done',
  );
  const wanted = chosen?.args.restock ?? situation.settings.restock;
  const without = answerTo(situation.choices, 'shopify_cancel_failed', '')?.args.choice === 'without_restock';
  return wanted && situation.link.stockTaken && !without;
}

/** A cancel that Shopify took is done a while later, or fails: its job says so. */
function jobOf(
  { situation }: Case,
  command: Command<'cancel_shopify'>,
): 'waits' | { readonly failed: string } {
  const { shopify, now } = situation;
  const job = shopify.kind === 'read' ? shopify.cancelJob : null;
  if (job?.error != null) return { failed: job.error };
  const age = now - (command.endedAt ?? now);
  // A job that is over without a word, and an order that is not cancelled a minute after: it failed.
  return job?.done === true && age > 60_000 ? { failed: '' } : 'waits';
}

function failed(one: Case, why: string): Dealing {
  const { order, linked } = one;
  const params = { id: order.id, why, ...saidMoney(linked.total) };
  return dealing({
    problems: [{ kind: 'shopify_cancel_failed', subject: '', params }],
    fitting: [{ key: 'shopify_half_failed', params }],
    explains: true,
  });
}

/** Cancels the Shopify order with all that is left refunded on the books, once. */
function cancelIt(one: Case, books: OrderBooks): Dealing {
  const { situation, order, linked } = one;
  const key = cancelShopifyKey(order.id);
  const before = commandsOfKind(situation.commands, 'cancel_shopify').find((command) => command.key === key);
  const args = { reason: reasonFor(one), restock: restocks(one), refund: leftOnBooks(books) > 0 };
  const half = { ...saidMoney(linked.total) };
  const following = dealing({ fitting: [{ key: 'shopify_half', params: half }], explains: true });
  const policy = whenUnsure.cancel_shopify;
  if (before?.state === 'accepted') {
    const job = jobOf(one, before);
    if (job !== 'waits') return retry(one, before, args, job.failed);
    const since = before.endedAt ?? situation.now;
    const at = lookAgainAt(situation.now, since, { soonest: 2_000, latest: 60_000 });
    const reason = situation.now - since < 2 * 60_000 ? 'search_lag' : 'looking';
    return together([following, dealing({ dueAgain: [{ at, reason, side: 'shopify' }] })]);
  }
  if (before?.state === 'refused') return retry(one, before, args, before.refusal?.text ?? '');
  const once = writeOnce(situation, before, policy);
  if (once.is === 'wait')
    return together([following, dealing({ events: once.events, dueAgain: [once.dueAgain] })]);
  return together([
    following,
    dealing({ send: [{ kind: 'cancel_shopify', key, from: before?.state ?? null, args }] }),
  ]);
}

/** Shopify did not cancel: a person reads why; it is tried again now and then, and at once when they say so. */
function retry(
  one: Case,
  before: Command<'cancel_shopify'>,
  args: Command<'cancel_shopify'>['args'],
  why: string,
): Dealing {
  const { situation } = one;
  const endedAt = before.endedAt ?? situation.now;
  const answer = answerTo(situation.choices, 'shopify_cancel_failed', '');
  const asked = Math.max(answer?.at ?? 0, situation.wantedAt ?? 0) > endedAt;
  const at = retryAt(before);
  if (!asked && (at === null || at > situation.now)) {
    const dueAgain = at === null ? [] : [{ at, reason: 'backoff', side: 'shopify' } as const];
    return together([failed(one, why), dealing({ dueAgain })]);
  }
  const events = before.state === 'accepted' ? [{ key: before.key, event: 'failed_later' as const }] : [];
  if (events.length > 0)
    return together([
      failed(one, why),
      dealing({ events, dueAgain: [{ at: situation.now + soonMs, reason: 'slot', side: 'shopify' }] }),
    ]);
  return together([
    failed(one, why),
    dealing({ send: [{ kind: 'cancel_shopify', key: before.key, from: before.state, args }] }),
  ]);
}

/** Cancels a fulfilment of which somebody said that it was stopped; where Shopify refuses, that person reads why. */
export function takeBackParcel({ situation, order }: Case, fulfillment: string): Dealing {
  const key = unfulfilShopifyKey(order.id, fulfillment);
  const before = situation.commands.find((command) => command.key === key);
  if (before?.state === 'accepted' || before?.state === 'confirmed')
    return dealing({ dueAgain: [untilShown(situation, before)] });
  const send = [
    { kind: 'unfulfil_shopify' as const, key, from: before?.state ?? null, args: { fulfillment } },
  ];
  const asked = (situation.wantedAt ?? 0) > (before?.endedAt ?? 0);
  const at = before?.state === 'refused' && !asked ? retryAt(before) : situation.now;
  if (at !== null && at <= situation.now) return dealing({ send });
  const params = { id: order.id, why: before?.refusal?.text ?? '' };
  return dealing({
    problems: [{ kind: 'parcel_not_taken_back', subject: fulfillment, params }],
    dueAgain: at === null ? [] : [{ at, reason: 'backoff', side: 'shopify' }],
  });
}

/** Goods left before Amazon's cancel was seen: nothing happens by itself, for somebody may still stop the parcel (CAN-9). */
function goodsGone(one: Case, books: OrderBooks): Dealing {
  const { situation, order, linked } = one;
  const left = liveFulfillments(one);
  const answer = answerTo(situation.choices, 'stop_parcel', '')?.args.choice ?? null;
  const said = { key: 'stop_parcel', params: { n: left.length } } as const;
  if (answer === 'gone')
    return together([dealing({ fitting: [said], explains: true }), restOnBooks(one, books)]);
  if (answer === 'stopped')
    return together([
      dealing({ fitting: [said], explains: true }),
      ...left.map(({ id }) => takeBackParcel(one, id)),
    ]);
  const params = { id: order.id, n: left.length, ...saidMoney(linked.total) };
  return dealing({
    problems: [{ kind: 'stop_parcel', subject: '', params }],
    fitting: [said],
    explains: true,
  });
}

/** Enters in Shopify what Amazon's void left on its books, for an order that is cancelled on both sides (CAN-10). */
function restOnBooks({ situation, order }: Case, books: OrderBooks): Dealing {
  const rest = leftOnBooks(books);
  const key = refundShopifyKey(order.id, 'rest');
  const before = commandsOfKind(situation.commands, 'refund_shopify').find((command) => command.key === key);
  const done = books.refunds.some(({ ownKey }) => ownKey === key);
  const events = done && before && before.state !== 'confirmed' ? [{ key, event: 'seen' as const }] : [];
  if (rest === 0 || done || !books.sale || books.refunds.some(({ pending }) => pending))
    return dealing({ events });
  const answer = answerTo(situation.choices, 'refund_missing_shopify', 'rest');
  const wanted = answer?.args.choice === 'record' && answer.at > (before?.endedAt ?? 0);
  if (before?.state === 'refused' && !wanted)
    return dealing({
      problems: [
        {
          kind: 'refund_missing_shopify',
          subject: 'rest',
          params: {
            id: order.id,
            ...saidMoney({ amount: rest, currency: books.currency }),
            why: before.refusal?.text ?? '',
          },
        },
      ],
      explains: true,
    });
  const { id, gateway } = books.sale;
  if (before?.state === 'accepted')
    return dealing({ events, dueAgain: [untilShown(situation, before)], explains: true });
  const args = {
    amount: rest,
    currency: books.currency,
    sale: { id, gateway },
    lines: [],
    shipping: 0,
    at: null,
  };
  // What may have been sent is said in the same words: Shopify refuses others under a known key.
  const same = before?.state === 'sending' || before?.state === 'unsure' ? before.args : args;
  return dealing({
    send: [{ kind: 'refund_shopify', key, from: before?.state ?? null, args: same }],
    explains: true,
  });
}

/** Amazon voids the whole order also where somebody refunded less in Shopify: they are told what was added (CAN-10). */
function restSaid({ order }: Case, books: OrderBooks): Dealing {
  const key = refundShopifyKey(order.id, 'rest');
  const rest = books.refunds.find(({ ownKey }) => ownKey === key);
  const others = books.refunds.some(({ ownKey, amount }) => ownKey === null && amount.amount > 0);
  if (!rest || !others) return dealing();
  const params = { id: order.id, ...saidMoney(rest.amount) };
  return dealing({ problems: [{ kind: 'rest_recorded', subject: '', params }] });
}

/** Shopify's half of a cancel that Amazon shows, whoever made it (CAN-4, CAN-9, CAN-14). */
export function cancelInShopify(one: Case): Dealing {
  const { linked, books, order, situation } = one;
  const seen = shown(one);
  if (order.fulfilledBy === 'amazon' || !books || !mayWrite(one)) return seen;
  const own = commandsOfKind(situation.commands, 'cancel_shopify');
  if (linked.cancelledAt !== null) {
    const events = own
      .filter(({ state }) => state !== 'confirmed')
      .map(({ key }) => ({ key, event: 'seen' as const }));
    return together([seen, dealing({ events }), restOnBooks(one, books), restSaid(one, books)]);
  }
  if (liveFulfillments(one).length > 0) return together([seen, goodsGone(one, books)]);
  return together([seen, cancelIt(one, books)]);
}

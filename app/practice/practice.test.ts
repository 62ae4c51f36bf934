import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { choose, waysOut, type PracticeWish } from './choose.ts';
import { deedsFor, doDeed, type PracticeDeed } from './deeds.ts';
import { newPractice, practiceFrom, type PracticeShop } from './practice-shop.ts';
import { nextMoment, play } from './play.ts';
import { happeningsOf, problemRowsOf } from './rows.ts';
import { stepsDone } from './steps.ts';

const begun = Date.UTC(2026, 10, 22, 12);
let shop: PracticeShop = newPractice(begun);

beforeEach(() => {
  shop = newPractice(begun);
});

const id = (n: number) => `000-0000000-000000${n}`;
const order = (n: number) => {
  const found = shop.orders[n - 1];
  if (!found) throw new Error(`There is no order ${n}.`);
  return found;
};
const state = (n: number) => order(n).said.key;
const deed = (what: PracticeDeed, n: number | null = null) => {
  shop = doDeed(shop, what, n === null ? null : id(n), shop.playedTo);
};
const cancel: PracticeWish = { intent: 'cancel', amount: 'full', reason: null, restock: null, free: false };
const decide = (n: number, wish: PracticeWish) => {
  const answer = choose(order(n), wish, shop.playedTo);
  if (!answer.ok) return answer.guard;
  const orders = shop.orders.map((one, place) => (place === n - 1 ? answer.order : one));
  shop = play({ ...shop, orders }, shop.playedTo);
  return answer.outcome;
};
/** Lets time pass until nothing happens by itself, and answers the states on the way. */
const pass = (n: number) => {
  const seen: string[] = [];
  while (nextMoment(shop) !== null) {
    deed('pass');
    seen.push(state(n));
  }
  return seen;
};
const askedOf = () => {
  deed('place');
  deed('ask', shop.orders.length);
  return shop.orders.length;
};

it('CAN-1 CAN-4 CAN-8: in practice an approval is guarded, undone, and then goes to Amazon first and to Shopify after', () => {
  deed('place');
  expect(state(1)).toBe('in_step');
  deed('ask', 1);
  expect(state(1)).toBe('asked_held');
  expect(order(1).shopify?.linked.fulfillmentStatus).toBe('ON_HOLD');
  expect(order(1).shopify?.handling.tagged).toBe(true);
  expect(decide(1, { ...cancel, amount: '0' })).toBe('amount_not_positive');
  expect(decide(1, { ...cancel, amount: '1' })).toBe('amount_partial_unshipped');
  expect(decide(1, cancel)).toBe('chosen');
  expect(state(1)).toBe('undo_running');
  expect(decide(1, { intent: 'undo' })).toBe('taken_back');
  expect(state(1)).toBe('asked_held');
  expect(decide(1, { intent: 'undo' })).toBe('nothing_to_undo');
  decide(1, cancel);
  deed('pass');
  deed('pass');
  expect(state(1)).toBe('cancel_sent');
  expect(decide(1, { intent: 'undo' })).toBe('undo_over');
  expect(pass(1)).toEqual(['cancel_accepted', 'shopify_half', 'cancelled_in_step']);
  expect(order(1).amazon.status).toBe('cancelled');
  expect(order(1).shopify?.books.refunds.map(({ amount }) => amount.amount)).toEqual([3_490]);
  expect(happeningsOf(order(1)).map(({ key }) => key)).toEqual(
    expect.arrayContaining([
      'placed',
      'asked',
      'hold_order',
      'choice_cancel',
      'cancel_amazon',
      'cancel_shopify',
    ]),
  );
  expect(decide(1, cancel)).toBe('already_cancelled_amazon');
});

it('CAN-17: in practice declining lets the order ship', () => {
  const n = askedOf();
  expect(decide(n, { intent: 'decline' })).toBe('chosen');
  expect(state(n)).toBe('declined_waiting_ship');
  expect(deedsFor(order(n))).toContain('ship');
  deed('ship', n);
  expect(order(n).amazon.status).toBe('shipped');
  expect(order(n).amazon.packages).toHaveLength(1);
  expect(deedsFor(order(n))).toEqual([]);
});

it('PRO-4: in practice a refused cancel is a problem, and trying again settles it', () => {
  const n = askedOf();
  deed('refuse', n);
  decide(n, cancel);
  expect(pass(n).at(-1)).toBe('refused_other');
  const [problem] = problemRowsOf(order(n));
  expect(problem).toMatchObject({ kind: 'refused_other', subject: '', amazonOrderId: id(n) });
  expect(waysOut('refused_other').map(({ choice }) => choice)).toEqual(['again', 'reason', 'ship', 'leave']);
  const answer = { intent: 'answer', kind: 'refused_other', subject: '', note: null } as const;
  expect(decide(n, { ...answer, choice: 'leave' })).toBe('note_missing');
  expect(decide(n, { ...answer, choice: 'send' })).toBe('choice_unknown');
  expect(decide(n, { ...answer, kind: 'ship_late', choice: 'leave' })).toBe('problem_unknown');
  expect(decide(n, { ...answer, choice: 'again' })).toBe('chosen');
  expect(pass(n).at(-1)).toBe('cancelled_in_step');
  expect(problemRowsOf(order(n))).toEqual([]);
  expect(stepsDone(shop)).toEqual(['arrive', 'ask', 'cancel', 'problem']);
});

it('PRO-1: a practice played in one go or in many comes to the same, and an old one begins anew', () => {
  decide(askedOf(), cancel);
  const kept = shop;
  const hour = kept.playedTo + 3_600_000;
  let often = kept;
  for (let at = kept.playedTo; at < hour; at += 7_000) often = play(often, at);
  const ends = (one: PracticeShop) => one.orders.map(({ said, commands }) => [said.key, commands.length]);
  expect(ends(play(often, hour))).toEqual(ends(play(kept, hour)));
  expect(practiceFrom(JSON.parse(JSON.stringify(kept)), begun + 1)).toEqual(kept);
  expect(practiceFrom(kept, begun + 8 * 86_400_000).orders).toEqual([]);
  expect(practiceFrom({}, begun)).toEqual(newPractice(begun));
  for (let n = 0; n < 9; n += 1) deed('place');
  expect(shop.orders).toHaveLength(6);
});

/** The files that a file needs while it runs, and the packages. */
function neededBy(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';|^import '([^']+)';/gms)];
  return named.map(([, from, bare]) => {
    const name = from ?? bare ?? '';
    return name.startsWith('.') ? path.join(path.dirname(file), name) : name;
  });
}

it('SEC-3: nothing that practice is made of can reach another service', () => {
  const seen = new Set<string>();
  const look = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    if (file.endsWith('.ts')) neededBy(file).forEach(look);
  };
  readdirSync('app/practice')
    .filter((file) => !file.endsWith('.test.ts'))
    .forEach((file) => {
      look(`app/practice/${file}`);
    });
  const [files, packages] = [
    [...seen].filter((one) => one.startsWith('app/')),
    [...seen].filter((one) => !one.startsWith('app/')),
  ];
  expect(files.filter((one) => !/^app\/(practice|domain|lib)\//.test(one))).toEqual(['app/db/practice.ts']);
  expect(packages.sort()).toEqual(['dinero.js/currencies', 'zod']);
  for (const file of files.filter((one) => one.endsWith('.ts')))
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/\bfetch\(|node:(http|https|net|tls|dgram)/);
});

import type { Choice } from '../domain/choice.ts';
import { nextState } from '../domain/command-state.ts';
import type { Command, CommandToPlan } from '../domain/command.ts';
import type { Case } from '../domain/dealing.ts';
import { decide, type Decision, type Situation } from '../domain/decide.ts';
import { shopifyVariantId } from '../domain/ids.ts';
import { settingsSchema } from '../domain/settings.ts';
import { happen, perform } from './pretend-services.ts';
import type { PracticeOrder, PracticeShop } from './practice-shop.ts';

/** Until the pretend Amazon takes what is ready, ms. */
const batchMs = 60_000;
/** After so many rounds something goes round for ever: that is a bug. */
const mostRounds = 60;
/** What follows of itself within the practice; the rest changes nothing there before somebody or the clock does. */
const follows = new Set(['undo', 'slot', 'second_look']);

/** The situation of an invented order at `now` (ms UTC), as the product's own decision gets it. */
function situationIn({ amazon, shopify, ...order }: PracticeOrder, now: number): Situation {
  return {
    link: {
      amazonOrderId: amazon.id,
      shopifyOrderId: shopify?.linked.id ?? null,
      shopifyName: shopify?.linked.name ?? null,
      adopted: false,
      stockTaken: true,
    },
    amazon: { kind: 'read', startedAt: now, order: amazon },
    shopify: {
      kind: 'read',
      startedAt: now,
      linked: shopify?.linked ?? null,
      found: shopify ? [shopify.linked] : [],
      unclear: [],
      handling: shopify?.handling ?? null,
      books: shopify?.books ?? null,
      cancelJob: shopify?.job ?? null,
    },
    skus: new Map(
      amazon.lines.flatMap(({ sku }, place) =>
        sku === null
          ? []
          : [
              [
                sku,
                {
                  variantId: shopifyVariantId(`gid://shopify/ProductVariant/${place + 1}`),
                  candidates: 1,
                  byHand: false,
                },
              ] as const,
            ],
      ),
    ),
    prints: null,
    commands: order.commands,
    requests: order.requests,
    claims: [],
    choices: order.choices,
    moves: [],
    financesUntil: null,
    facts: order.facts,
    quiet: [],
    installedAt: 0,
    remembered: null,
    settings: settingsSchema.parse({}),
    shop: { currencies: ['USD'], readsAllOrders: true },
    crowded: false,
    importFrom: 0,
    wantedAt: null,
    failures: 0,
    now,
  };
}

/** An invented order that stands on both sides, as a person decides on it; null before it came in. */
export function caseIn(order: PracticeOrder, now: number): Case | null {
  const { amazon, shopify, requests } = order;
  if (!shopify) return null;
  return {
    situation: situationIn(order, now),
    order: amazon,
    readAt: now,
    askedAt: now,
    linked: shopify.linked,
    books: shopify.books,
    handling: shopify.handling,
    request: requests.findLast(({ closedAt }) => closedAt === null) ?? null,
  };
}

function planned(command: CommandToPlan, before: Command | undefined): Command {
  const { key, kind, args, notBefore, provedAt } = command;
  const { attempt = 0, sentAt = null, endedAt = null } = before ?? {};
  const kept = { id: key, attempt, sentAt, endedAt, refusal: null, job: null };
  return { ...kept, key, kind, args, state: 'planned', notBefore, provedAt } as Command;
}

function ended(choice: Choice, { ends }: Decision, at: number): Choice {
  const end = ends.find(({ id }) => id === choice.id);
  return end ? { ...choice, state: end.state, outcome: end.outcome, endedAt: at } : choice;
}

/** Writes a decision down, and carries out on the pretend sides what it sends. */
function carryOut(order: PracticeOrder, decision: Decision, n: number, at: number): PracticeOrder {
  const moved = order.commands.map((one) =>
    decision.events
      .filter(({ key }) => key === one.key)
      .reduce((command, { event }): Command => ({ ...command, state: nextState(command.state, event) }), one),
  );
  const plans = decision.plan.map((one) =>
    planned(
      one,
      moved.find(({ key }) => key === one.key),
    ),
  );
  const commands = [...moved.filter((one) => !plans.some(({ key }) => key === one.key)), ...plans];
  const ready = plans.filter(
    ({ provedAt, key }) => provedAt !== null && !order.coming.some((one) => one.key === key),
  );
  const { request } = decision;
  const facts = decision.facts.filter(({ key }) => !order.facts.some((one) => one.key === key));
  const kept: PracticeOrder = {
    ...order,
    commands,
    coming: [...order.coming, ...ready.map(({ key }) => ({ at: at + batchMs, does: 'take' as const, key }))],
    requests: request
      ? [...order.requests.filter((one) => one.n !== request.n), request].sort((a, b) => a.n - b.n)
      : order.requests,
    choices: order.choices.map((choice) => ended(choice, decision, at)),
    facts: [...order.facts, ...facts],
    said: decision.description,
    problems: decision.problems.map((problem) => ({
      ...problem,
      since:
        order.problems.find(({ kind, subject }) => kind === problem.kind && subject === problem.subject)
          ?.since ?? at,
    })),
  };
  return decision.send.reduce((so, command) => perform(so, command, n, at), kept);
}

/** What there was to do before: the same again is no news. */
const shape = (order: PracticeOrder): string =>
  JSON.stringify({
    ...order,
    commands: order.commands.map((one) => ({ ...one, provedAt: one.provedAt !== null })),
  });

/** When everything that was written of an order is over (ms UTC). */
const afterAll = ({ commands, choices }: PracticeOrder): number =>
  Math.max(0, ...[...commands, ...choices].map(({ endedAt }) => (endedAt ?? 0) + 1));

/** Plays an order from `from` to `to` (ms UTC of the practice): decide, carry out, look again, and wait for what comes. */
function playOrder(order: PracticeOrder, n: number, from: number, to: number): PracticeOrder {
  let so = order;
  // A look begins after what was written before it ended.
  let at = Math.max(from, afterAll(order));
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    const due = so.coming.filter((one) => one.at <= at);
    so = due.reduce(happen, so);
    const decision = decide(situationIn(so, at));
    const next = carryOut(so, decision, n, at);
    const quiet = shape(next) === shape(so);
    so = next;
    const again = decision.dueAgain && follows.has(decision.dueAgain.reason) ? [decision.dueAgain.at] : [];
    const later = Math.min(...so.coming.map((one) => one.at), ...again);
    if (quiet && later > to) return at >= to ? so : playOrder(so, n, to, to);
    at = quiet ? Math.max(later, at + 1) : at + 1;
  }
  throw new Error('A practice order does not come to rest.');
}

/** Plays a practice up to `to` (ms UTC of the practice). The same practice comes to the same end. */
export function play(shop: PracticeShop, to: number): PracticeShop {
  const until = Math.max(to, shop.playedTo);
  const orders = shop.orders.map((order, place) => playOrder(order, place + 1, shop.playedTo, until));
  // Whoever decides next does so after what was done last.
  return { ...shop, playedTo: Math.max(until, ...orders.map(afterAll)), orders };
}

/** When the next thing happens by itself (ms UTC of the practice); null: everything waits for a person. */
export function nextMoment(shop: PracticeShop): number | null {
  const moments = shop.orders.flatMap(({ coming, commands }) => [
    ...coming.map(({ at }) => at),
    ...commands.flatMap(({ state, notBefore }) =>
      state === 'planned' && notBefore !== null && notBefore > shop.playedTo ? [notBefore] : [],
    ),
  ]);
  return moments.length === 0 ? null : Math.min(...moments);
}

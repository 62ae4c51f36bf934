import { openClaims } from '../db/claims.ts';
import { choicesOf } from '../db/choices.ts';
import { claimCommands, commandsOf, endCommands, type CommandEnd } from '../db/commands.ts';
import { factsOf } from '../db/facts.ts';
import type { LeasedOrder } from '../db/leases.ts';
import { movesOfOrders } from '../db/moves.ts';
import { decide, type AmazonReading } from '../domain/decide.ts';
import { cancellingHandle } from '../domain/hold-for-cancel.ts';
import type { AmazonOrderId, ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { inParallel } from '../lib/in-parallel.ts';
import { inTime } from '../lib/in-time.ts';
import { requestsOf } from '../db/requests.ts';
import { together } from '../lib/together.ts';
import { broken } from './broken.ts';
import { finish } from './finish.ts';
import type { Lease } from './lease.ts';
import { lookAtAmazon } from './look-at-amazon.ts';
import { lookAtShopify } from './look-at-shopify.ts';
import { unreadableBecause } from './unreadable.ts';
import { lookAtSkus } from './look-at-skus.ts';
import { noteSight } from './note-sight.ts';
import { readRequestsV0 } from './read-requests-v0.ts';
import { keepDecided } from './keep-decided.ts';
import { sendCommands, sendCosts } from './send.ts';
import { situationOf, type Shared } from './situation.ts';
import type { Services } from './services.ts';
import { shopContext } from './shop-context.ts';
import type { Work } from './work.ts';

/** After so many rounds of deciding and sending an order waits for its next turn, so that nothing goes round for ever. */
const mostRounds = 5;
const sendsAtOnce = 6;
/**
 * What is claimed together leaves within this time, or waits for another claim: how long a write may take effect is counted
 * from its claim on (`createEffectMs`), so that none may leave long after it.
 */
const sendWithinMs = 60_000;
/** A claim waits so long for a page of Amazon's that is coming in; then what is remembered has to do. */
const pageWaitMs = 30_000;

/** A cancel that was decided and whose order nothing holds yet. */
function holdIsMissing({ choices, commands }: Work): boolean {
  if (!choices.some(({ kind, state }) => kind === 'cancel' && state === 'open')) return false;
  return !commands.some((one) => one.kind === 'hold_order' && one.args.handle === cancellingHandle);
}

/**
 * Somebody says the buyer asked, or decided to cancel, and what Amazon said last of the order is enough to hold it. Where a
 * page of Amazon's is coming in it is waited for, for a while: it holds more, and the order must be free for it.
 */
function mayProtect(work: Work): boolean {
  const { order, amazon, claims } = work;
  const waited = claims.some(({ seenAt }) => now() - seenAt >= pageWaitMs);
  if (amazon.kind === 'unreadable' && amazon.soon && !waited) return false;
  const open = claims.length > 0 || requestMayNeedHold(work) || holdIsMissing(work);
  return open && order.remembered !== null && order.link.shopifyOrderId !== null;
}

/** A request is open; where it was held, and only a slot was waited for since, looking again would show the same. */
function requestMayNeedHold({ order, requests }: Work): boolean {
  const last = requests.at(-1);
  if (last?.closedAt !== null) return false;
  return !order.onlyWaited || last.held === 'no' || last.held === 'not_stopped';
}

async function look(services: Services, shop: ShopDomain, works: readonly Work[]): Promise<Shared> {
  const context = await shopContext(services, shop);
  const skus = await lookAtSkus(
    services,
    shop,
    works.flatMap(({ amazon }) =>
      amazon.kind === 'read' ? amazon.order.lines.flatMap((line) => line.sku ?? []) : [],
    ),
  );
  const failure = context.failure ?? (skus.ok ? null : skus.failure);
  // Where Amazon could not be read nothing is decided, so that Shopify's points are better spent on the others; but what
  // somebody claims may have to be held.
  const readable = works.filter((work) => work.amazon.kind !== 'unreadable' || mayProtect(work));
  const readings = failure ? null : await lookAtShopify(services, shop, readable);
  for (const work of works) {
    if (failure) work.shopify = unreadableBecause(failure);
    else if (work.amazon.kind === 'unreadable' && !mayProtect(work)) work.shopify = work.amazon;
    else work.shopify = readings?.get(work.order.amazonOrderId) ?? null;
  }
  return { context, skus: skus.ok ? skus.value : new Map() };
}

/** The orders for which something shall be sent and Shopify has room now; the others are held until it has. */
function withRoom(services: Services, shop: ShopDomain, works: readonly Work[]): Work[] {
  const { throttle } = services.shopify(shop);
  return works.filter((work) => {
    const cost = (work.decision?.send ?? []).reduce((sum, { kind }) => sum + sendCosts[kind], 0);
    if (cost === 0) return false;
    const slot = throttle.take(cost);
    if (!slot.ok) work.held = { at: throttle.book(cost), why: 'Shopify’s limit is reached for the moment.' };
    return slot.ok;
  });
}

async function send(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  works: readonly Work[],
  shared: Shared,
): Promise<Work[]> {
  const ready = withRoom(services, shop, works);
  if (ready.length === 0) return [];
  const wanted = ready.flatMap(({ order, decision }) =>
    (decision?.send ?? []).map((command) => ({ ...command, order: order.amazonOrderId })),
  );
  const isClaimed = (claimed: ReadonlyMap<string, string>) => (work: Work) =>
    work.decision?.send.some((command) => claimed.has(command.key)) ?? false;
  const recent = inTime(sendWithinMs);
  const claimed = await services.db.forShop(shop, async (tx) => {
    const keys = await claimCommands(tx, shop, lease.token, now(), wanted);
    // Only of orders that are still ours, and these are locked now: a worker that slept moves nothing.
    const ours = ready.filter(isClaimed(keys));
    await keepDecided(tx, services, shop, ours);
    return keys;
  });
  const sending = ready.filter(isClaimed(claimed));
  // Not ours any more, or the shop gave the app up: what was decided is not done, so the order has to stay due.
  for (const work of ready)
    if (!sending.includes(work)) work.held = { at: null, why: 'The command could not be claimed.' };
  const write = together<CommandEnd>(async (ends) => {
    await services.db.forShop(shop, (tx) => endCommands(tx, shop, lease.token, now(), ends));
  });
  const mayStill = () => lease.alive() && recent();
  await inParallel(sending, sendsAtOnce, (work) =>
    sendCommands({ services, shop, mayStill, claimed, ...shared, write }, work),
  );
  return sending.filter((work) => work.held === null);
}

/** One round: look at Shopify, decide, write down, send. Answers the orders that have to be looked at again. */
async function round(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  works: readonly Work[],
): Promise<Work[]> {
  const ids = works.map((work) => work.order.amazonOrderId);
  await services.db.forShop(shop, async (tx) => {
    const commands = await commandsOf(tx, shop, ids);
    const requests = await requestsOf(tx, services.vault, shop, ids);
    const claims = await openClaims(tx, services.vault, shop, ids);
    const choices = await choicesOf(tx, shop, ids);
    const facts = await factsOf(tx, shop, ids);
    const moves = await movesOfOrders(tx, shop, ids);
    for (const work of works) {
      const id = work.order.amazonOrderId;
      work.commands = commands.get(id) ?? [];
      work.requests = requests.get(id) ?? [];
      work.claims = claims.get(id) ?? [];
      work.choices = choices.get(id) ?? [];
      work.facts = facts.get(id) ?? [];
      work.moves = moves.get(id) ?? [];
    }
  });
  const shared = await look(services, shop, works);
  for (const work of works) {
    try {
      work.decision = decide(situationOf(services, work, shared));
    } catch (error) {
      work.decision = broken(services, work, error);
    }
  }
  return send(services, shop, lease, works, shared);
}

/**
 * Brings leased orders of a shop in step: looks at both sides, decides, writes commands down, sends them, and looks again
 * until nothing is left to send. `inHand`: readings of Amazon that came with a page. All orders are released at the end.
 */
export async function reconcile(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  orders: readonly LeasedOrder[],
  inHand: ReadonlyMap<AmazonOrderId, AmazonReading>,
): Promise<void> {
  if (orders.length === 0) return;
  const missing = orders.filter((order) => !inHand.has(order.amazonOrderId));
  const read = await lookAtAmazon(services, shop, missing);
  const works = orders.map((order): Work => {
    const amazon = inHand.get(order.amazonOrderId) ?? read.get(order.amazonOrderId);
    if (!amazon) throw new Error('An order was leased and not looked at.');
    return {
      order,
      amazon,
      commands: [],
      requests: [],
      claims: [],
      choices: [],
      facts: [],
      moves: [],
      shopify: null,
      decision: null,
      held: null,
    };
  });
  await readRequestsV0(services, shop, works);
  await noteSight(services, shop, works);
  let open = works;
  for (let rounds = 0; rounds < mostRounds && open.length > 0; rounds += 1) {
    open = await round(services, shop, lease, open);
  }
  await finish(services, shop, lease, works, new Set(open));
}

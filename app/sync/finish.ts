import { releaseOrders, type Finding } from '../db/release.ts';
import { keepProblems } from '../db/problems.ts';
import type { AmazonOrder } from '../domain/amazon-order.ts';
import { backOff } from '../domain/back-off.ts';
import type { ShopDomain } from '../domain/ids.ts';
import type { Description } from '../domain/describe.ts';
import type { ShopifyMoney } from '../domain/ledger-facts.ts';
import { currencyOf } from '../domain/order-draft.ts';
import { programmesOf } from '../domain/programmes.ts';
import { remember } from '../domain/remembered.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';
import { withinSecond } from '../domain/within-second.ts';
import { now } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';
import { enqueueDrain } from '../queue/enqueue.ts';
import { broken } from './broken.ts';
import { keepDecided } from './keep-decided.ts';
import type { Lease } from './lease.ts';
import { noteLedgers } from './make-ledgers.ts';
import { printsOf } from './prints.ts';
import type { Services } from './services.ts';
import { shopifyMoney } from './shopify-money.ts';
import type { Work } from './work.ts';

/** Of an order: asked if any line is, else unknown if any line is, else none (REQ-1). */
function requestOf(order: AmazonOrder): string {
  const states = order.lines.map((line) => line.request.state);
  return states.includes('asked')
    ? 'asked'
    : states.includes('unknown') || states.length === 0
      ? 'unknown'
      : 'none';
}

/** A keyed hash over all that Amazon gave, so that a change is noticed and nothing of it is kept. */
export function hashOf(vault: Vault, order: AmazonOrder): string {
  return vault.fingerprint(JSON.stringify(order));
}

/** Amazon's text as one that Postgres takes too: a 30th of February is a time for JavaScript and an error for Postgres. */
const moment = (text: string | null): string | null =>
  text === null ? null : new Date(Date.parse(text)).toISOString();

/** What is kept of an order on which something may still happen, in Shopify at least, or of which something was cancelled: by whom (REP-7). */
function toRemember(vault: Vault, { order, readAt }: { order: AmazonOrder; readAt: number }, work: Work) {
  const over = order.status === 'shipped' && order.lines.every((line) => line.cancelled === null);
  return (!over && order.fulfilledBy !== 'amazon') || work.order.link.shopifyOrderId !== null
    ? remember(order, readAt, printsOf(vault, order))
    : null;
}

function amazonFacts(services: Services, work: Work): Finding['amazon'] {
  const { amazon } = work;
  if (amazon.kind !== 'read' || amazon.remembered) return null;
  const { order } = amazon;
  return {
    updatedAt: order.updatedAt,
    createdAt: order.createdAt,
    marketplaceId: order.marketplaceId,
    status: order.status,
    hash: hashOf(services.vault, order),
    request: requestOf(order),
    shipBy: moment(order.shipBy.latest),
    currency: currencyOf(order),
    total: order.total?.amount ?? null,
    skus: [...new Set(order.lines.flatMap((line) => line.sku ?? []))],
    programmes: programmesOf(order),
    remembered: toRemember(services.vault, { order, readAt: amazon.startedAt }, work),
  };
}

function shopifyFacts(work: Work, reading: ShopifyReading | null): Finding['shopify'] {
  if (reading?.kind !== 'read') return null;
  const link = work.decision?.link ?? null;
  const id = link?.shopifyOrderId ?? work.order.link.shopifyOrderId;
  const found = [reading.linked, ...(reading.found ?? [])].find((o) => o?.id === id);
  if (!found) return null;
  return {
    id: found.id,
    name: found.name,
    status: found.cancelledAt === null ? found.fulfillmentStatus : 'CANCELLED',
    total: found.total.amount,
    money: moneyOf(shopifyMoney(found, found.id === reading.linked?.id ? reading.books : null)),
    adopted: link?.adopted ?? work.order.link.adopted,
    // Of news in the very second of that time it counts whether this look began after it.
    updatedAt: new Date(withinSecond(Date.parse(found.updatedAt), reading.startedAt)).toISOString(),
    fulfillmentOrderIds:
      found.id === reading.linked?.id
        ? (reading.handling?.fulfillmentOrders.map((one) => one.id) ?? null)
        : null,
  };
}

const moneyOf = (money: ShopifyMoney | null) =>
  money && { ...money, refunds: money.refunds.map((one) => ({ ...one, lines: [...one.lines] })) };

/** When the order is due again: what the decision says, or when a write that did not come about may be tried again. */
function dueAgain(
  work: Work,
  unfinished: boolean,
): { at: number | null; reason: Finding['dueReason']; failures: number; amazon: boolean } {
  const { order, decision } = work;
  const { failures, link } = order;
  // Once it stands in Shopify what is still to be written there needs no new look at Amazon, but for an address: it is not
  // remembered.
  const amazon =
    link.shopifyOrderId === null || (decision?.send ?? []).some(({ kind }) => kind === 'update_order');
  if (work.held) {
    // Waiting for room is no failure: many waits must not make the first failure look like the last of many.
    if (work.held.at !== null) return { at: work.held.at, reason: 'slot', failures, amazon };
    return { at: backOff(failures, now()), reason: 'backoff', failures: failures + 1, amazon };
  }
  if (unfinished) return { at: now(), reason: null, failures, amazon };
  const due = decision?.dueAgain ?? null;
  if (!due) return { at: null, reason: null, failures: 0, amazon };
  const more = due.reason === 'backoff' ? 1 : 0;
  // Nothing is wrong with an order that only waits for its ship-by time.
  const before = due.reason === 'ship_by' ? 0 : failures;
  return {
    at: due.at,
    reason: due.reason,
    failures: before + more,
    amazon: due.side !== 'shopify' && work.amazon.kind !== 'unreadable',
  };
}

/** Amazon was not asked, and what asks for a look at it is not served. */
const isOnlyRemembered = ({ amazon }: Work): boolean =>
  amazon.kind === 'unreadable' ||
  (amazon.kind === 'read' && amazon.remembered === true && amazon.unchangedAt === undefined);

const paramsOf = ({ params, also }: Description) => ({ ...params, also: also.map(({ key }) => key) });

function findingOf(services: Services, work: Work, unfinished: boolean): Finding {
  const { order, decision } = work;
  const due = dueAgain(work, unfinished);
  const said = decision && !decision.waits ? decision.description : null;
  return {
    id: order.amazonOrderId,
    knocks: order.knocks,
    dueAt: due.at,
    dueReason: due.reason,
    dueAtAmazon: due.amazon,
    amazonServed: isOnlyRemembered(work) ? null : order.amazonKnocks,
    amazonReadAt: work.amazon.kind === 'read' && !work.amazon.remembered ? work.amazon.startedAt : null,
    failures: due.failures,
    said: said && { state: said.key, tone: said.tone, params: paramsOf(said) },
    lookedAt: work.amazon.kind === 'read' && work.shopify?.kind === 'read' ? work.amazon.startedAt : null,
    amazon: amazonFacts(services, work),
    shopify: shopifyFacts(work, work.shopify),
  };
}

async function write(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  works: readonly Work[],
  findings: readonly Finding[],
): Promise<void> {
  await services.db.forShop(shop, async (tx) => {
    const released = await releaseOrders(tx, shop, lease.token, findings);
    const ours = works.filter((work) => released.has(work.order.amazonOrderId) && work.decision);
    await keepDecided(tx, services, shop, ours);
    await keepProblems(
      tx,
      shop,
      now(),
      ours.map(({ order, decision }) => ({
        order: order.amazonOrderId,
        problems: decision?.problems ?? [],
        partial: decision?.partial ?? true,
      })),
    );
    // Whoever knocked meanwhile could not work on it; the next look for what is due would be a second away.
    if ([...released.values()].includes(true)) await enqueueDrain(tx, shop, now());
    // After orders and their jobs, as whoever knocks does.
    await noteLedgers(tx, shop, [...released.keys()]);
  });
}

/** Writes one order's findings; where the database refuses them, only that this is so, and that it is due again later. */
async function finishOne(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  work: Work,
  unfinished: boolean,
): Promise<void> {
  try {
    await write(services, shop, lease, [work], [findingOf(services, work, unfinished)]);
  } catch (error) {
    const bare: Work = { ...work, decision: broken(services, work, error), held: null };
    const finding = {
      ...findingOf(services, { ...bare, shopify: null }, false),
      amazon: null,
      lookedAt: null,
    };
    await write(services, shop, lease, [bare], [finding]);
  }
}

/**
 * Writes down what became of a batch and lets its orders go, in one transaction. `unfinished`: something was sent and not
 * yet looked at again; those stay due. Where something of one order cannot be written they are written one by one, so that
 * it does not hold the others.
 */
export async function finish(
  services: Services,
  shop: ShopDomain,
  lease: Lease,
  works: readonly Work[],
  unfinished: ReadonlySet<Work>,
): Promise<void> {
  if (works.length === 0) return;
  try {
    const findings = works.map((work) => findingOf(services, work, unfinished.has(work)));
    await write(services, shop, lease, works, findings);
  } catch {
    for (const work of works) await finishOne(services, shop, lease, work, unfinished.has(work));
  }
}

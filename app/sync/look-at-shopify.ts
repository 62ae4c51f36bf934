import { createOrderKey } from '../domain/command.ts';
import type { AmazonOrderId, ShopDomain, ShopifyOrderId } from '../domain/ids.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';
import { now } from '../lib/clock.ts';
import { needsWork } from '../domain/needs-books.ts';
import { needsHandling } from '../domain/needs-handling.ts';
import { lookUpOrders, questionsPerRequest, type OrderQuestion } from '../shopify/look-up-orders.ts';
import { booksPerRequest, booksPoints } from '../shopify/read-books.ts';
import { handlingPoints, handlingsPerRequest, readHandling } from '../shopify/read-handling.ts';
import { surelyWanted, withBooks } from './look-at-books.ts';
import type { Services } from './services.ts';
import { unreadableBecause } from './unreadable.ts';
import type { Work } from './work.ts';

/** Points that looking at an order with a request and acting on it usually takes, for spreading what has to wait. */
const usualPoints = 45;

/**
 * The link is certain once the create is confirmed, or was answered at its first try; until then both look-ups by
 * Amazon's id are asked.
 */
function question(work: Work): OrderQuestion {
  const { amazonOrderId, link } = work.order;
  const create = work.commands.find((c) => c.key === createOrderKey(amazonOrderId));
  const answered = create?.state === 'accepted' && create.attempt === 1;
  const certain = link.shopifyOrderId !== null && (!create || create.state === 'confirmed' || answered);
  return { amazonOrderId, shopifyOrderId: link.shopifyOrderId, search: !certain };
}

type Reading = Extract<ShopifyReading, { kind: 'read' }>;

/** Whether the mark of a request and the work on the order have to be seen too. */
function isDear(work: Work): boolean {
  const { order, amazon, requests, claims, commands } = work;
  if (order.link.shopifyOrderId === null) return false;
  const amazonOrder = amazon.kind === 'read' ? amazon.order : (order.remembered?.order ?? null);
  return needsHandling(amazonOrder, requests, claims, commands) || needsWork(amazonOrder, work);
}

/** Looks orders up in one request, for which points were taken. */
async function lookUp(
  services: Services,
  shop: ShopDomain,
  works: readonly Work[],
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const questions = works.map(question);
  const startedAt = now();
  const answers = await lookUpOrders(services.shopify(shop), questions);
  if (!answers.ok && answers.failure.kind === 'reconnect') services.forgetToken(shop);
  return new Map(
    questions.map(({ amazonOrderId }): [AmazonOrderId, ShopifyReading] => {
      if (!answers.ok) return [amazonOrderId, unreadableBecause(answers.failure)];
      const { linked, found, unclear } = answers.value.get(amazonOrderId) ?? noAnswer;
      return [
        amazonOrderId,
        { kind: 'read', startedAt, linked, found, unclear, handling: null, books: null, cancelJob: null },
      ];
    }),
  );
}

const noAnswer = { linked: null, found: null, unclear: [] };

/** Adds the mark and the work on orders with a request. What cannot be read makes the order unreadable. */
async function withHandling(
  services: Services,
  shop: ShopDomain,
  readings: ReadonlyMap<AmazonOrderId, ShopifyReading>,
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const client = services.shopify(shop);
  const linked = [...readings].flatMap(([id, reading]) =>
    reading.kind === 'read' && reading.linked ? [{ id, reading, order: reading.linked.id }] : [],
  );
  client.throttle.give((readings.size - linked.length) * handlingPoints);
  if (linked.length === 0) return new Map(readings);
  const read = await readHandling(
    client,
    linked.map(({ order }) => order),
  );
  const whole = ({ reading, order }: { reading: Reading; order: ShopifyOrderId }): ShopifyReading =>
    read.ok ? { ...reading, handling: read.value.get(order) ?? null } : unreadableBecause(read.failure);
  return new Map([...readings, ...linked.map((one) => [one.id, whole(one)] as const)]);
}

/** Orders that are looked at alike, in one request as far as they fit. */
interface Alike {
  readonly works: readonly Work[];
  readonly dear: boolean;
  readonly books: boolean;
}

/** Half of the smallest bucket: more at a time would wait while others take what comes in. */
const mostPoints = 1_000;

const pointsOf = ({ dear, books }: Omit<Alike, 'works'>): number =>
  1 + (dear ? handlingPoints : 0) + (books ? booksPoints : 0);

/** So many at once. */
function sizeOf(alike: Alike): number {
  const most = alike.dear ? handlingsPerRequest : alike.books ? booksPerRequest : questionsPerRequest;
  return Math.min(most, Math.max(1, Math.floor(mostPoints / pointsOf(alike))));
}

/** Looks for the points that all of them need; without, nothing is asked. */
async function lookAlike(
  services: Services,
  shop: ShopDomain,
  { works, dear, books }: Alike,
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const { throttle } = services.shopify(shop);
  const slot = throttle.take(works.length * pointsOf({ dear, books }));
  if (slot.ok) {
    const readings = await lookUp(services, shop, works);
    const handled = dear ? await withHandling(services, shop, readings) : readings;
    return withBooks(services, shop, works, handled, new Set(books ? works : []));
  }
  const at = Math.max(slot.at, throttle.book(works.length * (dear ? usualPoints : 1)));
  const why = 'Shopify’s limit is reached for the moment.';
  return new Map(
    works.map(({ order }): [AmazonOrderId, ShopifyReading] => [
      order.amazonOrderId,
      { kind: 'unreadable', why, at, final: false },
    ]),
  );
}

/**
 * Looks at Shopify for a batch of orders, many in one request. Points for all that an order needs are taken before
 * anything is asked for it: a look that ends halfway would spend what the next one waits for.
 */
export async function lookAtShopify(
  services: Services,
  shop: ShopDomain,
  batch: readonly Work[],
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const all = new Map<AmazonOrderId, ShopifyReading>();
  for (const dear of [false, true])
    for (const books of [false, true]) {
      const works = batch.filter((work) => isDear(work) === dear && surelyWanted(work) === books);
      const size = sizeOf({ works, dear, books });
      for (let i = 0; i < works.length; i += size) {
        const some = { works: works.slice(i, i + size), dear, books };
        for (const [id, reading] of await lookAlike(services, shop, some)) all.set(id, reading);
      }
    }
  return all;
}

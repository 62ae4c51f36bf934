import type { AmazonOrderId, ShopDomain, ShopifyOrderId } from '../domain/ids.ts';
import { commandsOfKind } from '../domain/command.ts';
import { needsBooks, surelyNeedsBooks } from '../domain/needs-books.ts';
import type { CancelJob } from '../domain/order-books.ts';
import type { ShopifyReading } from '../domain/shopify-order.ts';
import type { Result } from '../domain/failure.ts';
import { ok } from '../domain/failure.ts';
import type { AdminClient } from '../shopify/client.ts';
import { booksPerRequest, booksPoints, readBooks } from '../shopify/read-books.ts';
import { cancelJobPoints, readCancelJob } from '../shopify/read-cancel-job.ts';
import type { Services } from './services.ts';
import { unreadableBecause } from './unreadable.ts';
import type { Work } from './work.ts';

type Reading = Extract<ShopifyReading, { kind: 'read' }>;
interface Wanted {
  readonly work: Work;
  readonly reading: Reading;
  readonly order: ShopifyOrderId;
}

/** Whether the books of an order are read whatever else is seen of it. */
export const surelyWanted = (work: Work): boolean => work.wholeBooks === true || surelyNeedsBooks(work);

/** Orders whose books matter: those that are linked, and of which something happened beyond their creation. */
function wantedOf(
  works: readonly Work[],
  readings: ReadonlyMap<AmazonOrderId, ShopifyReading>,
): readonly Wanted[] {
  return works.flatMap((work) => {
    const reading = readings.get(work.order.amazonOrderId);
    if (reading?.kind !== 'read' || !reading.linked) return [];
    const amazon = work.amazon.kind === 'read' ? work.amazon.order : (work.order.remembered?.order ?? null);
    return work.wholeBooks || needsBooks(amazon, reading.linked, work)
      ? [{ work, reading, order: reading.linked.id }]
      : [];
  });
}

/** How the cancel came out that Shopify took, where its order is not cancelled yet. */
async function jobOf(client: AdminClient, { work, reading }: Wanted): Promise<Result<CancelJob | null>> {
  const taken = commandsOfKind(work.commands, 'cancel_shopify').find(({ state }) => state === 'accepted');
  if (!taken?.job || reading.linked?.cancelledAt !== null) return ok(null);
  const slot = client.throttle.take(cancelJobPoints);
  if (!slot.ok) return ok(null);
  return readCancelJob(client, taken.job);
}

/**
 * Adds what Shopify has on its books, many orders in one request. Where it cannot be read the order counts as unreadable:
 * nothing that moves money is decided on half a look. `taken`: orders for which the caller took `booksPoints`.
 */
export async function withBooks(
  services: Services,
  shop: ShopDomain,
  works: readonly Work[],
  readings: ReadonlyMap<AmazonOrderId, ShopifyReading>,
  taken: ReadonlySet<Work>,
): Promise<Map<AmazonOrderId, ShopifyReading>> {
  const client = services.shopify(shop);
  const all = new Map(readings);
  const wanted = wantedOf(works, readings);
  const unused = [...taken].filter((work) => !wanted.some((one) => one.work === work));
  client.throttle.give(booksPoints * unused.length);
  for (let i = 0; i < wanted.length; i += booksPerRequest) {
    const some = wanted.slice(i, i + booksPerRequest);
    const missing = some.filter(({ work }) => !taken.has(work)).length;
    const slot = client.throttle.take(booksPoints * missing);
    const at = slot.ok ? null : Math.max(slot.at, client.throttle.book(booksPoints));
    const read = slot.ok
      ? await readBooks(
          client,
          some.map(({ order }) => order),
        )
      : null;
    for (const one of some) {
      const id = one.work.order.amazonOrderId;
      if (!read) {
        all.set(id, {
          kind: 'unreadable',
          why: 'Shopify’s limit is reached for the moment.',
          at,
          final: false,
        });
        continue;
      }
      const books = read.ok ? read.value.get(one.order) : undefined;
      const job = books ? await jobOf(client, one) : ok(null);
      if (!read.ok) all.set(id, unreadableBecause(read.failure));
      else if (!job.ok) all.set(id, unreadableBecause(job.failure));
      else all.set(id, { ...one.reading, books: books ?? null, cancelJob: job.value });
    }
  }
  return all;
}

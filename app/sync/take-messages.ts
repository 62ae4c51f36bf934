import { createHash } from 'node:crypto';
import { readOrderChange, type OrderChange } from '../amazon/order-change.ts';
import type { MessageQueue, QueuedMessage } from '../amazon/queue.ts';
import { addClaims } from '../db/claims.ts';
import { shopsOfSellers } from '../db/system.ts';
import type { SellerId, ShopDomain } from '../domain/ids.ts';
import type { NewClaim } from '../domain/request.ts';
import { now } from '../lib/clock.ts';
import { knockNews } from './knock.ts';
import type { Services } from './services.ts';

interface Understood {
  readonly message: QueuedMessage;
  readonly change: OrderChange;
}

const errorText = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The same message delivered twice has one key, so that it is one claim (PRO-2). */
function keyOf({ message, change }: Understood): string {
  return change.notificationId ?? createHash('sha256').update(message.body).digest('hex');
}

function claimOf(one: Understood): NewClaim[] {
  const { asked, orderId, changedAt } = one.change;
  if (asked === null) return [];
  return [
    {
      amazonOrderId: orderId,
      source: 'notification',
      key: keyOf(one),
      orderItemIds: asked === 'whole' ? [] : asked,
      saidAt: changedAt,
      reason: null,
    },
  ];
}

/** Keeps what the messages say and knocks at the orders of which something new was said, in one transaction. */
async function keep(
  { db, vault }: Services,
  shop: ShopDomain,
  seller: SellerId,
  told: readonly Understood[],
): Promise<void> {
  await db.forShop(shop, async (tx) => {
    const fresh = new Set(await addClaims(tx, vault, shop, now(), told.flatMap(claimOf)));
    const news = told.map(({ change }) => ({ id: change.orderId, at: change.changedAt, change }));
    await knockNews(tx, shop, seller, {
      claimed: news.filter(({ id, change }) => change.asked !== null && fresh.has(id)),
      moved: news.filter(({ change }) => change.asked === null),
    });
  });
}

/** Like `keep`, but where something is wrong with one message the others are kept all the same. Answers what was kept. */
async function keepWhatCan(
  services: Services,
  shop: ShopDomain,
  seller: SellerId,
  told: readonly Understood[],
): Promise<QueuedMessage[]> {
  try {
    await keep(services, shop, seller, told);
    return told.map(({ message }) => message);
  } catch (error) {
    if (told.length > 1) {
      const kept: QueuedMessage[] = [];
      for (const one of told) kept.push(...(await keepWhatCan(services, shop, seller, [one])));
      return kept;
    }
    services.log.warn(
      { shop, message: told[0]?.message.id, error: errorText(error) },
      'a message from Amazon could not be kept; it comes again',
    );
    return [];
  }
}

/** Puts aside what was not understood; what cannot be put aside stays in the queue. Answers what was. */
async function putAside(
  { log }: Services,
  queue: MessageQueue,
  message: QueuedMessage,
  why: string,
): Promise<QueuedMessage[]> {
  try {
    const done = await queue.putAside(message, why);
    log.warn({ message: message.id, why, aside: done }, 'a message from Amazon was not understood');
    return done ? [message] : [];
  } catch (error) {
    log.warn({ message: message.id, why, error: errorText(error) }, 'a message could not be put aside');
    return [];
  }
}

/**
 * Takes messages in: what they claim and the knock are stored together, and only then may they be deleted. Answers those
 * that nothing is left to do about; the others come again by themselves, and in the end go to the dead letters.
 */
export async function takeMessages(
  services: Services,
  queue: MessageQueue,
  messages: readonly QueuedMessage[],
): Promise<QueuedMessage[]> {
  const done: QueuedMessage[] = [];
  const bySeller = new Map<SellerId, Understood[]>();
  for (const message of messages) {
    const read = readOrderChange(message.body);
    if (!read.ok) {
      done.push(...(await putAside(services, queue, message, read.why)));
      continue;
    }
    const { change } = read;
    bySeller.set(change.sellerId, [...(bySeller.get(change.sellerId) ?? []), { message, change }]);
  }
  const sellers = [...bySeller].sort(([one], [other]) => (one < other ? -1 : 1));
  const shops = await shopsOfSellers(services.db, [...bySeller.keys()]);
  for (const [seller, told] of sellers) {
    const shop = shops.get(seller);
    if (shop) {
      done.push(...(await keepWhatCan(services, shop, seller, told)));
      continue;
    }
    services.log.warn({ seller, messages: told.length }, 'messages for an account that no shop has');
    done.push(...told.map(({ message }) => message));
  }
  return done;
}

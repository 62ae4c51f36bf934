import type { Database } from '../db/client.ts';
import { firstTime, ordersNamed, type NamedOrder } from '../db/webhooks.ts';
import { withinSecond } from '../domain/within-second.ts';
import { now } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { readOrderNews, type OrderNews } from '../shopify/webhook-topics.ts';
import type { Webhook } from '../shopify/webhook.ts';
import { knockOwn } from './knock.ts';

/** When it happened, as fine as Shopify says it; null where it does not say. */
function happenedAt({ changedAt }: OrderNews, { triggeredAt }: Webhook): number | null {
  return changedAt === null ? triggeredAt : withinSecond(changedAt, triggeredAt ?? Infinity);
}

/** Our own echo, or what was overtaken by a later reading, is no news (PRO-2). */
function isNews({ knownUntil }: NamedOrder, at: number | null): boolean {
  return knownUntil === null || at === null || at > knownUntil;
}

/**
 * Takes in a webhook about orders: it knocks at those of ours that it names, once, and does nothing else (PRO-1). What is
 * not from Amazon leaves no trace. Orders and the webhook's id are written together. A payload of another form than
 * expected is noted without its contents; Shopify would only repeat it.
 */
export async function takeOrderNews(db: Database, log: Log, webhook: Webhook): Promise<void> {
  const { shop, topic, id: webhookId } = webhook;
  const news = readOrderNews(topic, webhook.payload);
  if (!news) {
    log.warn({ shop, topic }, 'A webhook of an unknown topic');
    return;
  }
  if (news.orders.length + news.fulfillmentOrders.length === 0) {
    log.warn({ shop, topic, webhookId }, 'A webhook that names no order');
    return;
  }
  const at = happenedAt(news, webhook);
  await db.forShop(shop, async (tx) => {
    const fresh = (await ordersNamed(tx, shop, news)).filter((order) => isNews(order, at));
    if (fresh.length === 0) return;
    if (webhookId !== null && !(await firstTime(tx, shop, webhookId, now()))) return;
    await knockOwn(tx, shop, fresh, { side: 'shopify' });
  });
}

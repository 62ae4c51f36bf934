import { z } from 'zod';
import type { Database, Tx } from '../db/client.ts';
import { eraseWordsOf, ordersWithWords, writeAudit } from '../db/privacy.ts';
import { shopRow } from '../db/shops.ts';
import { firstTime } from '../db/webhooks.ts';
import type { ShopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { enqueueErasure } from '../queue/enqueue.ts';
import type { Webhook } from '../shopify/webhook.ts';
import { knockOwn } from './knock.ts';

// Ids are digits. Nothing else is read: the payload has the customer's name, e-mail and phone number.
const ids = z
  .array(z.string().regex(/^\d+$/))
  .default([])
  .transform((all) => all.map((id) => `gid://shopify/Order/${id}`));
const dataRequest = z.object({
  orders_requested: ids,
  data_request: z.object({ id: z.string() }).optional(),
});
const redact = z.object({ orders_to_redact: ids });

type Act = (tx: Tx, shop: ShopDomain, installed: boolean) => Promise<void>;

/** All that is kept of a buyer is the reason given for a cancellation: the log says of which orders, for the merchant. */
function askedForData({ orders_requested, data_request }: z.infer<typeof dataRequest>): Act {
  return async (tx, shop) => {
    const held = await ordersWithWords(tx, shop, orders_requested);
    const after = {
      dataRequest: data_request?.id ?? null,
      orders: orders_requested.length,
      reasonsHeldOf: held.map((order) => order.id),
    };
    await writeAudit(tx, shop, { at: now(), action: 'customer_data_requested', after });
  };
}

/** Erases the reasons of these orders; where the shop has the app, Shopify's metafield loses them too. */
function erased({ orders_to_redact }: z.infer<typeof redact>): Act {
  return async (tx, shop, installed) => {
    const held = await ordersWithWords(tx, shop, orders_to_redact);
    const orders = held.map((order) => order.id);
    await eraseWordsOf(tx, shop, orders, now());
    const after = { orders: orders_to_redact.length, reasonsErasedOf: orders };
    await writeAudit(tx, shop, { at: now(), action: 'customer_redacted', after });
    if (installed) await knockOwn(tx, shop, held, { side: 'shopify' });
  };
}

/** A worker does it: a large shop takes longer than Shopify waits. A shop that has the app again keeps its data. */
const eraseShop: Act = async (tx, shop, installed) => {
  await writeAudit(tx, shop, { at: now(), action: 'shop_redact_asked', after: { installed } });
  if (!installed) await enqueueErasure(tx, shop, now());
};

function actOf({ topic, payload }: Webhook): Act | null {
  if (topic === 'shop/redact') return eraseShop;
  if (topic === 'customers/data_request') {
    const read = dataRequest.safeParse(payload);
    return read.success ? askedForData(read.data) : null;
  }
  const read = topic === 'customers/redact' ? redact.safeParse(payload) : null;
  return read?.success ? erased(read.data) : null;
}

/**
 * Takes in one of Shopify's three privacy webhooks, also of a shop that gave up the app (SEC-4). What is to be done is
 * done, or written as a job, before this ends. Of a shop that is not known nothing is kept.
 */
export async function takePrivacyRequest(db: Database, log: Log, webhook: Webhook): Promise<void> {
  const { shop, topic, id } = webhook;
  const act = actOf(webhook);
  if (!act) {
    log.warn({ shop, topic }, 'A privacy webhook of an unknown topic or form');
    return;
  }
  await db.forShop(shop, async (tx) => {
    const row = await shopRow(tx, shop);
    if (!row || (id !== null && !(await firstTime(tx, shop, id, now())))) return;
    await act(tx, shop, row.installed);
  });
}

import { createHmac, randomUUID } from 'node:crypto';
import type { WorldParts } from '../contract.ts';
import { onlyFields } from './include-fields.ts';
import { privacyTopics } from './privacy.ts';
import { pretendVersion } from './schema.ts';
import type { Emit, ShopifyOptions } from './world.ts';

/** A webhook that was not yet taken. */
export interface PendingWebhook {
  readonly shop: string;
  readonly topic: string;
  readonly attempts: number;
  /** World's time, milliseconds. */
  readonly dueAt: number;
}

/** Sends webhooks and tries again. */
export interface Webhooks {
  readonly emit: Emit;
  readonly pending: () => PendingWebhook[];
  /** Forgets what is due, of one shop or of all. */
  readonly clear: (shop?: string) => void;
}

interface Delivery {
  readonly shop: string;
  readonly topic: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  attempts: number;
  dueAt: number;
  cancel: () => void;
}

/** Waiting times between tries: 8 more within 4 hours, doubling. */
const retryMinutes = [1, 2, 4, 8, 16, 32, 64, 113];
const deadlineMs = 5000;
/** What an app hears although the shop does not have it (any more). */
const alsoUninstalled = new Set(['app/uninstalled', ...privacyTopics]);

/** JSON in which a BigInt is written as its digits, as Shopify writes ids beyond 2^53. */
function jsonWithBigIds(value: unknown): string {
  const mark = '\u0001';
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'bigint' ? `${mark}${String(one)}` : one,
  );
  return text.replace(/"\\u0001(\d+)"/g, '$1');
}

type App = Pick<ShopifyOptions, 'apiSecret' | 'appUrl' | 'subscriptions'>;

async function send(delivery: Delivery, url: string | null): Promise<boolean> {
  if (url === null) return false;
  try {
    const response = await fetch(new URL(delivery.path, url), {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

function headersOf(
  shop: string,
  topic: string,
  event: { readonly id: string; readonly at: number },
  signature: string,
): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'Shopify-Captain-Hook',
    'X-Shopify-Topic': topic,
    'X-Shopify-Shop-Domain': shop,
    'X-Shopify-API-Version': pretendVersion,
    'X-Shopify-Webhook-Id': randomUUID(),
    'X-Shopify-Event-Id': event.id,
    'X-Shopify-Triggered-At': new Date(event.at).toISOString(),
    'X-Shopify-Hmac-Sha256': signature,
  };
}

/** Delivers signed webhooks to the app's subscribed paths; what is due is scheduled on the world's clock. */
export function createWebhooks({ clock, faults }: WorldParts, app: App): Webhooks {
  const open = new Set<Delivery>();
  const sign = (body: string): string =>
    createHmac('sha256', app.apiSecret).update(body, 'utf8').digest('base64');

  const plan = (delivery: Delivery, at: number): void => {
    delivery.dueAt = at;
    open.add(delivery);
    delivery.cancel = clock.schedule(at, `webhook ${delivery.topic}`, async () => {
      const taken = await send(delivery, app.appUrl());
      if (!open.delete(delivery) || taken) return;
      const wait = retryMinutes[delivery.attempts];
      delivery.attempts += 1;
      if (wait !== undefined) plan(delivery, clock.now() + wait * 60_000);
    });
  };

  const start = (shop: string, topic: string, path: string, body: string, eventId: string): void => {
    if (faults.take('shopify', ['lose-webhook'], { topic, path })) return;
    const late = faults.take('shopify', ['late-webhook'], { topic, path });
    const twice = faults.take('shopify', ['duplicate-webhook'], { topic, path });
    const now = clock.now();
    const headers = headersOf(shop, topic, { id: eventId, at: now }, sign(body));
    for (let copies = twice ? 2 : 1; copies > 0; copies -= 1)
      plan(
        { shop, topic, path, body, headers, attempts: 0, dueAt: now, cancel: () => undefined },
        now + (late?.ms ?? (late ? 60_000 : 0)),
      );
  };

  return {
    emit: (shop, topic, payload, eventId = randomUUID()) => {
      const subscribed = app.subscriptions.filter((one) => one.topic === topic);
      if (subscribed.length === 0 || (!shop.installed && !alsoUninstalled.has(topic))) return;
      const whole = payload();
      for (const { path, includeFields } of subscribed) {
        const body = jsonWithBigIds(includeFields ? onlyFields(whole, includeFields) : whole);
        start(shop.domain, topic, path, body, eventId);
      }
    },
    pending: () => [...open].map(({ shop, topic, attempts, dueAt }) => ({ shop, topic, attempts, dueAt })),
    clear: (shop) => {
      for (const delivery of open) {
        if (shop !== undefined && delivery.shop !== shop) continue;
        open.delete(delivery);
        delivery.cancel();
      }
    },
  };
}

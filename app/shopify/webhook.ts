import { createHmac, timingSafeEqual } from 'node:crypto';
import { shopDomain, type ShopDomain } from '../domain/ids.ts';
import { parseExactly } from '../lib/exact-json.ts';
import { readBody } from '../lib/read-body.ts';

/** More than any webhook that the app subscribes to can have: they carry ids. */
export const mostWebhookBytes = 2 ** 20;

/** A webhook whose signature is right. */
export interface Webhook {
  readonly shop: ShopDomain;
  /** `orders/updated`. */
  readonly topic: string;
  /** Shopify's id of this delivery, the same for its repetitions; null where none was sent. */
  readonly id: string | null;
  /** When it happened in Shopify, ms UTC; null where that was not sent. */
  readonly triggeredAt: number | null;
  /** Whole numbers are texts of digits; undefined where the body is no JSON. */
  readonly payload: unknown;
}

function isSigned(body: Buffer, signature: string | null, secret: string): boolean {
  const right = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === right.length && timingSafeEqual(given, right);
}

function shopOf(header: string | null): ShopDomain | null {
  try {
    return shopDomain(header ?? '');
  } catch {
    return null;
  }
}

function payloadOf(body: Buffer): unknown {
  try {
    return parseExactly(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Reads a webhook and checks Shopify's signature over its raw bytes (SEC-3), or answers the HTTP status that refuses it:
 * 405 what is no POST, 413 what is too large, 401 what is not signed or does not name its shop and topic. Nothing else is
 * asked: Shopify's library would look for the shop's token and refresh it before, and fails so for every shop that gave
 * the app up (Shopify/shopify-app-js#3360); and it damages ids beyond 2^53.
 */
export async function openWebhook(request: Request, secret: string): Promise<Webhook | 401 | 405 | 413> {
  if (request.method !== 'POST') return 405;
  const body = await readBody(request, mostWebhookBytes);
  if (body === null) return 413;
  const header = (name: string) => request.headers.get(`X-Shopify-${name}`);
  const shop = shopOf(header('Shop-Domain'));
  const topic = header('Topic')?.toLowerCase() ?? '';
  const signed = body.length > 0 && isSigned(body, header('Hmac-Sha256'), secret);
  if (!signed || shop === null || topic === '') return 401;
  const at = Date.parse(header('Triggered-At') ?? '');
  return {
    shop,
    topic,
    id: header('Webhook-Id'),
    triggeredAt: Number.isNaN(at) ? null : at,
    payload: payloadOf(body),
  };
}

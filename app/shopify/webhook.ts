import { createHmac, timingSafeEqual } from 'node:crypto';
import { shopDomain, type ShopDomain } from '../domain/ids.ts';
import { parseExactly } from '../lib/exact-json.ts';
import { readBody } from '../lib/read-body.ts';

/** More than any webhook that the app subscribes to, or any call of Shopify Flow, can have: they carry ids. */
export const mostSignedBytes = 2 ** 20;

/** A webhook whose signature is right. */
export interface Webhook {
  readonly shop: ShopDomain;
  /** `orders/updated`. */
  readonly topic: string;
  /** Shopify's id of this delivery, the same for its repetitions; null where none was sent. */
  readonly id: string | null;
  /** When it happened in Shopify, ms UTC; null where that was not sent. */
  readonly triggeredAt: number | null;
  /** A JSON object; whole numbers are texts of digits. */
  readonly payload: object;
}

function isSigned(body: Buffer, signature: string | null, secret: string): boolean {
  const right = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === right.length && timingSafeEqual(given, right);
}

function shopOf(text: unknown): ShopDomain | null {
  try {
    return typeof text === 'string' ? shopDomain(text) : null;
  } catch {
    return null;
  }
}

/**
 * The JSON object of a signed body, whole numbers as texts of digits; null where it is none. Shopify signs other texts with the same secret, which the shop's staff
 * can see: session tokens, and the addresses that the app is opened at. Neither begins so.
 */
export function objectIn(body: Buffer): object | null {
  const text = body.toString('utf8');
  try {
    return text.startsWith('{') ? (parseExactly(text) as object) : null;
  } catch {
    return null;
  }
}

/** Where a topic's payload names its shop: what ends an installation or touches a buyer's data. */
const shopFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['app/uninstalled', ['myshopify_domain', 'domain']],
  ['customers/data_request', ['shop_domain']],
  ['customers/redact', ['shop_domain']],
  ['shop/redact', ['shop_domain']],
]);

/** Only the body is signed: where it names a shop, the header must name the same one. */
function isAbout(shop: ShopDomain, topic: string, payload: object): boolean {
  const fields = shopFields.get(topic);
  const named = new Map<string, unknown>(Object.entries(payload));
  return !fields || fields.some((field) => shopOf(named.get(field)) === shop);
}

/**
 * Reads a webhook and checks Shopify's signature over its raw bytes (SEC-3), or answers the HTTP status that refuses it:
 * 405 what is no POST, 413 what is too large, 401 what is not signed, is no JSON object, does not say its shop and topic, or
 * is about another shop than it says. Nothing else is asked: Shopify's library would look for the shop's token and refresh it
 * before, and fails so for every shop that gave the app up (Shopify/shopify-app-js#3360); and it damages ids beyond 2^53.
 */
export async function openWebhook(request: Request, secret: string): Promise<Webhook | 401 | 405 | 413> {
  if (request.method !== 'POST') return 405;
  const body = await readBody(request, mostSignedBytes);
  if (body === null) return 413;
  const header = (name: string) => request.headers.get(`X-Shopify-${name}`);
  const shop = shopOf(header('Shop-Domain'));
  const topic = header('Topic')?.toLowerCase() ?? '';
  const payload = isSigned(body, header('Hmac-Sha256'), secret) ? objectIn(body) : null;
  if (payload === null || shop === null || topic === '' || !isAbout(shop, topic, payload)) return 401;
  const at = Date.parse(header('Triggered-At') ?? '');
  return {
    shop,
    topic,
    id: header('Webhook-Id'),
    triggeredAt: Number.isNaN(at) ? null : at,
    payload,
  };
}

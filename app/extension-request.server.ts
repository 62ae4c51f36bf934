import { z } from 'zod';
import { adminPlace } from './admin-place.server.ts';
import type { Refused } from './domain/explain-refusal.ts';
import { sayNoBuyers, voiceIn, type Voice } from './extensions/voice.ts';
import { services } from './services.server.ts';
import { authenticateExtension } from './shopify.server.ts';

const orderId = z.string().regex(/^gid:\/\/shopify\/Order\/\d{1,20}$/);
const locale = z.string().max(20);
const asked = z.object({ order: orderId, locale });
/** So many Shopify lets a person select at once. */
const most = 250;
const printed = z.object({
  orders: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(orderId).max(most)),
  locale,
});

/** A question of an extension: about which Shopify order (its global id), by whom, and in which words it is answered. */
interface Question {
  readonly order: string;
  readonly voice: Voice;
  readonly by: string;
  readonly refused: Refused | null;
}

/**
 * Answers an extension, which runs on another origin than the app. Its session token tells shop and user; without a valid one
 * nothing is answered (SEC-3), and what it asks about is looked for in its own shop alone (SEC-1).
 */
async function answerAs<Asked extends { readonly locale: string }>(
  request: Request,
  shape: z.ZodType<Asked>,
  work: (asked: Asked, by: Omit<Question, 'order'>) => Promise<string>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const { shop, by, role, refused, cors } = await authenticateExtension(request);
  const query = shape.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  try {
    if (!query.success) throw new Response(null, { status: 400 });
    const voice = await voiceIn(services, adminPlace, { shop, role, locale: query.data.locale });
    const said = await work(query.data, { voice, by, refused });
    return cors(new Response(said, { headers: { ...headers, 'Cache-Control': 'no-store' } }));
  } catch (refusal) {
    if (refusal instanceof Response) cors(refusal);
    throw refusal;
  }
}

/** Answers a question of an extension about one order. */
export function answerExtension(
  request: Request,
  work: (question: Question) => Promise<object> | object,
): Promise<Response> {
  const answer = async ({ order }: z.infer<typeof asked>, by: Omit<Question, 'order'>) =>
    JSON.stringify(await work({ order, ...by }));
  return answerAs(request, asked, answer, { 'Content-Type': 'application/json' });
}

/**
 * Answers with a page to print about orders; it can load and run nothing. It may hold a buyer's name and address, so whoever
 * may not see orders in Shopify, or of whom Shopify does not say, gets a sentence and 403 instead.
 */
export function printForExtension(
  request: Request,
  work: (orders: readonly string[], voice: Voice) => Promise<string>,
): Promise<Response> {
  const print = ({ orders }: z.infer<typeof printed>, { voice }: Pick<Question, 'voice'>) => {
    const refusal = sayNoBuyers(voice);
    if (refusal === null) return work(orders, voice);
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
    throw new Response(refusal, { status: 403, headers });
  };
  return answerAs(request, printed, print, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
}

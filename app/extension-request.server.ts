import { z } from 'zod';
import { adminPlace } from './admin-place.server.ts';
import type { Refused } from './domain/explain-refusal.ts';
import { voiceIn, type Voice } from './extensions/voice.ts';
import { services } from './services.server.ts';
import { authenticateExtension } from './shopify.server.ts';

const asked = z.object({
  order: z.string().regex(/^gid:\/\/shopify\/Order\/\d{1,20}$/),
  locale: z.string().max(20),
});

/** A question of an extension: about which Shopify order (its global id), by whom, and in which words it is answered. */
interface Question {
  readonly order: string;
  readonly voice: Voice;
  readonly by: string;
  readonly refused: Refused | null;
}

/**
 * Answers a question of an extension, which runs on another origin than the app. Its session token tells shop and user;
 * without a valid one nothing is answered (SEC-3), and what it asks about is looked for in its own shop alone (SEC-1).
 */
export async function answerExtension(
  request: Request,
  work: (question: Question) => Promise<object> | object,
): Promise<Response> {
  const { shop, by, role, refused, cors } = await authenticateExtension(request);
  const query = asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  try {
    if (!query.success) throw new Response(null, { status: 400 });
    const { order, locale } = query.data;
    const voice = await voiceIn(services, adminPlace, { shop, role, locale });
    const said = JSON.stringify(await work({ order, voice, by, refused }));
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    return cors(new Response(said, { headers }));
  } catch (refusal) {
    if (refusal instanceof Response) cors(refusal);
    throw refusal;
  }
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { decisionViewOf } from '../extensions/decision-view.ts';
import { answerExtension } from '../extension-request.server.ts';
import { services } from '../services.server.ts';
import { decisionWish } from '../sync/take-decision.ts';

const wanted = z.union([
  z.object({ intent: z.literal('look_again') }),
  decisionWish.refine((wish) => wish.intent !== 'refund' && wish.intent !== 'unmark'),
]);

/** A browser asks first whether it may ask from where the extension runs; everything else is a POST. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  answerExtension(request, () => {
    throw new Response(null, { status: 405 });
  });

/** A staff member's decision from an extension, or what it would do: the same guards and words as in the app. */
export const action = ({ request }: ActionFunctionArgs) =>
  answerExtension(request, async ({ order, voice, by, refused }) => {
    const wish = wanted.safeParse(await request.json().catch(() => null));
    if (!wish.success) throw new Response(null, { status: 400 });
    return decisionViewOf(services, order, wish.data, voice, { by, refused });
  });

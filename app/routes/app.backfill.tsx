import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { fates } from '../db/previewed-orders.ts';
import { sellerId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { stopOrResume } from '../sync/backfill.ts';
import { createOlder, mostDaysBack, previewOlder } from '../sync/older-orders.ts';
import { olderView } from '../sync/older-view.ts';
import { OlderPage } from '../ui/older-page.tsx';

const id = z.uuid();
const asked = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('preview'),
    seller: z.string().min(1).max(40),
    days: z.number().int().min(1).max(730),
    marketplaces: z.array(z.string().max(40)).max(50),
  }),
  z.object({ intent: z.literal('create'), id, shippedStock: z.enum(['leave', 'decrement']) }),
  z.object({ intent: z.enum(['stop', 'resume']), id }),
]);
export type OlderWish = z.infer<typeof asked>;

const shown = z.object({
  fate: z.enum(fates).catch('create'),
  page: z.coerce.number().int().min(0).max(1_000).catch(0),
});

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  const mostDays = await mostDaysBack(services, shop);
  const wanted = shown.parse(Object.fromEntries(new URL(request.url).searchParams));
  const view = await services.db.forShop(shop, (tx) => olderView(tx, shop, now(), wanted));
  return { ...view, mostDays, now: now() };
};

/** Counts older orders, brings in what was counted, stops that or lets it go on. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const wish = body.data;
  // Counting only reads.
  if (refused && wish.intent !== 'preview') return { ok: false };
  switch (wish.intent) {
    case 'preview': {
      const { seller, days, marketplaces: marketplaceIds } = wish;
      const row = await previewOlder(services, shop, { sellerId: sellerId(seller), days, marketplaceIds });
      return { ok: row !== null };
    }
    case 'create': {
      const { id: preview, shippedStock } = wish;
      return { ok: (await createOlder(services, shop, { preview, shippedStock, by })) !== null };
    }
    case 'stop':
    case 'resume':
      return {
        ok: await stopOrResume(services, shop, wish.id, wish.intent === 'stop' ? 'stopped' : 'running'),
      };
  }
};

export default function Older() {
  return <OlderPage {...useLoaderData<typeof loader>()} />;
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';

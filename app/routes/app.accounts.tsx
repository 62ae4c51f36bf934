import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { changeGuide } from '../db/guide.ts';
import { sellerId, shopDomain } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import { db, services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { accountViews } from '../sync/account-views.ts';
import { chooseMarketplaces } from '../sync/choose-marketplaces.ts';
import { disconnectSeller } from '../sync/disconnect-seller.ts';
import { connectChoices } from '../sync/setup-view.ts';
import { AccountsPage } from '../ui/accounts-page.tsx';

const seller = z.string().min(1).max(40);
const asked = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('choose'),
    accounts: z.array(z.object({ seller, marketplaces: z.array(z.string().max(40)).max(50) })).max(50),
  }),
  z.object({ intent: z.literal('disconnect'), seller }),
]);
export type AccountWish = z.infer<typeof asked>;

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { session } = await authenticateAdmin(request);
  const shop = shopDomain(session.shop);
  return {
    accounts: await db.forShop(shop, (tx) => accountViews(tx, shop, now())),
    choices: connectChoices(services.connecting.app !== null),
    now: now(),
  };
};

/** Chooses the marketplaces whose orders come in, or disconnects an account. All of it or nothing. */
export const action = async ({ request }: ActionFunctionArgs) => {
  const { shop, by, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  const wish = body.data;
  if (refused) return { ok: false, intent: wish.intent };
  if (wish.intent === 'disconnect')
    return { ok: await disconnectSeller(services, shop, sellerId(wish.seller), by), intent: wish.intent };
  await db.forShop(shop, async (tx) => {
    for (const one of wish.accounts)
      if (!(await chooseMarketplaces(tx, shop, sellerId(one.seller), one.marketplaces, by)))
        throw new Response(null, { status: 400 });
    await changeGuide(tx, shop, { step: 'marketplaces' });
  });
  return { ok: true, intent: wish.intent };
};

export default function Accounts() {
  return <AccountsPage {...useLoaderData<typeof loader>()} />;
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { connectRefusals, notConnected, type ConnectOutcome } from '../domain/connect-refusal.ts';
import { sellerId } from '../domain/ids.ts';
import { marketplace } from '../domain/marketplaces.ts';
import { services } from '../services.server.ts';
import { authenticateAdmin, authenticateStaff } from '../shopify.server.ts';
import { beginConsent, finishConsent, goOnFromAppstore, openStart } from '../sync/connect-by-consent.ts';
import { connectByToken } from '../sync/connect-by-token.ts';
import { connectChoices } from '../sync/setup-view.ts';
import { ConnectPage } from '../ui/connect-page.tsx';

const seller = z.string().regex(/^[A-Z0-9]{6,20}$/);
const place = z.string().transform((id, context) => {
  const found = marketplace(id);
  if (!found) context.addIssue('must be a marketplace');
  return found ?? z.NEVER;
});
const asked = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('begin'), at: place, seller: seller.nullable() }),
  z.object({ intent: z.literal('go_on'), at: place, start: z.string().max(8_000) }),
  z.object({ intent: z.literal('finish'), ticket: z.string().min(1).max(200) }),
  z.object({
    intent: z.literal('token'),
    at: place,
    seller,
    refreshToken: z.string().trim().min(1).max(4_000),
  }),
]);
export type ConnectWish = z.input<typeof asked>;

/** How a wish to connect ended: an address of Amazon's to go on at, or an outcome. */
export type ConnectAnswer = { readonly url: string } | ConnectOutcome;

const refusal = z.enum(connectRefusals);

export const loader = async ({ request }: LoaderFunctionArgs) => {
  await authenticateAdmin(request);
  const query = new URL(request.url).searchParams;
  const start = query.get('start');
  const opened = start === null ? null : openStart(services.vault, start);
  return {
    choices: connectChoices(services.connecting.app !== null),
    ticket: query.get('ticket'),
    refused: refusal.safeParse(query.get('refused')).data ?? (start !== null && !opened ? 'late' : null),
    start: start !== null && opened ? { sealed: start, sellerId: opened.sellerId } : null,
  };
};

const urlOr = (url: string | null, otherwise: ConnectOutcome): ConnectAnswer =>
  url === null ? otherwise : { url };

/** Connects an Amazon account: by Amazon's page, there and back, or by a refresh token. */
export const action = async ({ request }: ActionFunctionArgs): Promise<ConnectAnswer> => {
  const { shop, staff, refused } = await authenticateStaff(request);
  const body = asked.safeParse(await request.json().catch(() => null));
  if (!body.success) throw new Response(null, { status: 400 });
  if (refused) return notConnected('not_allowed');
  const wish = body.data;
  switch (wish.intent) {
    case 'begin': {
      const wanted = wish.seller === null ? null : sellerId(wish.seller);
      const url = await beginConsent(services, shop, { staff, at: wish.at, sellerId: wanted });
      return urlOr(url, notConnected('no_app'));
    }
    case 'go_on':
      return urlOr(
        await goOnFromAppstore(services, shop, { staff, at: wish.at }, wish.start),
        notConnected('late'),
      );
    case 'finish':
      return finishConsent(services, shop, staff, wish.ticket);
    case 'token': {
      const { at, refreshToken } = wish;
      const typed = { sellerId: sellerId(wish.seller), region: at.region, refreshToken };
      return connectByToken(services, shop, { ...typed, by: `staff ${staff}` });
    }
  }
};

export default function Connect() {
  return <ConnectPage {...useLoaderData<typeof loader>()} />;
}

export { AppError as ErrorBoundary } from '../ui/page-error.tsx';

import { z } from 'zod';
import { beginAttempt, takeState, takeTicket } from '../db/connect-attempts.ts';
import { grantEnds } from '../domain/authorisation.ts';
import { notConnected, type ConnectOutcome, type ConnectRefusal } from '../domain/connect-refusal.ts';
import { confirmUrl, consentUrl, type AppstoreStart } from '../domain/consent.ts';
import { sellerId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import { regionOf, type Marketplace } from '../domain/marketplaces.ts';
import { now } from '../lib/clock.ts';
import type { Vault } from '../lib/crypto.ts';
import { belongsToAnother, connectAccount, refusalFor } from './connect-account.ts';
import type { Services } from './services.ts';
import { hashOfWord, newWord } from './single-use.ts';

/** So long a person may take on Amazon's pages. */
const stateMs = 10 * 60_000;
/** Amazon's code lives so long. Source: Amazon's website authorisation workflow. */
const codeMs = 5 * 60_000;
/** So long somebody who came from Amazon's appstore may take to open the app in their shop. */
const startMs = 30 * 60_000;

/** Who sets out, and where to. */
export interface Wayfarer {
  /** Shopify's id of the staff member whose session it is. */
  readonly staff: string;
  /** In whose Seller Central the account is. */
  readonly at: Marketplace;
  /** The account it has to be; null where any will do. */
  readonly sellerId: SellerId | null;
}

async function setOut(
  { db }: Services,
  shop: ShopDomain,
  { staff, at, sellerId }: Wayfarer,
): Promise<string> {
  const state = newWord();
  const attempt = { stateHash: hashOfWord(state), staff, marketplaceId: at.id, sellerId, beganAt: now() };
  await db.forShop(shop, (tx) => beginAttempt(tx, shop, attempt));
  return state;
}

/** The page of Amazon's on which a seller lets this app in; null: there is none for this installation. */
export async function beginConsent(
  services: Services,
  shop: ShopDomain,
  wayfarer: Wayfarer,
): Promise<string | null> {
  const { app } = services.connecting;
  return app && consentUrl(app, wayfarer.at, await setOut(services, shop, wayfarer));
}

const sealedStart = z.object({
  callbackUri: z.string(),
  amazonState: z.string(),
  sellerId: z.string(),
  at: z.number(),
});

/** What Amazon's appstore said, for the way through Shopify's login: nobody but this app can read or make it. */
export function sealStart(vault: Vault, start: AppstoreStart): string {
  return vault.seal(JSON.stringify({ ...start, at: now() }));
}

/** What was sealed on the way through Shopify's login; null where it is not ours, or too old. */
export function openStart(vault: Vault, sealed: string): AppstoreStart | null {
  try {
    const { at, ...start } = sealedStart.parse(JSON.parse(vault.open(sealed)));
    return now() - at <= startMs ? start : null;
  } catch {
    return null;
  }
}

/** Where somebody who began in Amazon's appstore goes on, for this shop; null where that is over. */
export async function goOnFromAppstore(
  services: Services,
  shop: ShopDomain,
  wayfarer: Omit<Wayfarer, 'sellerId'>,
  sealed: string,
): Promise<string | null> {
  const { app } = services.connecting;
  const start = openStart(services.vault, sealed);
  if (!app || !start) return null;
  const state = await setOut(services, shop, { ...wayfarer, sellerId: sellerId(start.sellerId) });
  return confirmUrl(app, start, state);
}

/** What to do with a browser that Amazon led back. `shop` null: nobody knows where it belongs. */
export type CameBack =
  | { readonly shop: ShopDomain; readonly ticket: string }
  | { readonly shop: ShopDomain | null; readonly refusal: ConnectRefusal };

/**
 * Amazon led a browser back. The state is used up, and the browser gets a ticket in its place: which person of which shop it
 * is, only the app inside Shopify can tell. So nobody can be led to connect their account to another's shop.
 */
export async function comeBack(services: Services, query: URLSearchParams): Promise<CameBack> {
  const state = query.get('state') ?? '';
  const code = query.get('spapi_oauth_code') ?? '';
  if (state === '') return { shop: null, refusal: 'late' };
  const ticket = newWord();
  const { shop, taken } = await takeState(services.db, hashOfWord(state), now(), now() - stateMs, {
    returnedSeller: query.get('selling_partner_id'),
    sealedCode: code === '' ? null : services.vault.seal(code),
    ticketHash: hashOfWord(ticket),
  });
  return shop && taken ? { shop, ticket } : { shop, refusal: 'late' };
}

/**
 * Ends the way through Amazon's page, inside Shopify: the ticket serves once, to the person who set out, in their shop. The
 * code is exchanged, the account looked at and kept.
 */
export async function finishConsent(
  services: Services,
  shop: ShopDomain,
  staff: string,
  ticket: string,
): Promise<ConnectOutcome> {
  const attempt = await services.db.forShop(shop, (tx) =>
    takeTicket(tx, shop, hashOfWord(ticket), staff, now()),
  );
  if (!attempt) return notConnected('other_person');
  const { sealedCode, returnedSeller, returnedAt, marketplaceId } = attempt;
  const region = regionOf(marketplaceId);
  if (sealedCode === null || returnedSeller === null || region === null) return notConnected('cancelled');
  if (attempt.sellerId !== null && attempt.sellerId !== returnedSeller) return notConnected('other_account');
  if (now() - returnedAt > codeMs) return notConnected('late');
  const token = await services.connecting.exchange(region, services.vault.open(sealedCode));
  if (!token.ok) {
    services.log.warn({ shop, code: token.failure.code }, 'a code was not exchanged');
    return notConnected(refusalFor(token.failure, 'late'));
  }
  const grant = { sellerId: returnedSeller, region, refreshToken: token.value };
  const client = services.connecting.client(grant);
  // The address that Amazon led back to names the account, and whoever holds the browser can change an address.
  if (await belongsToAnother(client, returnedSeller)) return notConnected('wrong_seller');
  return connectAccount(services, shop, client, {
    ...grant,
    grantedUntil: grantEnds(now()),
    by: `staff ${staff}`,
  });
}

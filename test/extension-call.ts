import { signSessionToken } from '../app/sandbox/shopify/session-token.ts';
import { appCredentials } from '../app/sandbox/app-environment.ts';
import type { Sandbox } from '../app/sandbox/start.ts';
import { paths } from '../extensions/shared/contract.ts';
import { agent } from './browser/admin-page.ts';

interface Asking {
  /** Its global id; for the sheet several, with commas. */
  readonly order: string;
  readonly locale?: string;
  readonly body?: unknown;
  /** null: none at all. */
  readonly token?: string | null;
}

/** A session token of the shop's staff as Shopify signs it, `age` ms old. */
export function tokenOf(
  { shop, world }: Pick<Sandbox, 'shop' | 'world'>,
  {
    of = shop,
    age = 0,
    secret = appCredentials.shopify.apiSecret,
    key = appCredentials.shopify.apiKey,
  }: { of?: string; age?: number; secret?: string; key?: string } = {},
): string {
  return signSessionToken(of, { apiKey: key, apiSecret: secret }, '9021001', world.clock.now() - age);
}

/** Asks the app as an extension does, from the origin that Shopify runs extensions on; with a body it is a POST. */
export async function askAsExtension(
  sandbox: Sandbox,
  path: string,
  { order, locale = 'en', body, token = tokenOf(sandbox) }: Asking,
): Promise<Response> {
  const url = new URL(path, sandbox.app);
  url.searchParams.set(path === paths.sheet ? 'orders' : 'order', order);
  url.searchParams.set('locale', locale);
  return fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'user-agent': agent,
      origin: 'https://extensions.shopifycdn.com',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
  });
}

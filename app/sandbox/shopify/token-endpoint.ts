import type { Answer } from './http.ts';
import { verifySessionToken } from './session-token.ts';
import type { ShopState } from './shop-state.ts';
import type { Grant, IssuedTokens } from './tokens.ts';
import type { ShopifyWorld } from './world.ts';

const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
const idTokenType = 'urn:ietf:params:oauth:token-type:id_token';
const offlineType = 'urn:shopify:params:oauth:token-type:offline-access-token';
const onlineType = 'urn:shopify:params:oauth:token-type:online-access-token';

type Fields = Readonly<Record<string, unknown>>;

function refused(error: string, description: string, status = 400): Answer {
  return { status, body: { error, error_description: description } };
}

function parse(text: string, contentType: string): Fields {
  if (contentType.includes('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : {};
  } catch {
    return {};
  }
}

/** The scopes that are left of an app's after the permissions of a person (`shopify.staff-permissions`). */
function scopesOf(grant: Grant, permissions: string): readonly string[] {
  const scopes = [...(grant.scopes ?? [])];
  if (permissions === 'all') return scopes;
  // Somebody who may only see orders keeps the reading half of the scope.
  const reading = permissions === 'read-orders' ? ['read_orders'] : [];
  return [...reading, ...scopes.filter((scope) => !scope.includes('orders'))];
}

interface Staff {
  readonly user: string;
  readonly permissions: string;
}

function body(tokens: IssuedTokens, grant: Grant, staff: Staff | null): Answer {
  return {
    status: 200,
    body: {
      access_token: tokens.accessToken,
      scope: [...(grant.scopes ?? [])].join(','),
      ...(tokens.expiresIn === null ? {} : { expires_in: tokens.expiresIn }),
      ...(tokens.refreshToken === null
        ? {}
        : { refresh_token: tokens.refreshToken, refresh_token_expires_in: tokens.refreshExpiresIn }),
      ...(staff === null
        ? {}
        : {
            associated_user_scope: scopesOf(grant, staff.permissions).join(','),
            associated_user: {
              id: Number(staff.user),
              first_name: 'Sam',
              last_name: 'Staff',
              email: 'sam@shop.example',
              email_verified: true,
              account_owner: true,
              locale: 'en',
              collaborator: false,
            },
          }),
    },
  };
}

function exchangeToken(world: ShopifyWorld, shop: ShopState, fields: Fields): Answer {
  const now = world.parts.clock.now();
  if (fields['subject_token_type'] !== idTokenType)
    return refused('invalid_request', 'subject_token_type must be an id token');
  const claims = verifySessionToken(String(fields['subject_token']), shop.domain, world.options, now);
  if (!claims || !shop.installed)
    return refused('invalid_subject_token', 'The subject token is invalid or expired');
  const wanted = fields['requested_token_type'];
  if (wanted !== offlineType && wanted !== onlineType)
    return refused('invalid_request', 'requested_token_type is unknown');
  const kind = wanted === onlineType ? 'online' : 'offline';
  const expiring = fields['expiring'] === '1' || fields['expiring'] === 1;
  const rejects = world.parts.behaviour.get('shopify.non-expiring-tokens') === 'rejects';
  if (kind === 'offline' && !expiring && rejects)
    return refused('invalid_request', 'Non-expiring offline access tokens are not given to this app');
  const permissions = world.parts.behaviour.get('shopify.staff-permissions');
  if (kind === 'online' && permissions === 'not-said')
    return refused('temporarily_unavailable', 'Try again later', 503);
  const grant: Grant = { caller: 'app', kind, scopes: new Set(shop.scopes) };
  const tokens = world.tokens.issue(shop.domain, grant, expiring, now);
  return body(tokens, grant, kind === 'online' ? { user: claims.sub, permissions } : null);
}

/** `POST /admin/oauth/access_token`: token exchange and refresh, in JSON or as a form. */
export function tokenEndpoint(
  world: ShopifyWorld,
  shop: ShopState | undefined,
  text: string,
  contentType: string,
): Answer {
  const fields = parse(text, contentType);
  if (!shop) return { status: 404, body: { errors: 'Not Found' } };
  if (fields['client_id'] !== world.options.apiKey || fields['client_secret'] !== world.options.apiSecret)
    return refused('invalid_client', 'Client authentication failed', 401);
  if (fields['grant_type'] === exchange) return exchangeToken(world, shop, fields);
  if (fields['grant_type'] !== 'refresh_token')
    return refused('unsupported_grant_type', 'Unknown grant type');
  const fresh = world.tokens.refresh(shop.domain, String(fields['refresh_token']), world.parts.clock.now());
  return fresh
    ? body(fresh.issued, fresh.grant, null)
    : refused('invalid_grant', 'The refresh token is invalid, expired or was replaced');
}

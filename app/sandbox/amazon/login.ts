import { randomBytes } from 'node:crypto';
import type { Answer } from './answers.ts';
import type { Codes } from './codes.ts';
import type { Seller } from './seller.ts';

/** What an access token stands for; a grantless one has no seller. */
export interface AccessToken {
  readonly sellerId: string | null;
  /** What a grantless one may be used for. */
  readonly scopes: readonly string[];
  /** Milliseconds of the world's time. */
  readonly expiresAt: number;
  /** Opens these resources only (`GET /path`): a restricted data token. */
  readonly restrictedTo?: readonly string[];
}

const tokenSeconds = 3600;
const scopes = ['sellingpartnerapi::notifications', 'sellingpartnerapi::client_credential:rotation'];

function refusal(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

/** Fields of a token request, form-encoded or JSON; null where the body is neither. */
function fieldsOf(body: string, contentType: string): Map<string, string> | null {
  if (!contentType.includes('json')) return new Map(new URLSearchParams(body));
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return null;
    return new Map(
      Object.entries(parsed).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  } catch {
    return null;
  }
}

/** Login with Amazon: client id and secret, the sellers by refresh token, and the tokens that are out. */
export interface LoginParts {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sellers: ReadonlyMap<string, Seller>;
  readonly tokens: Map<string, AccessToken>;
  /** What consents gave out. */
  readonly codes: Codes;
  readonly now: () => number;
}

function issue(
  { tokens, now }: LoginParts,
  {
    sellerId,
    scopes: granted,
    refreshToken,
  }: Omit<AccessToken, 'expiresAt'> & { refreshToken: string | null },
): Answer {
  const time = now();
  for (const [token, { expiresAt }] of tokens)
    if (expiresAt + tokenSeconds * 1000 < time) tokens.delete(token);
  const token = `Atza|${randomBytes(48).toString('base64url')}`;
  tokens.set(token, { sellerId, scopes: granted, expiresAt: time + tokenSeconds * 1000 });
  return {
    status: 200,
    body: {
      access_token: token,
      token_type: 'bearer',
      expires_in: tokenSeconds,
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    },
  };
}

/** Lets a seller in who is named by a refresh token, or by a code that serves once and for five minutes. */
function byGrant(parts: LoginParts, field: 'refresh_token' | 'code', given: string | undefined): Answer {
  if (given === undefined || given === '') {
    return refusal(400, 'invalid_request', `The request is missing a required parameter : ${field}`);
  }
  const seller =
    field === 'code'
      ? parts.sellers.get(parts.codes.take(given) ?? '')
      : [...parts.sellers.values()].find(({ account }) => account.refreshToken === given);
  const grant = `The request has an invalid grant parameter : ${field}.`;
  if (seller === undefined) return refusal(400, 'invalid_grant', grant);
  switch (seller.authorisation.state) {
    case 'revoked':
      return refusal(400, 'invalid_grant', `${grant} User may have revoked or didn't grant the permission.`);
    case 'expired':
      return refusal(400, 'invalid_grant', `${grant} The authorization of the application has expired.`);
    case 'granted':
      return issue(parts, { ...seller.account, scopes: [] });
  }
}

/** Answers `POST /auth/o2/token` with a bearer token of 3600 s, or an OAuth error. */
export function login(parts: LoginParts, body: string, contentType: string): Answer {
  const fields = fieldsOf(body, contentType);
  if (fields === null) return refusal(400, 'invalid_request', 'The request is malformed');
  const grantType = fields.get('grant_type');
  if (grantType === undefined) {
    return refusal(400, 'invalid_request', 'The request is missing a required parameter : grant_type');
  }
  if (fields.get('client_id') !== parts.clientId || fields.get('client_secret') !== parts.clientSecret) {
    return refusal(401, 'invalid_client', 'Client authentication failed');
  }
  switch (grantType) {
    case 'refresh_token':
      return byGrant(parts, 'refresh_token', fields.get('refresh_token'));
    case 'authorization_code':
      return byGrant(parts, 'code', fields.get('code'));
    case 'client_credentials': {
      const asked = fields.get('scope')?.split(' ') ?? [];
      return asked.length > 0 && asked.every((scope) => scopes.includes(scope))
        ? issue(parts, { sellerId: null, scopes: asked, refreshToken: null })
        : refusal(400, 'invalid_scope', 'An unknown scope was requested');
    }
    default:
      return refusal(
        400,
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server',
      );
  }
}

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The claims of a session token that matter here; times in seconds. */
interface SessionClaims {
  readonly iss: string;
  readonly dest: string;
  readonly aud: string;
  readonly sub: string;
  readonly exp: number;
  readonly nbf: number;
  readonly iat: number;
  readonly jti: string;
  readonly sid: string;
}

const lifeSeconds = 60;
const toleranceSeconds = 10;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string, secret: string): Buffer => createHmac('sha256', secret).update(text).digest();

/** A session token as App Bridge hands it out: HS256, valid for a minute from `now` (milliseconds UTC). */
export function signSessionToken(
  shop: string,
  app: { readonly apiKey: string; readonly apiSecret: string },
  user: string,
  now: number,
): string {
  const seconds = Math.floor(now / 1000);
  const claims: SessionClaims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: app.apiKey,
    sub: user,
    exp: seconds + lifeSeconds,
    nbf: seconds,
    iat: seconds,
    jti: randomUUID(),
    sid: randomUUID().replaceAll('-', ''),
  };
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${sign(text, app.apiSecret).toString('base64url')}`;
}

/** The claims of a session token for this shop and app; null where it is not signed, not for them, or not valid now. */
export function verifySessionToken(
  token: string,
  shop: string,
  app: { readonly apiKey: string; readonly apiSecret: string },
  now: number,
): SessionClaims | null {
  const [header, body, signature, ...rest] = token.split('.');
  if (header === undefined || body === undefined || signature === undefined || rest.length > 0) return null;
  const expected = sign(`${header}.${body}`, app.apiSecret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as SessionClaims;
  const seconds = now / 1000;
  const inTime = claims.exp + toleranceSeconds >= seconds && claims.nbf - toleranceSeconds <= seconds;
  return inTime && claims.aud === app.apiKey && claims.dest === `https://${shop}` ? claims : null;
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { MIMEType } from 'node:util';

/** What Mailgun posts of a mail that it received, as far as it is used; all of it may be anything. */
export interface PostedMail {
  readonly recipient: string;
  readonly timestamp: string;
  readonly token: string;
  readonly signature: string;
  /** Reads the mail as it came. */
  readonly mime: () => Promise<Uint8Array>;
}

/**
 * Mailgun tries for 8 hours to post a mail, so that its time may be as old; and no clock is right to the second. What is older
 * could be one that was heard of before and is forgotten again.
 */
const oldestMs = 9 * 3_600_000;
const aheadMs = 5 * 60_000;

/** Whether the signature is Mailgun's: the hexadecimal HMAC-SHA256 of timestamp and token. */
export function isSigned({ timestamp, token, signature }: PostedMail, key: string): boolean {
  const right = createHmac('sha256', key).update(`${timestamp}${token}`).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex');
  return token !== '' && given.length === right.length && timingSafeEqual(given, right);
}

/** Whether its time is one at which it may come; `now` in ms UTC. */
export function isTimely({ timestamp }: PostedMail, now: number): boolean {
  const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : NaN;
  return at >= now - oldestMs && at <= now + aheadMs;
}

/** Mailgun's own forms have some ten fields, and perhaps the headers of the mail. */
const mostFields = 500;

/** A field's bytes by its name, made when asked for: what nobody signed is not worth it. None where there is no such field. */
type Fields = (name: string) => Promise<Buffer>;

/** What a hexadecimal digit counts, by its sign; NaN where it is none. */
const hexDigits = new Float64Array(256).map((_, sign) => Number.parseInt(String.fromCharCode(sign), 16));

const digit = (sign: number | undefined): number => hexDigits[sign ?? 0] ?? NaN;

/** The bytes of a form's text, in which each sign is one byte: a mail in it need not be UTF-8. */
function unescaped(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1, length += 1) {
    const sign = bytes[at] ?? 0;
    const escaped = sign === 0x25 ? digit(bytes[at + 1]) * 16 + digit(bytes[at + 2]) : NaN;
    if (!Number.isNaN(escaped)) at += 2;
    bytes[length] = Number.isNaN(escaped) ? (sign === 0x2b ? 0x20 : sign) : escaped;
  }
  return bytes.subarray(0, length);
}

function urlEncoded(body: Buffer): Fields | null {
  const parts = body.toString('latin1').split('&', mostFields + 1);
  if (parts.length > mostFields) return null;
  const fields = new Map<string, string>();
  for (const part of parts) {
    const [name = ''] = part.split('=', 1);
    fields.set(unescaped(name).toString('utf8'), part.slice(name.length + 1));
  }
  return (name) => Promise.resolve(unescaped(fields.get(name) ?? ''));
}

/** Whether a text stands more than so many times in a body. */
function isMoreThan(most: number, text: string, body: Buffer): boolean {
  let found = 0;
  for (let at = body.indexOf(text); at >= 0 && found <= most; at = body.indexOf(text, at + text.length))
    found += 1;
  return found > most;
}

async function multipart(body: Buffer, type: string): Promise<Fields | null> {
  const boundary = new MIMEType(type).params.get('boundary');
  // One more ends the form.
  if (!boundary || isMoreThan(mostFields + 1, `--${boundary}`, body)) return null;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  return async (name) => {
    const value = form.get(name) ?? '';
    return typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  };
}

/** Reads the body of a post in one of the two forms that Mailgun uses; null: it is none of them, or has too many fields. */
export async function readPost(body: Buffer, type: string): Promise<PostedMail | null> {
  const form = type.toLowerCase().startsWith('multipart/form-data');
  if (!form && !type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return null;
  const field = form ? await multipart(body, type).catch(() => null) : urlEncoded(body);
  if (!field) return null;
  const text = async (name: string) => (await field(name)).toString('utf8');
  return {
    recipient: await text('recipient'),
    timestamp: await text('timestamp'),
    token: await text('token'),
    signature: await text('signature'),
    mime: () => field('body-mime'),
  };
}

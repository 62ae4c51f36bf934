import { createHmac, timingSafeEqual } from 'node:crypto';

/** What Mailgun posts of a mail that it received, as far as it is used; all of it may be anything. */
export interface PostedMail {
  readonly recipient: string;
  readonly timestamp: string;
  readonly token: string;
  readonly signature: string;
  /** The mail as it came. */
  readonly mime: Uint8Array;
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

/** The bytes of a form's text, which is taken as one sign for each byte. */
const unescaped = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** The fields of a form as bytes: a mail in it need not be UTF-8. */
function urlEncoded(body: Buffer): Map<string, Buffer> {
  const fields = body
    .toString('latin1')
    .split('&')
    .map((field): [string, Buffer] => {
      const [name = '', ...value] = field.split('=');
      return [unescaped(name).toString('utf8'), unescaped(value.join('='))];
    });
  return new Map(fields);
}

async function multipart(body: Buffer, type: string): Promise<Map<string, Buffer>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = new Map<string, Buffer>();
  for (const [name, value] of form)
    fields.set(name, typeof value === 'string' ? Buffer.from(value) : Buffer.from(await value.arrayBuffer()));
  return fields;
}

/** Reads the body of a post in one of the two forms that Mailgun uses; null: it is none of them. */
export async function readPost(body: Buffer, type: string): Promise<PostedMail | null> {
  const form = type.toLowerCase().startsWith('multipart/form-data');
  if (!form && !type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return null;
  const fields = form ? await multipart(body, type).catch(() => null) : urlEncoded(body);
  const text = (name: string) => fields?.get(name)?.toString('utf8') ?? '';
  return (
    fields && {
      recipient: text('recipient'),
      timestamp: text('timestamp'),
      token: text('token'),
      signature: text('signature'),
      mime: fields.get('body-mime') ?? new Uint8Array(),
    }
  );
}

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned, isTimely, readPost } from './mailgun.ts';

const now = Date.UTC(2026, 10, 22, 12);
const sign = (timestamp: string, token: string, key = 'key') =>
  createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
const post = (changes: object = {}) => {
  const timestamp = String(now / 1_000);
  const token = 'a'.repeat(50);
  const signature = sign(timestamp, token);
  const mime = () => Promise.resolve(Buffer.from('x'));
  return { recipient: 'k@mail.example', timestamp, token, signature, mime, ...changes };
};

describe('SEC-3: what Mailgun did not sign is refused', () => {
  it('takes a signature that another tool made', () => {
    // printf '%s%s' 1529006854 a8ce0e… | openssl dgst -sha256 -hmac key-example
    const made = {
      timestamp: '1529006854',
      token: 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0',
      signature: '034634357816b50bd07f40acde38686ff7e40f8e154283bd8cfbf0aef6430d60',
    };
    expect(isSigned(post(made), 'key-example')).toBe(true);
    expect(isSigned(post(made), 'key')).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['another key', sign(String(now / 1_000), 'a'.repeat(50), 'other')],
    ['a part of it', sign(String(now / 1_000), 'a'.repeat(50)).slice(0, 62)],
    ['no hexadecimal', 'z'.repeat(64)],
  ])('%s', (_, signature) => {
    expect(isSigned(post({ signature }), 'key')).toBe(false);
  });

  it('a signature for another time or token, and one for none', () => {
    expect(isSigned(post(), 'key')).toBe(true);
    expect(isSigned(post({ timestamp: '1' }), 'key')).toBe(false);
    expect(isSigned(post({ token: 'b' }), 'key')).toBe(false);
    expect(isSigned(post({ token: '', signature: sign(String(now / 1_000), '') }), 'key')).toBe(false);
  });

  it.each([
    [0, true],
    [-9 * 3_600, true],
    [-9 * 3_600 - 1, false],
    [5 * 60, true],
    [5 * 60 + 1, false],
  ])('%i s from now: %s', (seconds, is) => {
    expect(isTimely(post({ timestamp: String(now / 1_000 + seconds) }), now)).toBe(is);
  });

  it.each(['', 'now', '1e9', '-1', ' 5'])('no time: %j', (timestamp) => {
    expect(isTimely(post({ timestamp }), now)).toBe(false);
  });
});

describe('reads what is posted', () => {
  const bytes = Buffer.from('Subject: caf\xe9 100% a+b=c&d\r\n', 'latin1');

  it('as a form’s text, byte by byte', async () => {
    const mime = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const body = `recipient=k%40mail.example&body-mime=${mime}&token=t+t&timestamp=1`;
    const read = await readPost(Buffer.from(body), 'application/x-www-form-urlencoded; charset=utf-8');
    expect(read).toMatchObject({ recipient: 'k@mail.example', token: 't t', timestamp: '1', signature: '' });
    expect(Buffer.from((await read?.mime()) ?? []).equals(bytes)).toBe(true);
  });

  it('as the parts of a form', async () => {
    const form = new FormData();
    form.set('recipient', 'k@mail.example');
    form.set('signature', 'ab');
    form.set('body-mime', new Blob([new Uint8Array(bytes)]), 'mime');
    const made = new Response(form);
    const body = Buffer.from(await made.arrayBuffer());
    const read = await readPost(body, made.headers.get('content-type') ?? '');
    expect(read).toMatchObject({ recipient: 'k@mail.example', signature: 'ab' });
    expect(Buffer.from((await read?.mime()) ?? []).equals(bytes)).toBe(true);
  });

  it.each([
    ['JSON', 'application/json', '{}'],
    ['broken parts', 'multipart/form-data; boundary=x', 'no parts'],
    ['parts without a boundary', 'multipart/form-data', 'no parts'],
    ['nothing', '', ''],
  ])('not %s', async (_, type, body) => {
    expect(await readPost(Buffer.from(body), type)).toBeNull();
  });

  it.each(['%', '%4', '%g1', '%1g', '% 41', '%\xe9\xe9', 'a%%41', '%%', '', '+%2B%2b', '%zz%41%'])(
    'text as browsers read it: %j',
    async (text) => {
      const body = Buffer.from(`token=${text}&body-mime=${text}`, 'latin1');
      const read = await readPost(body, 'application/x-www-form-urlencoded');
      const given = text
        .replaceAll('+', ' ')
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      expect(Buffer.from((await read?.mime()) ?? []).toString('latin1')).toBe(given);
      expect(read?.token).toBe(Buffer.from(given, 'latin1').toString('utf8'));
    },
  );
});

describe('SEC-3: what anyone may post takes no more room than it has', () => {
  const text = 'application/x-www-form-urlencoded';
  const parts = (n: number) => {
    const part = '--b\r\nContent-Disposition: form-data; name="token"\r\n\r\nt\r\n';
    return Buffer.from(`${part.repeat(n)}--b--\r\n`);
  };

  /** The most memory that this process ever had, bytes. */
  const peak = () => process.resourceUsage().maxRSS * 1_024;

  it('a form of 500 fields is read, and one of more is none', async () => {
    for (const [n, is] of [
      [500, { token: 't' }],
      [501, null],
    ] as const) {
      const many = Buffer.from(Array<string>(n).fill('token=t').join('&'));
      expect(await readPost(many, text)).toEqual(is && expect.objectContaining(is));
      for (const type of ['boundary=b', 'x="boundary=c"; BOUNDARY="b"', 'boundary=b; boundary=c'])
        expect(await readPost(parts(n), `multipart/form-data; ${type}`)).toEqual(
          is && expect.objectContaining(is),
        );
    }
  });

  it('nothing of 15 MB is multiplied, whatever it consists of', async () => {
    for (const sign of ['&', '=', '+', '%', '%41', 'a']) {
      const body = Buffer.from(`token=t&body-mime=${sign.repeat(15_000_000 / sign.length)}`);
      const before = peak();
      await (await readPost(body, text))?.mime();
      expect(peak() - before, sign).toBeLessThan(300_000_000);
    }
  });
});

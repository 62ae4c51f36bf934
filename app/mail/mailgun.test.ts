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
  return { recipient: 'k@mail.example', timestamp, token, signature, mime: Buffer.from('x'), ...changes };
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
    expect(Buffer.from(read?.mime ?? []).equals(bytes)).toBe(true);
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
    expect(Buffer.from(read?.mime ?? []).equals(bytes)).toBe(true);
  });

  it.each([
    ['JSON', 'application/json', '{}'],
    ['broken parts', 'multipart/form-data; boundary=x', 'no parts'],
    ['parts without a boundary', 'multipart/form-data', 'no parts'],
    ['nothing', '', ''],
  ])('not %s', async (_, type, body) => {
    expect(await readPost(Buffer.from(body), type)).toBeNull();
  });
});

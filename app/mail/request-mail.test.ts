import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  amazonSender,
  englishSubject,
  mailOf,
  requestMail,
  type MailParts,
} from '../../test/samples/mails.ts';
import { isAmazonAddress, readRequestMail } from './request-mail.ts';

const order = '404-1234567-7654321';
const read = (parts: MailParts) => readRequestMail(mailOf(parts));
const base64 = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');
const quoted = (bytes: Uint8Array) =>
  [...bytes]
    .map((byte) =>
      byte === 61 || byte > 126
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')
    .replace(/(.{70})(?!=?$)/g, (line) => (/=.?$/.test(line) ? line : `${line}=\r\n`));
/** Encoded words, each with some letters, folded over lines. */
const words = (text: string, charset: string, how: 'B' | 'Q') =>
  (text.match(/.{1,20}/gu) ?? [])
    .map((part) => {
      const bytes = iconv.encode(part, charset);
      const inside =
        how === 'B'
          ? bytes.toString('base64')
          : [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
      return `=?${charset}?${how}?${inside}?=`;
    })
    .join('\r\n ');

const french = "Demande d'annulation de commande de la part du client Amazon Zoé";
const spanish = 'Solicitud de cancelación de pedido del cliente de Amazon Íñigo';
const romanian = 'FW: Cerere de anulare a comenzii de la un client Amazon – Ștefan';
const text = (language: string) =>
  ({
    fr: `Bonjour,\r\n\r\nL’acheteur a demandé l’annulation.\r\nNuméro de commande : ${order}\r\n`,
    es: `Hola:\r\n\r\nEl comprador pidió la cancelación.\r\nN.º de pedido: ${order}\r\n`,
    ro: `Bună ziua,\r\n\r\nCumpărătorul a cerut anularea. Țară: România\r\nComanda: ${order}\r\nDe la: <x1@marketplace.amazon.de>\r\n`,
  })[language] ?? '';

describe('REQ-1: Amazon’s mails about a request', () => {
  it('of English in plain text, with its own time and id', async () => {
    expect(await readRequestMail(requestMail(order))).toEqual({
      is: 'request',
      order,
      identity: '<0102019aa@eu-west-1.amazonses.com>',
      sentAt: Date.UTC(2026, 10, 21, 9),
    });
  });

  it.each([
    ['French', 'ISO-8859-1', 'Q', french, 'fr', quoted, 'quoted-printable', 'windows-1252'],
    ['French', 'UTF-8', 'B', french, 'fr', base64, 'base64', 'UTF-8'],
    [
      'French',
      'windows-1252',
      'Q',
      french.replace("'", '’'),
      'fr',
      quoted,
      'quoted-printable',
      'windows-1252',
    ],
    ['Spanish', 'ISO-8859-1', 'Q', spanish, 'es', quoted, 'quoted-printable', 'ISO-8859-1'],
    ['Spanish', 'UTF-8', 'B', spanish, 'es', base64, 'base64', 'UTF-8'],
    ['Spanish', 'windows-1252', 'B', spanish, 'es', (bytes: Uint8Array) => bytes, '8bit', 'windows-1252'],
    ['Romanian', 'UTF-8', 'Q', romanian, 'ro', quoted, 'quoted-printable', 'UTF-8'],
    [
      'Romanian',
      'ISO-8859-2',
      'Q',
      romanian.replace('–', '-').replace('Ș', 'Ş'),
      'ro',
      base64,
      'base64',
      'ISO-8859-2',
    ],
  ] as const)('of %s, %s %s', async (_, charset, how, subject, language, encode, encoding, bodyCharset) => {
    const body = encode(iconv.encode(text(language), bodyCharset));
    const mail = await read({
      subject: words(subject, charset, how),
      type: `text/plain; charset="${bodyCharset}"`,
      encoding,
      body,
    });
    expect(mail).toMatchObject({ is: 'request', order });
  });

  it('in HTML alone, or beside plain text, with a number of other hyphens', async () => {
    const html = `<html><style>p{color:red}</style><p>Order <b>404\u20111234567</b>\u20117654321</p></html>`;
    expect(
      await read({
        subject: englishSubject,
        type: 'text/html; charset=UTF-8',
        encoding: 'base64',
        body: base64(Buffer.from(html)),
      }),
    ).toMatchObject({ is: 'request', order });
    const both = `--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nOrder: ${order}\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>${order}</p>\r\n--x--`;
    expect(
      await read({ subject: englishSubject, type: 'multipart/alternative; boundary=x', body: both }),
    ).toMatchObject({ is: 'request', order });
  });

  it('the order of the subject counts, whatever else is named', async () => {
    const body = `Order: ${order}. Other orders: 902-0000000-0000001`;
    expect(await read({ subject: `${englishSubject} (${order})`, body })).toMatchObject({ order });
    expect(await read({ subject: englishSubject, body })).toEqual({ is: 'refused', why: 'several_orders' });
    expect(await read({ subject: englishSubject, body: 'No number' })).toEqual({
      is: 'refused',
      why: 'no_order',
    });
  });

  it('forwarded in its text, or attached', async () => {
    const quote = `Please look\r\n\r\n> From: Ada <b5l0v0h3k1x9@marketplace.amazon.co.uk>\r\n> Order: ${order}\r\n`;
    const from = 'Mia <mia@shop.example>';
    expect(await read({ subject: `WG: Fwd: ${englishSubject}`, from, body: quote })).toMatchObject({ order });
    const attached = `--y\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--y\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=request.eml\r\n\r\n${requestMail(order, { messageId: '<inner@amazon>' }).toString()}\r\n--y--`;
    expect(
      await read({ subject: 'Look at this', from, type: 'multipart/mixed; boundary=y', body: attached }),
    ).toMatchObject({ is: 'request', order, identity: '<inner@amazon>' });
  });

  it('without an id of its own it is told by what it is made of', async () => {
    const one = await readRequestMail(requestMail(order, { messageId: null }));
    expect(one).toMatchObject({ identity: expect.stringContaining(order) as string });
    expect(await readRequestMail(requestMail(order, { messageId: null }))).toEqual(one);
    expect(
      await readRequestMail(requestMail(order, { messageId: null, date: 'Sun, 22 Nov 2026 09:00:00 +0000' })),
    ).not.toEqual(one);
    expect(await readRequestMail(requestMail(order, { date: 'yesterday' }))).toMatchObject({ sentAt: null });
  });
});

describe('REQ-13: other mails say nothing', () => {
  const notRequest = { is: 'refused', why: 'not_request' };
  it.each([
    ['a return', `Return authorization request for order # ${order}`],
    ['an inquiry of the buyer', `Product details inquiry from Amazon customer Ada (Order: ${order})`],
    ['an answer', `Re: ${englishSubject} (Order: ${order})`],
    ['an answer in German', `AW: ${englishSubject} (Order: ${order})`],
    ['the words somewhere in it', `About: ${englishSubject} (Order: ${order})`],
    ['a language without a known subject', `Stornierungsanfrage von Amazon-Kunde Ada (${order})`],
    ['none', ''],
  ])('%s', async (_, subject) => {
    expect(await read({ subject, body: `Order: ${order}` })).toEqual(notRequest);
  });

  it.each([
    ['another domain', 'Ada <ada@example.com>'],
    ['a domain that looks like it', '"Amazon.com" <no-reply@amazon.com.evil.example>'],
    ['a domain that ends like it', 'no-reply@notamazon.com'],
    ['Amazon as a name only', '"no-reply@amazon.com" <x@evil.example>'],
    ['no address', 'Amazon'],
  ])('from %s', async (_, from) => {
    expect(await readRequestMail(requestMail(order, { from }))).toEqual({ is: 'refused', why: 'not_amazon' });
  });

  it('a forward that names no address of Amazon’s', async () => {
    const mail = requestMail(order, { subject: `Fwd: ${englishSubject}`, from: 'x@evil.example' });
    expect(await readRequestMail(mail)).toEqual({ is: 'refused', why: 'not_amazon' });
  });
});

describe('REQ-13: hostile mails get an answer', () => {
  const unreadable = { is: 'refused', why: 'unreadable' };
  const nested = Array.from(
    { length: 50 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${String(n)}\r\n\r\n--b${String(n)}\r\n`,
  ).join('');
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['Outlook’s own format', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['zeros', Buffer.alloc(400_000)],
    ['one endless line', Buffer.from('a'.repeat(400_000))],
    ['more than 5 MB', requestMail(order, { body: 'a'.repeat(5_000_001) })],
    [
      'very many parts',
      requestMail(order, { type: 'multipart/mixed; boundary=b', body: '--b\r\n\r\nx\r\n'.repeat(501) }),
    ],
    [
      'very deep parts',
      Buffer.concat([Buffer.from('From: a@amazon.com\r\nSubject: x\r\n'), Buffer.from(nested)]),
    ],
    ['very long headers', requestMail(order, { to: 'x'.repeat(300_000) })],
  ])('%s', async (_, bytes) => {
    expect(await readRequestMail(bytes)).toEqual(unreadable);
  });

  it.each([
    ['an unknown charset', 'text/plain; charset=x-unheard-of'],
    ['a wrong charset', 'text/plain; charset=utf-16'],
    ['no charset', 'text/plain'],
    ['a broken type', '///;;;charset=='],
  ])('%s is read as far as it goes', async (_, type) => {
    expect(await readRequestMail(requestMail(order, { type }))).toMatchObject({ is: 'request', order });
  });

  it('markup that never ends, or only begins, takes no time', async () => {
    const body = '<'.repeat(2_000_000);
    expect(await read({ subject: englishSubject, type: 'text/html', body })).toEqual({
      is: 'refused',
      why: 'no_order',
    });
  });
});

it.each([
  ['x@amazon.com', true],
  ['x@marketplace.amazon.co.jp', true],
  ['X@MARKETPLACE.AMAZON.DE', true],
  ['x@amazon.com.evil.example', false],
  ['x@evil-amazon.com', false],
  ['amazon.com', false],
  ['', false],
])('REQ-13: %s is an address of Amazon’s: %s', (address, is) => {
  expect(isAmazonAddress(address)).toBe(is);
  expect(amazonSender).toContain('@');
});

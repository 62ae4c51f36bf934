/** What a mail is made of; headers as they stand in it. */
export interface MailParts {
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
  readonly date?: string;
  readonly messageId?: string | null;
  readonly type?: string;
  readonly encoding?: string;
  /** In bytes where it is no ASCII. */
  readonly body?: string | Uint8Array;
}

export const amazonSender = '"Ada K" <b5l0v0h3k1x9@marketplace.amazon.com>';

/** A mail as a mail program saves it. */
export function mailOf({
  subject,
  from = amazonSender,
  to = 'Demo Shop <orders@shop.example>',
  date = 'Sat, 21 Nov 2026 09:00:00 +0000',
  messageId = '<0102019aa@eu-west-1.amazonses.com>',
  type = 'text/plain; charset=UTF-8',
  encoding = '7bit',
  body = '',
}: MailParts): Buffer {
  const head = [
    'Return-Path: <202611210900@bounces.amazon.com>',
    'Received: from a1-2.smtp-out.amazonses.com by mx.shop.example; Sat, 21 Nov 2026 09:00:02 +0000',
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${date}`,
    ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
}

export const englishSubject = 'Order cancellation request from Amazon customer Ada K';

/** Amazon's mail about a request on an order. */
export const requestMail = (order: string, parts: Partial<MailParts> = {}): Buffer =>
  mailOf({
    subject: `${englishSubject} (Order: ${order})`,
    body: `Hello,\r\n\r\nThe buyer has asked to cancel this order.\r\n\r\nOrder: ${order}\r\nReason: Ordered by mistake qzxmail\r\n`,
    ...parts,
  });

import type { Answer } from './answers.ts';
import type { Seller } from './seller.ts';

const messages = {
  AccessDenied: 'Request has expired',
  SignatureDoesNotMatch:
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  NoSuchKey: 'The specified key does not exist.',
  NotImplemented: 'A header you provided implies functionality that is not implemented',
} as const;
const statuses = {
  AccessDenied: 403,
  SignatureDoesNotMatch: 403,
  NoSuchKey: 404,
  NotImplemented: 501,
} as const;

/** A refusal of the document store, in its XML. */
function refusal(code: keyof typeof messages): Answer {
  return {
    status: statuses[code],
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${messages[code]}</Message></Error>`,
    headers: { 'content-type': 'application/xml' },
  };
}

/** The link to a document of that key, as Amazon gives it. */
export function documentUrl(key: string): string {
  return `https://tortuga-prod-na.s3-external-1.amazonaws.com/documents/${key}?X-Amz-Expires=300`;
}

/** The bytes behind a link of any seller, as the document store gives them: no token, and XML where it refuses. */
export function documentAnswer(sellers: Iterable<Seller>, key: string, now: number): Answer {
  for (const { reports, feeds } of sellers) {
    const file = reports.fetch(key, now) ?? feeds.fetch(key);
    if (file === 'over') return refusal('AccessDenied');
    if (file) return { status: 200, body: file.bytes, headers: { 'content-type': file.contentType } };
  }
  return refusal('NoSuchKey');
}

/**
 * Keeps what is uploaded by a link. The link was signed for one content type and holds for five minutes; the store takes
 * no body without a length.
 */
export function uploadAnswer(
  sellers: Iterable<Seller>,
  key: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  bytes: Buffer,
): Answer {
  if (headers['content-length'] === undefined) return refusal('NotImplemented');
  const contentType = headers['content-type'];
  for (const { feeds } of sellers) {
    const came = feeds.upload(key, typeof contentType === 'string' ? contentType : '', bytes);
    if (came === 'over') return refusal('AccessDenied');
    if (came === 'other-type') return refusal('SignatureDoesNotMatch');
    if (came === 'kept')
      return { status: 200, body: Buffer.alloc(0), headers: { 'content-type': 'text/plain' } };
  }
  return refusal('NoSuchKey');
}

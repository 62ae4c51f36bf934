import PostalMime from 'postal-mime';

/** No mail of Amazon's is larger; one that is forwarded with pictures may be. */
export const mostMailBytes = 5_000_000;

/** A mail with more parts than this was made to be costly. */
const mostParts = 500;
const limits = { maxNestingDepth: 20, maxHeadersSize: 262_144, maxRfc822NestingDepth: 2 };
const mostAttached = 3;

/** A mail as far as it matters here. Its words stay in memory. */
export interface Mail {
  readonly subject: string;
  /** The sender's address; empty: none is given. */
  readonly from: string;
  readonly messageId: string | null;
  /** By the sender's clock, ms UTC; null: not given, or no time. */
  readonly sentAt: number | null;
  /** All of its text, without markup. */
  readonly text: string;
  /** Mails that it was forwarded with. */
  readonly attached: readonly Mail[];
}

/** The text of HTML, for finding numbers in it. Linear, whatever it holds. */
function withoutTags(html: string): string {
  return html
    .split('<')
    .map((piece, place) => (place === 0 ? piece : piece.slice(piece.indexOf('>') + 1)))
    .join('');
}

function tooManyParts(bytes: Uint8Array): boolean {
  let parts = 0;
  for (let at = bytes.indexOf(10); at !== -1 && parts <= mostParts; at = bytes.indexOf(10, at + 1))
    if (bytes[at + 1] === 45 && bytes[at + 2] === 45) parts += 1;
  return parts > mostParts;
}

async function parse(bytes: Uint8Array, depth: number): Promise<Mail | null> {
  const mail = await PostalMime.parse(bytes, limits);
  if (!mail.from && mail.subject === undefined) return null;
  const attached = mail.attachments
    .filter(({ mimeType }) => mimeType === 'message/rfc822')
    .slice(0, depth === 0 ? mostAttached : 0);
  const inner: Mail[] = [];
  for (const { content } of attached) {
    if (typeof content === 'string') continue;
    const one = await parse(new Uint8Array(content), depth + 1);
    if (one) inner.push(one);
  }
  const sentAt = Date.parse(mail.date ?? '');
  return {
    subject: mail.subject ?? '',
    from: mail.from?.address ?? '',
    messageId: mail.messageId ?? null,
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    text: `${mail.text ?? ''}\n${withoutTags(mail.html ?? '')}`,
    attached: inner,
  };
}

/**
 * Reads a mail as a mail program saves it (RFC 5322, `.eml`), in any charset and transfer encoding. Null: it is no mail, or one
 * that is too large, too deep or too odd to be read.
 */
export async function parseMail(bytes: Uint8Array): Promise<Mail | null> {
  if (bytes.byteLength > mostMailBytes || tooManyParts(bytes)) return null;
  try {
    return await parse(bytes, 0);
  } catch {
    // The library throws at what goes beyond its limits.
    return null;
  }
}

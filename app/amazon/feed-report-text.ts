import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** The encoding that an XML document names; null where it names none. */
function namedInside(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 200);
  return /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? null;
}

function decoded(bytes: Buffer, charset: string | null): string | null {
  // UTF-16 was made UTF-8 before, by its own mark.
  if (charset === null || /^utf-?(8|16)/i.test(charset) || !iconv.encodingExists(charset)) return null;
  const text = iconv.decode(bytes, charset);
  return text.includes('\uFFFD') ? null : text;
}

/**
 * The text of a document from its plain bytes: in the charset that the download declared or the document names, as far as
 * the bytes bear them out; else UTF-8, else Windows-1252, which Latin-1 is a part of.
 */
export function documentText(bytes: Buffer, declared: string | null): string {
  const inside = namedInside(bytes);
  const saysUtf8 = /^utf-?8$/i.test(declared ?? inside ?? '');
  if (saysUtf8 && isUtf8(bytes)) return bytes.toString('utf8');
  const named = decoded(bytes, declared) ?? decoded(bytes, inside);
  if (named !== null) return named;
  return isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'windows-1252');
}

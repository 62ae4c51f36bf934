import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** What helps to tell the encoding of a row. */
export interface EncodingHints {
  /** The charset that a download declared; null where nobody said. */
  readonly declared: string | null;
  /** The row is of a Japanese order. */
  readonly japanese: boolean;
}

const windows31j = 'windows-31j';
const windows1252 = 'windows-1252';
const highByte = /[\u0080-\u00ff]/;
// Bytes that Windows-1252 leaves empty or gives to signs nobody writes; kana begin with 0x82 and 0x83 in Windows-31J.
const rareIn1252 = /[\u0081-\u0084\u0086-\u0089\u008b\u008d\u008f\u0090\u0098\u009b\u009d]/;

const is31j = (bytes: Buffer) => !iconv.decode(bytes, windows31j).includes('\ufffd');

const isJapaneseName = (charset: string) =>
  /^(windows-?31j|ms932|cp932|shift[-_]?jis|x?-?sjis)$/i.test(charset);

/** Whether the whole row is text in Windows-31J and cannot be UTF-8: two of its bytes may pass for one letter of UTF-8. */
function isJapaneseRow(row: string, hints: EncodingHints): boolean {
  if (!hints.japanese && !isJapaneseName(hints.declared ?? '')) return false;
  const bytes = Buffer.from(row, 'latin1');
  return !isUtf8(bytes) && is31j(bytes);
}

function encodingOf(field: Buffer, row: string, hints: EncodingHints): string {
  if (isJapaneseRow(row, hints)) return windows31j;
  if (isUtf8(field)) return 'utf-8';
  const { declared } = hints;
  // A declared UTF-8 that the bytes are not was a wrong word.
  if (declared !== null && !/^utf-?8$/i.test(declared) && iconv.encodingExists(declared)) {
    if (!isJapaneseName(declared)) return declared;
    if (is31j(field)) return windows31j;
  }
  if (hints.japanese && is31j(field)) return windows31j;
  return rareIn1252.test(field.toString('latin1')) && is31j(field) ? windows31j : windows1252;
}

/**
 * The text of a field from its bytes (as Latin-1 text, like its whole row). UTF-8 wherever the bytes are UTF-8; else what
 * was declared; else Windows-31J for Japanese orders and for bytes that make no sense in Windows-1252; else Windows-1252,
 * which Latin-1 is a part of. Facts: Amazon's reports of Japan come in Windows-31J, older ones of Europe in Latin-1.
 */
export function fieldText(field: string, row: string, hints: EncodingHints): string {
  if (!highByte.test(field)) return field;
  const bytes = Buffer.from(field, 'latin1');
  return iconv.decode(bytes, encodingOf(bytes, row, hints));
}

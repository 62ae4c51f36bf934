import { languages, type Language } from '../domain/spoken-languages.ts';

export { languages, type Language };

/** Said where a language is not spoken. */
export const fallback = 'en' satisfies Language;

/**
 * The spoken language for a BCP 47 tag as the admin or a browser names it (`de-AT`, `zh-TW`); null where it is not
 * spoken. Of Chinese only the traditional script is, whichever region the tag names for it.
 */
export function spoken(tag: string): Language | null {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return languages.find((each) => each === language || each === `${language}-${script ?? ''}`) ?? null;
  } catch {
    return null; // Not a tag at all.
  }
}

/** The tags of the header Accept-Language, in the order in which browsers send them: the best first. */
function accepted(header: string | null): string[] {
  return (header ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
}

/**
 * The language of a document request: the `locale` that the admin put into the address, where it is spoken, else English.
 * Documents outside of the admin have none in their address: there the browser's languages decide.
 */
export function languageOf(request: Request): Language {
  const asked = new URL(request.url).searchParams.get('locale');
  if (asked !== null) return spoken(asked) ?? fallback;
  const known = accepted(request.headers.get('accept-language')).flatMap((tag) => spoken(tag) ?? []);
  return known[0] ?? fallback;
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** English name of a country by its two-letter code; null for none. */
export function countryName(code: string | null): string | null {
  if (code === null) return null;
  return names.of(code) ?? code;
}

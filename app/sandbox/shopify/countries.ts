import { GraphQLEnumType } from 'graphql';
import { adminSchema } from './schema.ts';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

let codes: Map<string, string> | undefined;

/** Every country of the schema, by its code and by its English name, both in lower case. */
function codesByText(): Map<string, string> {
  if (codes) return codes;
  const type = adminSchema().schema.getType('CountryCode');
  if (!(type instanceof GraphQLEnumType)) throw new Error('The schema has no CountryCode');
  const known = type.getValues().map(({ name }) => name);
  codes = new Map(
    known.flatMap((code) => [
      [code.toLowerCase(), code],
      [countryName(code)?.toLowerCase() ?? '', code],
    ]),
  );
  return codes;
}

/** English name of a country by its two-letter code; null for none. */
export function countryName(code: string | null): string | null {
  if (code === null) return null;
  return names.of(code) ?? code;
}

/** Two-letter code of a country by its code or English name; null where Shopify has no such country. */
export function countryCode(text: string | null): string | null {
  return text === null ? null : (codesByText().get(text.trim().toLowerCase()) ?? null);
}

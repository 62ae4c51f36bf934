import { isOneSlipAway, plainName, plainWords } from './carrier-name.ts';
import { carrierOfNumber } from './carrier-number.ts';
import table from './carriers.json' with { type: 'json' };
import { marketplace } from './marketplaces.ts';

/** How Amazon is told who carries a parcel: one of its codes, or `Other` with a name. */
export interface AmazonCarrier {
  readonly code: string;
  /** Null where the code says it all. */
  readonly name: string | null;
}

/** What a merchant chose for a name: a code of Amazon's, or (null) to send a name, theirs or the one that was seen. */
export interface OwnCarrier {
  readonly code: string | null;
  readonly name: string | null;
}

interface Row {
  readonly name: string;
  /** Null: Amazon has no code for this carrier. */
  readonly code: string | null;
  /** Shopify knows the name and links to the carrier's tracking page. */
  readonly shopify?: true;
  /** Further codes of Amazon's for the same carrier. */
  readonly also?: readonly string[];
  /** Codes that differ by the marketplace's country. */
  readonly in?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
}

/** Code for carriers that have none. */
const other = 'Other';
/** Codes that say no more than "other" in other languages; a name says more. */
const others = new Set([other, 'Otro', 'Andere', 'Sonstige']);
/** Amazon's codes, letter by letter as Amazon publishes them (one is damaged there). */
export const amazonCarrierCodes: ReadonlySet<string> = new Set(table.codes);

const rows = table.carriers as readonly Row[];
const byName = new Map<string, Row>();
for (const row of [...rows, ...table.codes.map((code): Row => ({ name: code, code }))]) {
  for (const name of [row.name, ...(row.names ?? [])]) {
    const plain = plainName(name);
    if (!byName.has(plain)) byName.set(plain, row);
  }
}

/** Words behind a carrier's name that name one of its services or a country it works in, never another carrier. */
const serviceWords = new Set(
  [
    'ground express standard priority economy saver mail home delivery residential commercial domestic international intl',
    'worldwide tracked signed untracked overnight next second day days air early morning am pm noon saturday weekend flat rate',
    'box envelope pak pack packet paket parcel parcels package small medium large letter letters post first class 1st 2nd 3rd',
    'select plus premium expedited expedite basic classic shop point points relais relay pickup locker collect return returns',
    'service services shipping ship label courier couriers carrier logistics company co inc ltd llc gmbh corp ag sa spa s',
    'uk us usa gb eu germany deutschland de france fr italy italia it spain espana es canada ca australia au japan jp',
    'netherlands nederland nl belgium be poland polska pl sweden ireland austria mexico india romania hungary portugal',
  ].flatMap((line) => line.split(' ')),
);

/** A carrier whose name begins what was written, where all that follows names a service; the longest name wins. */
function withService(company: string): Row | null {
  const words = plainWords(company);
  for (let count = words.length - 1; count > 0; count -= 1) {
    const rest = words.slice(count);
    if (!rest.every((word) => serviceWords.has(word) || /^\d{1,3}h?$/.test(word))) return null;
    const row = byName.get(words.slice(0, count).join(''));
    if (row) return row;
  }
  return null;
}

/** Names that are shorter are too close to each other to guess. */
const shortestGuess = 5;

/** The only carrier whose name is one slip away; null for none, or several. */
function misspelt(plain: string): Row | null {
  if (plain.length < shortestGuess) return null;
  const close = [...byName].filter(([name]) => name.length >= shortestGuess && isOneSlipAway(name, plain));
  const [first] = close;
  return first && close.every(([, row]) => row.code === first[1].code) ? first[1] : null;
}

function rowOf(company: string): Row | null {
  const plain = plainName(company);
  return byName.get(plain) ?? withService(company) ?? misspelt(plain);
}

function ownOf(company: string, own: ReadonlyMap<string, OwnCarrier>): OwnCarrier | null {
  const exact = own.get(company);
  if (exact) return exact;
  const plain = plainName(company);
  return [...own].find(([name]) => plainName(name) === plain)?.[1] ?? null;
}

const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

/**
 * Who carries a parcel, in Amazon's words, from what Shopify says of it. `own`: what the merchant chose, by name; it comes
 * first. A carrier that Amazon has no code for goes by its name. Null: nothing tells who it is.
 */
export function amazonCarrier(
  company: string | null,
  tracking: string | null,
  marketplaceId: string | null,
  own: ReadonlyMap<string, OwnCarrier>,
): AmazonCarrier | null {
  const written = oneLine(company ?? '');
  const chosen = ownOf(written, own);
  if (chosen) {
    const code = chosen.code ?? other;
    return code === other ? { code, name: chosen.name ?? written } : { code, name: null };
  }
  if (plainName(written) === '') {
    const code = carrierOfNumber(tracking ?? '');
    return code === null ? null : { code, name: null };
  }
  if (others.has(written)) return { code: other, name: written };
  if (amazonCarrierCodes.has(written)) return { code: written, name: null };
  const row = rowOf(written);
  const country = marketplace(marketplaceId)?.country ?? '';
  const code = row?.in?.[country] ?? row?.code ?? other;
  return others.has(code) ? { code: other, name: written } : { code, name: null };
}

/**
 * The name by which Shopify knows a carrier that Amazon names, so that its tracking link works (FUL-4); the name as it came
 * where Shopify knows none.
 */
export function shopifyCompany(amazonName: string): string {
  const written = oneLine(amazonName);
  const plain = plainName(written);
  const named = rows.find((row) => plainName(row.name) === plain);
  if (named) return named.shopify ? named.name : written;
  const coded = rows.find((row) => row.shopify && (row.code === written || row.also?.includes(written)));
  const row = coded ?? byName.get(plain) ?? withService(written);
  return row?.shopify ? row.name : written;
}

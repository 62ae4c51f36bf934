import table from './buyer-texts.json' with { type: 'json' };
import { marketplace } from './marketplaces.ts';

/** A name on Amazon's pages. `ours`: translated by us, and not read there. */
interface Term {
  readonly text: string;
  readonly ours: boolean;
}

/**
 * What a seller may write to a buyer in one language (BCP 47 `code`). `ours`: the sentences are our own translation. Names of
 * Amazon's pages are those of its help pages, as far as they were found.
 */
export interface BuyerLanguage {
  readonly code: string;
  readonly name: string;
  readonly ours: boolean;
  readonly terms: { readonly account: Term; readonly orders: Term; readonly request: Term };
  readonly instruction: string;
  readonly atOnce: string;
  readonly critical: string;
  readonly shipsOn: string;
  readonly ships: string;
  readonly tooLate: string;
}

export const buyerLanguages: readonly BuyerLanguage[] = table;

/** What a text is for: how to ask in the account, that it is needed, or that the order cannot be cancelled any more. */
export const buyerTextKinds = ['instruction', 'critical', 'tooLate'] as const;
export type BuyerTextKind = (typeof buyerTextKinds)[number];

/** A text ready to be sent, and those of its names of Amazon's pages that are our own translation. */
export interface BuyerText {
  readonly text: string;
  readonly ours: readonly string[];
}

/** What a text is about. Times in ms UTC. */
export interface Addressed {
  readonly id: string;
  readonly marketplaceId: string | null;
  readonly shipBy: number | null;
}

const dayMs = 24 * 3_600_000;
const usual = 'en';

/** The language of a code, English where it is not known. */
export function buyerLanguage(code: string | null): BuyerLanguage {
  const found = [code, usual].flatMap((one) => buyerLanguages.find((each) => each.code === one) ?? []);
  const [first] = found;
  if (!first) throw new Error('No text for buyers in English');
  return first;
}

/** The code of the language in which a marketplace's buyers are written to, as far as there are texts in it. */
export function languageOfMarketplace(marketplaceId: string | null): string {
  const own = marketplace(marketplaceId)?.languages ?? [];
  return own.find((code) => buyerLanguages.some((each) => each.code === code)) ?? usual;
}

/** The day of a time as the marketplace's buyers write it. */
function dayOf(at: number, { code }: BuyerLanguage, marketplaceId: string | null): string {
  const timeZone = marketplace(marketplaceId)?.timeZone ?? 'UTC';
  return new Intl.DateTimeFormat(code, { dateStyle: 'long', timeZone }).format(at);
}

function parts(kind: BuyerTextKind, language: BuyerLanguage, shipBy: number | null, now: number): string[] {
  if (kind === 'tooLate') return [language.tooLate];
  if (kind === 'critical')
    return [language.critical, shipBy !== null && shipBy > now ? language.shipsOn : language.ships];
  // On its last day nobody can promise that there is still time to cancel.
  const soon = shipBy !== null && shipBy - now < dayMs;
  return soon ? [language.instruction] : [language.instruction, language.atOnce];
}

const withoutSpaces = new Set(['ja', 'zh-Hant', 'zh-Hans']);

/** A text for the buyer of an order (REQ-10). `now` in ms UTC. */
export function buyerText(kind: BuyerTextKind, code: string, about: Addressed, now: number): BuyerText {
  const language = buyerLanguage(code);
  const { account, orders, request } = language.terms;
  const { id, marketplaceId, shipBy } = about;
  const names = { account, orders, request };
  const template = parts(kind, language, shipBy, now).join(withoutSpaces.has(language.code) ? '' : ' ');
  const used = Object.entries(names).filter(([name]) => template.includes(`{${name}}`));
  const values: Readonly<Record<string, string>> = {
    id,
    date: shipBy === null ? '' : dayOf(shipBy, language, marketplaceId),
    ...Object.fromEntries(used.map(([name, { text }]) => [name, text])),
  };
  return {
    text: template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
    ours: used.flatMap(([, term]) => (term.ours ? [term.text] : [])),
  };
}

/** Where a seller writes to the buyer of an order, in Seller Central; null where the marketplace is unknown. */
export function messagesUrl({ id, marketplaceId }: Addressed): string | null {
  const host = marketplace(marketplaceId)?.sellerCentralHost;
  return host === undefined ? null : `https://${host}/messaging/inbox?fi=search&ss=${encodeURIComponent(id)}`;
}

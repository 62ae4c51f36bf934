import { notDone } from './not-done.ts';
import { keyOf, keyOfText, type IndexedOrder, type OrderIndex } from './order-index.ts';
import type { Search, SearchOperator } from './search-syntax.ts';

type Term = Extract<Search, { kind: 'term' }>;

/** What a search needs besides the index. */
export interface SearchOptions {
  /** Full name of a metafield's namespace, `$app` resolved. */
  readonly namespace: (written: string) => string;
  /** How far free text looks. */
  readonly freeText: 'broad' | 'narrow';
}

const exactFields = new Set(['source_identifier', 'name', 'tag']);

function resolve(search: Search, options: SearchOptions): Search {
  if (search.kind === 'not') return { kind: 'not', part: resolve(search.part, options) };
  if (search.kind === 'and' || search.kind === 'or')
    return { kind: search.kind, parts: search.parts.map((part) => resolve(part, options)) };
  const match = search.kind === 'term' ? /^metafields\.(.+)\.([^.]+)$/.exec(search.field ?? '') : null;
  if (search.kind === 'all' || !match) return search;
  return { ...search, field: `metafields.${options.namespace(match[1] ?? '')}.${match[2] ?? ''}` };
}

/** The orders that can match at all, where a term can be looked up; undefined: look at every order. */
function candidates(search: Search, index: OrderIndex): Iterable<IndexedOrder> | undefined {
  if (search.kind === 'term') {
    const { field, op, value } = search;
    if (field === null) {
      const key = keyOfText(value);
      return key === undefined ? undefined : index.under(key);
    }
    if (op !== '=' || value.includes('*') || value.includes(',')) return undefined;
    return exactFields.has(field) || field.startsWith('metafields.')
      ? index.under(keyOf(field, value))
      : undefined;
  }
  if (search.kind === 'and') {
    for (const part of search.parts) {
      const found = candidates(part, index);
      if (found) return found;
    }
    return undefined;
  }
  if (search.kind !== 'or') return undefined;
  const found = search.parts.map((part) => candidates(part, index));
  if (found.includes(undefined)) return undefined;
  return new Map(
    found.flatMap((list) => [...(list ?? [])].map((entry) => [entry.id, entry] as const)),
  ).values();
}

function compare(op: SearchOperator, left: number | bigint, right: number | bigint): boolean {
  if (op === '=') return left === right;
  if (op === '<') return left < right;
  if (op === '<=') return left <= right;
  return op === '>' ? left > right : left >= right;
}

function timeMatches(term: Term, time: number): boolean {
  const wanted = Date.parse(term.value);
  if (Number.isNaN(wanted)) throw notDone(`the search value ${term.field ?? ''}:${term.value}`);
  if (term.op === '=' && /^\d{4}-\d{2}-\d{2}$/.test(term.value))
    return time >= wanted && time < wanted + 86_400_000;
  // Shopify compares whole seconds.
  return compare(term.op, Math.floor(time / 1000), Math.floor(wanted / 1000));
}

const same = (a: string | null, b: string): boolean =>
  a !== null && (b === '*' || a.toLowerCase() === b.toLowerCase());

const statusMatches: Readonly<Record<string, (entry: IndexedOrder) => boolean>> = {
  any: () => true,
  open: (entry) => !entry.closed && !entry.cancelled,
  closed: (entry) => entry.closed,
  cancelled: (entry) => entry.cancelled,
  not_closed: (entry) => !entry.closed,
};

/** Beside how much was shipped. */
const shownStatuses = new Set(['on_hold', 'scheduled', 'request_declined']);

const fieldMatches: Readonly<Record<string, (entry: IndexedOrder, term: Term) => boolean>> = {
  id: (entry, term) => compare(term.op, entry.id, BigInt(/\d+$/.exec(term.value)?.[0] ?? '0')),
  name: (entry, term) => same(entry.name, term.value) || same(entry.name.replace(/^#/, ''), term.value),
  source_identifier: (entry, term) => same(entry.sourceIdentifier, term.value),
  source_name: (entry, term) => same(entry.sourceName, term.value),
  tag: (entry, term) => term.value.split(',').some((tag) => entry.tags.some((own) => same(own, tag.trim()))),
  tag_not: (entry, term) =>
    !term.value.split(',').some((tag) => entry.tags.some((own) => same(own, tag.trim()))),
  sku: (entry, term) => entry.skus.some((sku) => same(sku, term.value)),
  po_number: (entry, term) => same(entry.poNumber, term.value),
  email: (entry, term) => same(entry.email, term.value),
  test: (entry, term) => String(entry.test) === term.value,
  financial_status: (entry, term) => same(entry.financialStatus, term.value),
  fulfillment_status: (entry, term) =>
    same(entry.fulfilled, term.value) ||
    (shownStatuses.has(term.value) && entry.fulfillmentStatus === term.value) ||
    (term.value === 'fulfilled' && entry.fulfilled === 'shipped') ||
    (term.value === 'unfulfilled' && entry.fulfilled === 'unshipped'),
  status: (entry, term) => {
    const matches = statusMatches[term.value];
    if (!matches) throw notDone(`the search status:${term.value}`);
    return matches(entry);
  },
  created_at: (entry, term) => timeMatches(term, entry.createdAt),
  updated_at: (entry, term) => timeMatches(term, entry.updatedAt),
  processed_at: (entry, term) => timeMatches(term, entry.processedAt),
};

function matches(search: Search, entry: IndexedOrder, options: SearchOptions): boolean {
  if (search.kind === 'all') return true;
  if (search.kind === 'not') return !matches(search.part, entry, options);
  if (search.kind === 'and') return search.parts.every((part) => matches(part, entry, options));
  if (search.kind === 'or') return search.parts.some((part) => matches(part, entry, options));
  if (search.field === null) {
    const text = options.freeText === 'broad' ? entry.broadText : entry.narrowText;
    return text.includes(search.value.toLowerCase());
  }
  if (search.field.startsWith('metafields.'))
    return entry.metafields.some(
      (m) => search.field === `metafields.${m.namespace}.${m.key}` && same(m.value, search.value),
    );
  const check = fieldMatches[search.field];
  if (!check) throw notDone(`the order search by ${search.field}`);
  return check(entry, search);
}

/** The orders the index finds for a search, in no order. Throws NOT_IMPLEMENTED for a field it does not know. */
export function searchOrders(index: OrderIndex, search: Search, options: SearchOptions): IndexedOrder[] {
  const resolved = resolve(search, options);
  const from = candidates(resolved, index) ?? index.all();
  return [...from].filter((entry) => matches(resolved, entry, options));
}

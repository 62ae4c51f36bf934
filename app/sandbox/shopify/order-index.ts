import { fulfillmentStatus } from './fulfillment-status.ts';
import { unitsToSend } from './line-units.ts';
import type { MetafieldRecord, OrderRecord } from './records.ts';

/** What search knows of an order: a copy from the moment it was indexed. */
export interface IndexedOrder {
  readonly id: bigint;
  readonly name: string;
  readonly sourceIdentifier: string | null;
  readonly sourceName: string;
  readonly tags: readonly string[];
  readonly metafields: readonly MetafieldRecord[];
  readonly skus: readonly string[];
  readonly financialStatus: string;
  readonly fulfilled: 'shipped' | 'partial' | 'unshipped';
  /** As the order shows it: `on_hold`, `in_progress`, … */
  readonly fulfillmentStatus: string;
  readonly poNumber: string | null;
  readonly email: string | null;
  readonly test: boolean;
  readonly closed: boolean;
  readonly cancelled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly processedAt: number;
  /** Everything free text may be found in, by how far the search looks. */
  readonly narrowText: string;
  readonly broadText: string;
}

/** The search index of a shop's orders. It knows what it was told, not what is. */
export interface OrderIndex {
  put(entry: IndexedOrder): void;
  remove(id: bigint): void;
  get(id: bigint): IndexedOrder | undefined;
  all(): Iterable<IndexedOrder>;
  /** Orders under a key of `keyOf`. */
  under(key: string): Iterable<IndexedOrder>;
}

/** The key of an exact term that the index can look up at once. */
export function keyOf(field: string, value: string): string {
  return `${field}=${value.toLowerCase()}`;
}

/** The name of a metafield in search: `metafields.app--1.order_id`. */
export function metafieldField(namespace: string, key: string): string {
  return `metafields.${namespace}.${key}`;
}

/** Whole groups of letters and digits that can be looked up: long enough, and with a digit, as numbers have them. */
const groups = /(?<![a-z0-9])(?=[a-z]*\d)[a-z0-9]{5,}(?![a-z0-9])/g;

/**
 * The key under which every order stands that has a text of dashed groups, `1-23456-7`, anywhere: its second group is whole
 * in whatever text holds it. Undefined for other texts: they cannot be looked up.
 */
export function keyOfText(text: string): string | undefined {
  const [, second, ...more] = text.toLowerCase().split('-');
  if (second === undefined || more.length === 0 || second.match(groups)?.[0] !== second) return undefined;
  return keyOf('', second);
}

function keys(entry: IndexedOrder): string[] {
  const found = [keyOf('name', entry.name), keyOf('name', entry.name.replace(/^#/, ''))];
  if (entry.sourceIdentifier !== null) found.push(keyOf('source_identifier', entry.sourceIdentifier));
  for (const tag of entry.tags) found.push(keyOf('tag', tag));
  for (const group of entry.broadText.match(groups) ?? []) found.push(keyOf('', group));
  for (const m of entry.metafields) found.push(keyOf(metafieldField(m.namespace, m.key), m.value));
  return [...new Set(found)];
}

/** An empty index. */
export function createOrderIndex(): OrderIndex {
  const entries = new Map<bigint, IndexedOrder>();
  const byKey = new Map<string, Map<bigint, IndexedOrder>>();
  const remove = (id: bigint): void => {
    const old = entries.get(id);
    if (!old) return;
    entries.delete(id);
    for (const key of keys(old)) byKey.get(key)?.delete(id);
  };
  return {
    put: (entry) => {
      remove(entry.id);
      entries.set(entry.id, entry);
      for (const key of keys(entry)) {
        const under = byKey.get(key);
        if (under) under.set(entry.id, entry);
        else byKey.set(key, new Map([[entry.id, entry]]));
      }
    },
    remove,
    get: (id) => entries.get(id),
    all: () => entries.values(),
    under: (key) => byKey.get(key)?.values() ?? [],
  };
}

/** What search will know of an order once it is indexed. */
export function indexed(order: OrderRecord): IndexedOrder {
  const units = order.lines.reduce((sum, line) => sum + unitsToSend(line), 0);
  const fulfilled = order.lines.reduce((sum, line) => sum + line.fulfilledQuantity, 0);
  const narrow = [
    order.name,
    order.email ?? '',
    ...order.tags,
    ...order.lines.flatMap((line) => [line.title, line.sku ?? '']),
    [order.shippingAddress?.firstName, order.shippingAddress?.lastName].filter(Boolean).join(' '),
  ];
  const broad = [
    ...narrow,
    order.sourceIdentifier ?? '',
    order.note ?? '',
    order.poNumber ?? '',
    ...order.customAttributes.flatMap((attribute) => [attribute.key, attribute.value]),
  ];
  return {
    id: order.id,
    name: order.name,
    sourceIdentifier: order.sourceIdentifier,
    sourceName: order.sourceName,
    tags: order.tags,
    metafields: order.metafields,
    skus: order.lines.flatMap((line) => (line.sku === null ? [] : [line.sku])),
    financialStatus: order.financialStatus.toLowerCase(),
    fulfilled: fulfilled === 0 ? 'unshipped' : fulfilled < units ? 'partial' : 'shipped',
    fulfillmentStatus: fulfillmentStatus(order).toLowerCase(),
    poNumber: order.poNumber,
    email: order.email,
    test: order.test,
    closed: order.closedAt !== null,
    cancelled: order.cancelledAt !== null,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    processedAt: order.processedAt,
    narrowText: narrow.join('\n').toLowerCase(),
    broadText: broad.join('\n').toLowerCase(),
  };
}

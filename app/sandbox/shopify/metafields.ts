import { createHash } from 'node:crypto';
import type { MetafieldRecord, OrderRecord } from './records.ts';
import type { ShopState } from './shop-state.ts';
import { textLength } from './text-length.ts';
import { definitionOf, fullNamespace, type ShopifyWorld } from './world.ts';

/** `MetafieldInput` and `MetafieldsSetInput`, as far as they agree. */
export interface MetafieldInput {
  readonly namespace?: string | null;
  readonly key?: string | null;
  readonly type?: string | null;
  readonly value?: string | null;
}

/** What is wrong with a metafield: which field, and a code of `MetafieldsSetUserErrorCode`. */
interface MetafieldProblem {
  readonly field: 'key' | 'type' | 'value';
  readonly code: 'BLANK' | 'INVALID_TYPE' | 'INVALID_VALUE' | 'TAKEN';
  readonly message: string;
}

/** A metafield that may be written. */
export interface CheckedMetafield {
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly unique: boolean;
}

const valueChecks: Readonly<Record<string, (value: string) => boolean>> = {
  json: isJson,
  number_integer: (value) => /^-?\d+$/.test(value),
  number_decimal: (value) => /^-?\d+(\.\d+)?$/.test(value),
  boolean: (value) => value === 'true' || value === 'false',
  date_time: (value) => !Number.isNaN(Date.parse(value)),
  single_line_text_field: (value) => !/[\n\r]/.test(value),
  id: (value) => textLength(value) <= 255 && !/[\n\r]/.test(value),
  url: (value) => URL.canParse(value),
};

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** The digest that `compareDigest` is checked against. */
export function metafieldDigest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function uniqueKey(field: { namespace: string; key: string; value: string }): string {
  return `${field.namespace}.${field.key}=${field.value}`;
}

/** The order that holds a unique value, if any. */
export function ownerOfValue(
  shop: ShopState,
  namespace: string,
  key: string,
  value: string,
): bigint | undefined {
  return shop.uniqueValues.get(uniqueKey({ namespace, key, value }));
}

/** Checks an order metafield against its definition, its type, and values of other orders. */
export function checkMetafield(
  world: ShopifyWorld,
  shop: ShopState,
  input: MetafieldInput,
  ownerId: bigint | null,
): CheckedMetafield | MetafieldProblem {
  const namespace = fullNamespace(input.namespace);
  const { key, value } = input;
  if (key == null || key === '') return { field: 'key', code: 'BLANK', message: "Key can't be blank" };
  const definition = definitionOf(world.options, namespace, key);
  const type = input.type ?? definition?.type;
  if (type === undefined) return { field: 'type', code: 'BLANK', message: "Type can't be blank" };
  if (definition && definition.type !== type)
    return {
      field: 'type',
      code: 'INVALID_TYPE',
      message: `Type '${type}' must be consistent with the definition's type: '${definition.type}'.`,
    };
  if (value == null || value === '')
    return { field: 'value', code: 'BLANK', message: "Value can't be blank." };
  if (valueChecks[type] && !valueChecks[type](value))
    return { field: 'value', code: 'INVALID_VALUE', message: `Value is invalid ${type}.` };
  const unique = type === 'id' || definition?.unique === true;
  const holder = unique ? ownerOfValue(shop, namespace, key, value) : undefined;
  const rejects = world.parts.behaviour.get('shopify.duplicate-id-metafield') === 'rejects';
  if (holder !== undefined && holder !== ownerId && rejects)
    return {
      field: 'value',
      code: 'TAKEN',
      message: 'Value has already been assigned to another metafield and must be unique.',
    };
  return { namespace, key, type, value, unique };
}

/** Writes checked metafields onto an order; the first order with a unique value keeps it. */
export function writeMetafields(
  world: ShopifyWorld,
  shop: ShopState,
  order: OrderRecord,
  fields: readonly CheckedMetafield[],
): MetafieldRecord[] {
  const now = world.parts.clock.now();
  const written = fields.map((field): MetafieldRecord => {
    const old = order.metafields.find((one) => one.namespace === field.namespace && one.key === field.key);
    if (old && shop.uniqueValues.get(uniqueKey(old)) === order.id) shop.uniqueValues.delete(uniqueKey(old));
    if (field.unique && !shop.uniqueValues.has(uniqueKey(field)))
      shop.uniqueValues.set(uniqueKey(field), order.id);
    const id = old?.id ?? world.newId('Metafield');
    const { namespace, key, type, value } = field;
    return { id, namespace, key, type, value, createdAt: old?.createdAt ?? now, updatedAt: now };
  });
  const ids = new Set(written.map((one) => one.id));
  order.metafields = [...order.metafields.filter((one) => !ids.has(one.id)), ...written];
  return written;
}

/** Gives the unique values of an order free again. */
export function forgetMetafields(shop: ShopState, order: OrderRecord): void {
  for (const field of order.metafields)
    if (shop.uniqueValues.get(uniqueKey(field)) === order.id) shop.uniqueValues.delete(uniqueKey(field));
}

/** Takes a metafield off an order; false where it is not there. */
export function removeMetafield(
  shop: ShopState,
  order: OrderRecord,
  namespace: string,
  key: string,
): boolean {
  const full = fullNamespace(namespace);
  const found = order.metafields.find((one) => one.namespace === full && one.key === key);
  if (!found) return false;
  if (shop.uniqueValues.get(uniqueKey(found)) === order.id) shop.uniqueValues.delete(uniqueKey(found));
  order.metafields = order.metafields.filter((one) => one !== found);
  return true;
}

import { isObject, type JsonObject, without } from './json.ts';

/** Blocks that are given only when asked for, by the `includedData` value that asks (Orders v2026-01-01). */
const blocks = {
  BUYER: { order: ['buyer'], item: [] },
  RECIPIENT: { order: ['recipient'], item: [] },
  PROCEEDS: { order: ['proceeds'], item: ['proceeds'] },
  EXPENSE: { order: ['expense'], item: ['expense'] },
  PROMOTION: { order: ['promotion'], item: ['promotion'] },
  CANCELLATION: { order: ['cancellation'], item: ['cancellation'] },
  FULFILLMENT: { order: ['fulfillment'], item: ['fulfillment'] },
  PACKAGES: { order: ['packages'], item: [] },
  TAX: { order: ['tax'], item: ['tax'] },
  PAYMENT: { order: ['payment'], item: [] },
  FULFILLMENT_ORDERS: { order: ['fulfillmentOrders'], item: [] },
} as const satisfies Record<string, { order: readonly string[]; item: readonly string[] }>;

/** A value of `includedData`. */
export type IncludedData = keyof typeof blocks;

/** All values of `includedData`. */
export const includedDataValues = Object.keys(blocks);

/** Whether the text is a value of `includedData`. */
export function isIncludedData(value: string): value is IncludedData {
  return Object.hasOwn(blocks, value);
}

/** The order with only the blocks that were asked for; what is no block of `includedData` is always given. */
export function withIncludedData(order: JsonObject, asked: readonly IncludedData[]): JsonObject {
  const hidden = Object.entries(blocks).filter(([value]) => !asked.some((name) => name === value));
  const ofItem = hidden.flatMap(([, { item }]) => item);
  const shown = without(
    order,
    hidden.flatMap(([, { order: names }]) => names),
  );
  const items = shown['orderItems'];
  if (!Array.isArray(items)) return shown;
  return {
    ...shown,
    orderItems: items.map((item: unknown) => (isObject(item) ? without(item, ofItem) : item)),
  };
}

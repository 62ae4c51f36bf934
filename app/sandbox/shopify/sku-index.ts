import type { VariantRecord } from './records.ts';

/** Finds variants the way Shopify's search finds SKUs: by whole words in a row, in any case. */
export interface SkuIndex {
  add(variant: VariantRecord): void;
  /** The variants whose SKU holds the words of the text one after the other; a `*` at the end finds beginnings. */
  find(text: string): VariantRecord[];
  /** True when this very SKU is found by the text. */
  matches(sku: string, text: string): boolean;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function holds(sku: readonly string[], wanted: readonly string[], open: boolean): boolean {
  return sku.some((_, start) =>
    wanted.every((word, i) => {
      const found = sku[start + i];
      return (
        found !== undefined && (open && i === wanted.length - 1 ? found.startsWith(word) : found === word)
      );
    }),
  );
}

/** An empty index. */
export function createSkuIndex(): SkuIndex {
  const byWord = new Map<string, VariantRecord[]>();
  const all: VariantRecord[] = [];
  const matches = (sku: string, text: string): boolean => {
    const wanted = words(text);
    if (wanted.length === 0) return sku.toLowerCase() === text.toLowerCase();
    return holds(words(sku), wanted, text.endsWith('*'));
  };
  return {
    add: (variant) => {
      all.push(variant);
      for (const word of new Set(words(variant.sku))) {
        const list = byWord.get(word);
        if (list) list.push(variant);
        else byWord.set(word, [variant]);
      }
    },
    find: (text) => {
      const first = words(text)[0];
      const candidates =
        first === undefined || text.endsWith('*') ? all : (byWord.get(first) ?? ([] as VariantRecord[]));
      return candidates.filter((variant) => matches(variant.sku, text));
    },
    matches,
  };
}

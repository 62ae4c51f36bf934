import { z } from 'zod';
import type { AmazonLine } from './amazon-order.ts';
import { refuse, type Refused } from './explain-refusal.ts';
import { count, sameUnits, type LineUnits } from './line-units.ts';
import { namedLine } from './named-line.ts';
import { typedPairs } from './typed-pairs.ts';

/** Which units of a fulfilment are in the parcel of which tracking number, as a person assigned them (FUL-3). */
export type ParcelSplit = readonly { readonly number: string; readonly units: LineUnits }[];

const quantity = z.number().int().positive();
const keptShape = z.array(
  z.object({
    number: z.string(),
    items: z.array(z.object({ orderItemId: z.string(), quantity })),
  }),
);

/**
 * A split as a person typed it, for a fulfilment of `units` with these numbers: each number at most once, and all units in
 * one parcel each. As words (`1Z1=SKU-1:2;1Z2=SKU-2:1`, a line's own id or its SKU) or as JSON.
 */
export function readParcelSplit(
  text: string,
  sent: { readonly numbers: readonly string[]; readonly units: LineUnits },
  lines: readonly Pick<AmazonLine, 'orderItemId' | 'sku'>[],
): { readonly ok: true; readonly split: ParcelSplit } | Refused {
  const typed = typedPairs(text);
  if (!typed) return refuse('split_unreadable');
  const fulfilled = lines.filter(({ orderItemId }) => (sent.units.get(orderItemId) ?? 0) > 0);
  const all = new Map<string, number>();
  const named = new Set<string>();
  const split: { number: string; units: Map<string, number> }[] = [];
  for (const [number, items] of typed) {
    if (!sent.numbers.includes(number) || named.has(number))
      return refuse('split_number_unknown', { what: number });
    named.add(number);
    const units = new Map<string, number>();
    for (const [name, typedNumber] of items) {
      if (!/^[1-9]\d{0,5}$/.test(typedNumber)) return refuse('split_unreadable');
      const n = Number(typedNumber);
      const id = namedLine(name, fulfilled)?.orderItemId;
      if (id === undefined || units.has(id)) return refuse('line_unknown', { sku: name });
      units.set(id, n);
      all.set(id, (all.get(id) ?? 0) + n);
    }
    split.push({ number, units });
  }
  const [n, m] = [count(all), count(sent.units)];
  return sameUnits(all, sent.units) ? { ok: true, split } : refuse('split_sum', { n, m });
}

/** A split as text, for an answer to be kept. */
export function keptSplit(split: ParcelSplit): string {
  return JSON.stringify(
    split.map(({ number, units }) => ({
      number,
      items: [...units].map(([orderItemId, n]) => ({ orderItemId, quantity: n })),
    })),
  );
}

/** A kept split, as far as it is still one of these units; else null. */
export function splitFrom(value: string, units: LineUnits): ParcelSplit | null {
  const split = keptShape.parse(JSON.parse(value)).map(({ number, items }) => ({
    number,
    units: new Map(items.map(({ orderItemId, quantity: n }) => [orderItemId, n])),
  }));
  const all = new Map<string, number>();
  for (const { units: own } of split) for (const [id, n] of own) all.set(id, (all.get(id) ?? 0) + n);
  return sameUnits(all, units) ? split : null;
}

/**
 * The parcels of a split, with the numbers that stand now: the one that took another's place is that parcel's, and one that
 * was taken away is still true of its own.
 */
export function partsOf(split: ParcelSplit, numbers: readonly string[]): ParcelSplit {
  const [free, ...more] = numbers.filter((one) => !split.some(({ number }) => number === one));
  const [gone, ...others] = split.filter(({ number }) => !numbers.includes(number));
  if (free === undefined || !gone || more.length + others.length > 0) return split;
  return split.map((one) => (one === gone ? { ...one, number: free } : one));
}

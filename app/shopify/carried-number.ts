import type { OrderWords } from './order-fields.ts';

/**
 * How an order of another app carries an Amazon number. `number`: as its own, in a place made for it. `mention`: somewhere
 * in its texts, and no other. `unclear`: among several numbers.
 */
export type Carries = 'number' | 'mention' | 'unclear' | 'no';

/** An Amazon number as a whole: not the beginning, middle or end of a longer one. */
const numbers = /(?<!\d)(?<!\d-)[\dSD]\d{2}-\d{7}-\d{7}(?!\d)(?!-\d)/g;

function numbersIn(texts: readonly (string | null)[]): Set<string> {
  return new Set(texts.flatMap((text) => text?.match(numbers) ?? []));
}

/** Values that are a number and nothing else. */
function exact(values: readonly (string | null)[]): Set<string> {
  const trimmed = values.flatMap((value) => value?.trim() ?? []);
  return new Set(trimmed.filter((value) => numbersIn([value]).has(value)));
}

/**
 * Which order of Amazon's an order of another app stands for is told by the first place that names one at all: its source
 * identifier, its name, a tag or an attribute that is nothing else, at last any text in tags, attributes and note.
 */
export function carries(words: OrderWords, amazonOrderId: string): Carries {
  const { name, sourceIdentifier, tags, note } = words;
  if (sourceIdentifier === amazonOrderId) return 'number';
  const values = [...tags, ...words.customAttributes.map(({ value }) => value)];
  const places: [Exclude<Carries, 'unclear' | 'no'>, Set<string>][] = [
    ['number', numbersIn([sourceIdentifier])],
    ['number', numbersIn([name])],
    ['number', exact(values)],
    ['mention', numbersIn([...values, note])],
  ];
  const [how, named] = places.find(([, found]) => found.size > 0) ?? ['no', new Set<string>()];
  if (!named.has(amazonOrderId)) return 'no';
  return named.size === 1 ? how : 'unclear';
}

import { z } from 'zod';

/** Names with pairs of a name and a value each, as a person typed them. */
export type TypedPairs = readonly (readonly [string, readonly (readonly [string, string])[]])[];

const jsonShape = z.record(
  z.string(),
  z.record(z.string(), z.union([z.string(), z.number().transform(String)])),
);

/** `A=x:1,y:2;B=x:3`: up to the first `=` a name, and up to the last `:` of each part the name of its value. */
function fromWords(text: string): TypedPairs | null {
  const all: (readonly [string, (readonly [string, string])[]])[] = [];
  for (const word of text.split(';')) {
    const cut = word.indexOf('=');
    const name = word.slice(0, Math.max(0, cut)).trim();
    const pairs = word
      .slice(cut + 1)
      .split(',')
      .map((one): [string, string] => {
        const at = one.lastIndexOf(':');
        return [one.slice(0, Math.max(0, at)).trim(), one.slice(at + 1).trim()];
      });
    if (name === '' || pairs.some((pair) => pair.includes(''))) return null;
    all.push([name, pairs]);
  }
  return all;
}

/** The same as JSON, for names that hold one of the signs: `{"A": {"x": 1}}`. */
function fromJson(text: string): TypedPairs | null {
  try {
    const read = jsonShape.safeParse(JSON.parse(text));
    if (!read.success) return null;
    return Object.entries(read.data).map(([name, pairs]) => [name, Object.entries(pairs)]);
  } catch {
    return null;
  }
}

/** Reads `A=x:1,y:2;B=x:3`, or the same as JSON; null where it is neither, or where one of the names has no pair. */
export function typedPairs(text: string): TypedPairs | null {
  const read = text.trimStart().startsWith('{') ? fromJson(text) : fromWords(text);
  return read?.length && read.every(([, pairs]) => pairs.length > 0) ? read : null;
}

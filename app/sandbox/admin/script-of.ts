/** A function or class that stands on its own: it uses only what the browser and the others of its script offer. */
type Piece = { readonly name: string; toString(): string };

/**
 * A script for browsers made of functions and classes written here, so that they are type-checked; `start` is called
 * with `given`, which is put in as JSON.
 */
export function scriptOf(pieces: readonly Piece[], start: Piece, given: unknown = null): string {
  const json = JSON.stringify(given).replaceAll('<', '\\u003c');
  return `(() => {\n'use strict';\n${[...pieces, start].map(String).join('\n')}\n${start.name}(${json});\n})();\n`;
}

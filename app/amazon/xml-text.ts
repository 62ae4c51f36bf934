import XMLBuilder from 'fast-xml-builder';

/** Elements by name, in the order they are written; what is undefined is left out, a list is an element for each. */
export interface XmlParts {
  readonly [name: string]: string | XmlParts | readonly (string | XmlParts)[] | undefined;
}

// What XML 1.0 forbids, control characters it allows but nobody reads, and halves of surrogate pairs.
const unfit = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu;

/** A text as it may stand in XML: one line, no signs that XML forbids, no more than `most` signs, nothing blank around it. */
export function xmlText(text: string, most: number): string {
  const line = text.replace(unfit, ' ').replace(/\s+/gu, ' ').trim();
  return Array.from(line).slice(0, most).join('').trim();
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
  format: true,
});

/** Writes a document, escaped; attributes are parts whose name begins with `@`, their element's text is `#text`. */
export function writeXml(root: XmlParts): string {
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...root });
}

import type { XmlElement } from './xml.ts';

/** What an element may hold: a text with a rule, or elements in a fixed order. */
export type Content =
  | { readonly is: 'text'; readonly allows: (text: string) => boolean; readonly attribute?: Attribute }
  | { readonly is: 'elements'; readonly parts: readonly Part[] };

interface Attribute {
  readonly name: string;
  readonly allows: (value: string) => boolean;
}

/** One place in the order: an element, or one of several. */
export interface Part {
  readonly choice: Readonly<Record<string, Content>>;
  readonly least: number;
  readonly most: number;
}

/** A text that the pattern describes whole. */
export function matching(pattern: RegExp, attribute?: Attribute): Content {
  return { is: 'text', allows: (text) => pattern.test(text), ...(attribute ? { attribute } : {}) };
}

/** One of these words. */
export function oneOf(...words: readonly string[]): Content {
  return { is: 'text', allows: (text) => words.includes(text) };
}

/** Elements in this order. */
export function sequence(...parts: readonly Part[]): Content {
  return { is: 'elements', parts };
}

/** An element that must be there once. */
export function one(name: string, content: Content): Part {
  return { choice: { [name]: content }, least: 1, most: 1 };
}

/** An element that may be there once. */
export function maybe(name: string, content: Content): Part {
  return { choice: { [name]: content }, least: 0, most: 1 };
}

/** An element that may be there often, at least `least` times. */
export function many(name: string, content: Content, least = 0, most = Infinity): Part {
  return { choice: { [name]: content }, least, most };
}

/** Exactly one of these elements. */
export function either(choice: Readonly<Record<string, Content>>): Part {
  return { choice, least: 1, most: 1 };
}

const at = (element: XmlElement, what: string) => `Line ${element.line}: ${what}`;

function wrongText(element: XmlElement, content: Content & { is: 'text' }): string | null {
  const { name, children, attributes, text } = element;
  if (children[0]) return at(children[0], `${children[0].name} is not expected in ${name}.`);
  const { attribute } = content;
  const odd = [...attributes.keys()].find((key) => key !== attribute?.name);
  if (odd !== undefined) return at(element, `The attribute ${odd} is not expected at ${name}.`);
  if (attribute && !attribute.allows(attributes.get(attribute.name) ?? ''))
    return at(element, `The attribute ${attribute.name} of ${name} is missing or not valid.`);
  return content.allows(text) ? null : at(element, `The value '${text}' of ${name} is not valid.`);
}

/** What does not fit the content, in words with the line; null where everything does. */
export function violation(element: XmlElement, content: Content): string | null {
  if (content.is === 'text') return wrongText(element, content);
  const { name, children, text } = element;
  if (text.trim() !== '') return at(element, `${name} may hold no text.`);
  const [odd] = [...element.attributes.keys()].filter(
    (key) => !key.startsWith('xmlns') && !key.includes(':'),
  );
  if (odd !== undefined) return at(element, `The attribute ${odd} is not expected at ${name}.`);
  let position = 0;
  for (const { choice, least, most } of content.parts) {
    let found = 0;
    for (; found < most; found += 1) {
      const child = children[position];
      const inner = child && Object.hasOwn(choice, child.name) ? choice[child.name] : undefined;
      if (!child || !inner) break;
      const wrong = violation(child, inner);
      if (wrong !== null) return wrong;
      position += 1;
    }
    if (found >= least) continue;
    const wanted = Object.keys(choice).join(' or ');
    return at(children[position] ?? element, `${name} lacks ${wanted} at this place.`);
  }
  const left = children[position];
  return left ? at(left, `${left.name} is not expected at this place of ${name}.`) : null;
}

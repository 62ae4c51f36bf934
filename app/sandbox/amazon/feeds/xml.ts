/** One element of an XML document; `text` is its text without what its children hold. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** What makes a text no well-formed XML; the message names line and column as Amazon's reports do. */
export class NotXml extends Error {}

interface Open {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

const nameShape = /[A-Za-z_][\w.:-]*/y;
const attributeShape = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;
const declaration =
  /^<\?xml\s+version="1\.[01]"(?:\s+encoding="[A-Za-z][\w.-]*")?(?:\s+standalone="(?:yes|no)")?\s*\?>/;
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #fail(why: string): never {
    const before = this.#text.slice(0, this.#at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    throw new NotXml(`XML Parsing Error at Line ${before.length}, Column ${column}: ${why}`);
  }

  #match(shape: RegExp): RegExpExecArray | null {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text);
    if (found) this.#at += found[0].length;
    return found;
  }

  #decoded(text: string): string {
    if (forbidden.test(text)) this.#fail('An invalid XML character was found.');
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&]*;)?/g, (whole: string, named: string | undefined) => {
      const name = named?.slice(0, -1) ?? '';
      const known = entities[name];
      if (known !== undefined) return known;
      const code = /^#x[0-9a-fA-F]+$/.test(name)
        ? Number.parseInt(name.slice(2), 16)
        : /^#\d+$/.test(name)
          ? Number(name.slice(1))
          : Number.NaN;
      if (Number.isNaN(code) || code > 0x10ffff) this.#fail(`The entity ${whole} is not known.`);
      return String.fromCodePoint(code);
    });
  }

  /** Passes a comment or a processing instruction; whether there was one. */
  #aside(): boolean {
    for (const [from, to] of [
      ['<!--', '-->'],
      ['<?', '?>'],
    ] as const) {
      if (!this.#text.startsWith(from, this.#at)) continue;
      const end = this.#text.indexOf(to, this.#at + from.length);
      if (end < 0) this.#fail(`${from} is not closed.`);
      this.#at = end + to.length;
      return true;
    }
    return false;
  }

  #space(): void {
    do this.#match(/\s*/y);
    while (this.#aside());
  }

  /** Opens the element that begins here; `closed` where it is empty. */
  #open(line: number): { readonly element: Open; readonly closed: boolean } {
    this.#at += 1;
    const name = this.#match(nameShape)?.[0] ?? this.#fail('A name was expected.');
    const attributes = new Map<string, string>();
    for (let found = this.#match(attributeShape); found; found = this.#match(attributeShape)) {
      const [, key = '', quoted, single = ''] = found;
      if (attributes.has(key)) this.#fail(`The attribute ${key} is given twice.`);
      attributes.set(key, this.#decoded(quoted ?? single));
    }
    const end = this.#match(tagEnd) ?? this.#fail(`The start of ${name} is not closed.`);
    return { element: { name, attributes, children: [], line, text: '' }, closed: end[1] === '/' };
  }

  #textInto(element: Open): void {
    const next = this.#text.indexOf('<', this.#at);
    const text = this.#text.slice(this.#at, next < 0 ? undefined : next);
    if (text.includes(']]>')) this.#fail(']]> is not allowed in text.');
    element.text += this.#decoded(text);
    this.#at += text.length;
  }

  /** Everything up to the end of the root. */
  #tree(): XmlElement {
    const open: Open[] = [];
    let line = this.#text.slice(0, this.#at).split('\n').length;
    let counted = this.#at;
    for (;;) {
      for (; counted < this.#at; counted += 1) if (this.#text[counted] === '\n') line += 1;
      const top = open.at(-1);
      const isTag = this.#text[this.#at] === '<';
      if (top && !isTag) {
        this.#textInto(top);
        if (this.#at >= this.#text.length) this.#fail(`${top.name} is not closed.`);
      } else if (top && this.#text.startsWith('</', this.#at)) {
        this.#at += 2;
        const name = this.#match(nameShape)?.[0];
        if (name !== top.name || !this.#match(/\s*>/y)) this.#fail(`The end of ${top.name} was expected.`);
        open.pop();
        const above = open.at(-1);
        if (!above) return top;
        above.children.push(top);
      } else if (top && this.#text.startsWith('<![CDATA[', this.#at)) {
        const end = this.#text.indexOf(']]>', this.#at);
        if (end < 0) this.#fail('CDATA is not closed.');
        top.text += this.#text.slice(this.#at + 9, end);
        this.#at = end + 3;
      } else if (!this.#aside()) {
        if (!isTag) this.#fail('Content is not allowed here.');
        const { element, closed } = this.#open(line);
        if (!closed) open.push(element);
        else if (top) top.children.push(element);
        else return element;
      }
    }
  }

  document(): XmlElement {
    this.#at = this.#text.startsWith('\uFEFF') ? 1 : 0;
    const begun = declaration.exec(this.#text.slice(this.#at));
    if (!begun) this.#fail('The XML declaration is missing or not valid.');
    this.#at += begun[0].length;
    this.#space();
    const root = this.#tree();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Nothing may follow the root.');
    return root;
  }
}

/**
 * Reads a document strictly: declaration first, every tag closed, only the five entities and numbered characters, no
 * document type. Throws NotXml.
 */
export function readXml(text: string): XmlElement {
  return new Reader(text).document();
}

const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The text as it may stand in an element. */
export function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (char) => escapes[char] ?? char);
}

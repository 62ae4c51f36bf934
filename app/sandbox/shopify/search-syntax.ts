/** A search as a tree. `field` null: free text. `op` is `=` where nothing else was written. */
export type Search =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'term';
      readonly field: string | null;
      readonly op: SearchOperator;
      readonly value: string;
    }
  | { readonly kind: 'not'; readonly part: Search }
  | { readonly kind: 'and'; readonly parts: readonly Search[] }
  | { readonly kind: 'or'; readonly parts: readonly Search[] };

/** How a value is compared. */
export type SearchOperator = '=' | '<' | '<=' | '>' | '>=';

type Token =
  { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' } | { readonly kind: 'word'; readonly text: string };

const operatorPattern = /^(>=|<=|>|<)\s*/;

function readWord(text: string, start: number): { readonly end: number } {
  let at = start;
  for (let quote: string | null = null; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\') at += 1;
    else if (quote !== null) quote = char === quote ? null : quote;
    else if ((char === '"' || char === "'") && (at === start || /[:<>=]/.test(text[at - 1] ?? '')))
      quote = char;
    else if (/[\s()]/.test(char)) break;
  }
  return { end: Math.min(at, text.length) };
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length;) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) at += 1;
    else if (char === '(' || char === ')') {
      found.push({ kind: char });
      at += 1;
    } else if (char === '-' && /\S/.test(text[at + 1] ?? ' ')) {
      found.push({ kind: 'NOT' });
      at += 1;
    } else {
      const { end } = readWord(text, at);
      const word = text.slice(at, end);
      if (word === 'AND' || word === 'OR' || word === 'NOT') found.push({ kind: word });
      else found.push({ kind: 'word', text: word });
      at = end;
    }
  }
  return found;
}

function plain(value: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(value);
  return (quoted?.[2] ?? value).replace(/\\(.)/g, '$1');
}

function term(word: string): Search {
  const match = /^((?:metafields\.[^\s:"']+|[a-z_]+)):([\s\S]*)$/.exec(word);
  if (!match) return { kind: 'term', field: null, op: '=', value: plain(word) };
  const rest = match[2] ?? '';
  const op = operatorPattern.exec(rest)?.[1] as SearchOperator | undefined;
  return {
    kind: 'term',
    field: match[1] ?? '',
    op: op ?? '=',
    value: plain(rest.replace(operatorPattern, '')),
  };
}

/**
 * Reads Shopify's search syntax: terms `field:value`, comparators, quotes, NOT or a minus, AND (also unwritten), OR, which
 * binds less, and parentheses. Never fails: what is left open is closed at the end.
 */
export function parseSearch(text: string | null | undefined): Search {
  const list = tokens(text ?? '');
  let at = 0;
  const one = (): Search => {
    const token = list[at];
    at += 1;
    if (token === undefined) return { kind: 'all' };
    if (token.kind === 'word') return term(token.text);
    if (token.kind === 'NOT') return { kind: 'not', part: one() };
    if (token.kind !== '(') return { kind: 'all' };
    const inner = either();
    if (list[at]?.kind === ')') at += 1;
    return inner;
  };
  const every = (): Search => {
    const parts: Search[] = [];
    for (let next = list[at]; next && next.kind !== 'OR' && next.kind !== ')'; next = list[at]) {
      if (next.kind === 'AND') at += 1;
      else parts.push(one());
    }
    return parts.length === 1 && parts[0]
      ? parts[0]
      : parts.length === 0
        ? { kind: 'all' }
        : { kind: 'and', parts };
  };
  const either = (): Search => {
    const parts = [every()];
    while (list[at]?.kind === 'OR') {
      at += 1;
      parts.push(every());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  };
  return either();
}

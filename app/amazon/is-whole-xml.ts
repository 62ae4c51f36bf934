// Comments, CDATA and instructions; then tags: the slash of an end, the name, the slash of an empty element; then a stray `<`.
const token =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)(?:\s+[\p{L}_][\p{L}\p{N}_.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>|</gu;

/**
 * Whether an XML document has one root and every element in it is closed in its order. The parser forgives both, and a
 * document that was cut off would lose what stood behind without a word.
 */
export function isWholeXml(xml: string): boolean {
  const open: string[] = [];
  let roots = 0;
  let end = 0;
  for (const found of xml.matchAll(token)) {
    const [all, slash, name, empty] = found;
    if (all === '<') return false;
    if (open.length === 0 && xml.slice(end, found.index).trim() !== '') return false;
    end = found.index + all.length;
    if (name === undefined) continue;
    if (slash === '/') {
      if (empty === '/' || open.pop() !== name) return false;
      continue;
    }
    if (open.length === 0) roots += 1;
    if (empty !== '/') open.push(name);
  }
  return open.length === 0 && roots === 1 && xml.slice(end).trim() === '';
}

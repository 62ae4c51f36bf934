import { describe, expect, it } from 'vitest';
import { parseExactly } from './exact-json.ts';

describe('SEC-3: JSON from outside', () => {
  it('keeps the digits of ids that exceed 2^53', () => {
    expect(parseExactly('{"id":820982911946154508,"lines":[{"id":487817672276298554}]}')).toEqual({
      id: '820982911946154508',
      lines: [{ id: '487817672276298554' }],
    });
    // What a plain parser makes of it.
    expect(String((JSON.parse('{"id":820982911946154508}') as { id: number }).id)).toBe('820982911946154500');
  });

  it('leaves everything else as it is', () => {
    const text = '{"a":1.5,"b":"12","c":null,"d":true,"e":[],"f":-1e3,"g":{"h":"x"}}';
    expect(parseExactly(text)).toEqual(JSON.parse(text));
    expect(parseExactly('-12')).toBe('-12');
  });

  it('throws where it is none', () => {
    for (const text of ['', '{', 'undefined', '{"a":1}x']) expect(() => parseExactly(text)).toThrow();
  });
});

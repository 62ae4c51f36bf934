import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostile } from '../../test/samples/generated-orders.ts';
import { quoted } from './search-text.ts';

describe('IMP-7: a value inside a search', () => {
  it.each([
    ['LAMP', '"LAMP"'],
    ['LAMP 2 OR tag:x', '"LAMP 2 OR tag:x"'],
    ['4" pipe', '"4\\" pipe"'],
    ['a\\', '"a\\\\"'],
    ['\\" OR x', '"\\\\\\" OR x"'],
    ['', '""'],
  ])('%s', (value, text) => expect(quoted(value)).toBe(text));

  it('stays one word whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        // JSON knows the same two escapes, so it reads the value back where nothing else has to be escaped.
        expect(quoted(value)).toMatch(/^"(?:[^"\\]|\\["\\])*"$/s);
        expect(
          quoted(value)
            .slice(1, -1)
            .replaceAll(/\\(["\\])/g, '$1'),
        ).toBe(value);
      }),
    );
  });
});

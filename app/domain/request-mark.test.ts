import { describe, expect, it } from 'vitest';
import { askedLine, lampId, requestOf, vaseId } from '../../test/samples/requests.ts';
import { sampleNow } from '../../test/samples/situations.ts';
import { isShown, markOf } from './request-mark.ts';
import { requestStates } from './request.ts';

const valueOf = (changes: Parameters<typeof requestOf>[0] = {}) =>
  JSON.parse(markOf(requestOf(changes)).value) as Record<string, unknown>;

describe('REQ-3: the mark', () => {
  it('has the fields that the outside relies on', () => {
    expect(valueOf()).toEqual({
      lines: [{ sku: 'LAMP', amazonOrderItemId: lampId, quantity: 1 }],
      reason: 'By mistake',
      requestedAt: new Date(sampleNow - 60_000).toISOString(),
      sources: ['order'],
      state: 'open',
    });
  });

  it.each(requestStates.map((state) => [state, ['open', 'approved', 'declined'].includes(state)] as const))(
    'of a request that is %s: the tag is %s',
    (state, tagged) => {
      expect(markOf(requestOf({ state })).tagged).toBe(tagged);
    },
  );

  it('REQ-2: has the open lines, and all of them once none is open', () => {
    const lines = [askedLine({ ended: 'withdrawn' }), askedLine({ orderItemId: vaseId })];
    expect(valueOf({ lines })['lines']).toMatchObject([{ amazonOrderItemId: vaseId }]);
    const over = lines.map((line) => ({ ...line, ended: 'shipped' as const }));
    expect(valueOf({ lines: over })['lines']).toHaveLength(2);
  });

  it('REQ-6: names the sources in the order in which they saw it', () => {
    const sources = [
      { source: 'report', at: 1 },
      { source: 'order', at: 2 },
    ] as const;
    expect(valueOf({ sources })['sources']).toEqual(['report', 'order']);
  });

  it('REQ-5: has the reason word for word, or its category where the words are gone', () => {
    const words = 'It’s <script>alert(1)</script> "=1+1" 😀';
    expect(valueOf({ lines: [askedLine({ reason: words })] })['reason']).toBe(words);
    expect(valueOf({ lines: [askedLine({ reason: null })] })['reason']).toBe('mistake');
    const lines = [askedLine({ reason: 'a' }), askedLine({ reason: 'b' }), askedLine({ reason: 'a' })];
    expect(valueOf({ lines })['reason']).toBe('a\nb');
  });

  it('cuts a reason of thousands of characters, and none of them in half', () => {
    const reason = valueOf({ lines: [askedLine({ reason: '😀'.repeat(5_000) })] })['reason'];
    expect(reason).toBe('😀'.repeat(2_000));
  });
});

describe('PRO-2: whether the mark is there already', () => {
  const mark = markOf(requestOf());

  it.each([
    ['the same text', mark.value, true, true],
    ['no mark', null, true, false],
    ['no tag', mark.value, false, false],
    ['another mark', markOf(requestOf({ state: 'withdrawn' })).value, true, false],
    ['no JSON', 'open', true, false],
  ])('%s', (_, value, tagged, shown) => {
    expect(isShown(mark, { mark: value, tagged })).toBe(shown);
  });

  it('with the names in another order, and other spaces', () => {
    const value = JSON.parse(mark.value) as Record<string, unknown>;
    const turned = Object.fromEntries(Object.entries(value).reverse());
    expect(isShown(mark, { mark: JSON.stringify(turned, null, 2), tagged: true })).toBe(true);
  });

  it('the order of sources counts', () => {
    const both = [
      { source: 'report', at: 1 },
      { source: 'order', at: 2 },
    ] as const;
    const one = markOf(requestOf({ sources: both }));
    const other = markOf(requestOf({ sources: both.toReversed() }));
    expect(isShown(one, { mark: other.value, tagged: true })).toBe(false);
  });
});

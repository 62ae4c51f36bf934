import { describe, expect, it } from 'vitest';
import { feedOutcomes, type MessageOutcome } from './feed-outcome.ts';
import type { FeedReport, FeedResult } from './feed-report.ts';

type Report = Extract<FeedReport, { is: 'report' }>;

const order = (no: number) => `902-0000000-000000${no}`;
const sent = (count: number) => ({
  feedId: '7',
  brokenOff: false,
  messages: Array.from({ length: count }, (_, i) => ({ messageNo: i + 1, amazonOrderId: order(i + 1) })),
});
const report = (changes: Partial<Report>, counts: readonly (number | null)[] = [3, 3, 0]): Report => ({
  is: 'report',
  feedId: '7',
  status: 'complete',
  counts: { processed: counts[0] ?? null, successful: counts[1] ?? null, failed: counts[2] ?? null },
  results: [],
  ...changes,
});
const said = (
  messageNo: number | null,
  is: FeedResult['is'] = 'error',
  more: Partial<FeedResult> = {},
): FeedResult => ({
  messageNo,
  is,
  code: '18028',
  text: 'Invalid.',
  orderId: null,
  ...more,
});
const outcomes = (found: FeedReport, count = 3) => [...feedOutcomes(sent(count), found).values()];
const kinds = (found: FeedReport, count = 3) =>
  outcomes(found, count)
    .map(({ is }) => is[0])
    .join('');
const first = (found: FeedReport, count = 3): MessageOutcome | undefined => outcomes(found, count)[0];

describe('the outcome of each message', () => {
  /** a: accepted, r: refused, u: unsure, for three messages. */
  it.each<[string, string, Report]>([
    ['all went well', 'aaa', report({})],
    ['one error', 'ara', report({ results: [said(2)] }, [3, 2, 1])],
    ['several errors of one message', 'ara', report({ results: [said(2), said(2)] }, [3, 2, 1])],
    ['an error beside a warning', 'ara', report({ results: [said(2, 'warning'), said(2)] }, [3, 2, 1])],
    ['a warning', 'aaa', report({ results: [said(2, 'warning')] })],
    ['a warning that is not counted as success', 'aaa', report({ results: [said(2, 'warning')] }, [3, 2, 0])],
    ['an error that no number tells', 'uru', report({ results: [said(2)] })],
    ['an error in the numbers that is not listed', 'uuu', report({}, [3, 2, 1])],
    ['fewer processed than sent', 'uuu', report({}, [2, 2, 0])],
    ['fewer processed than sent, and an error', 'ruu', report({ results: [said(1)] }, [2, 1, 1])],
    ['more processed than sent', 'uuu', report({}, [4, 4, 0])],
    ['fewer successful than there should be', 'uuu', report({}, [3, 2, 0])],
    ['no number of processed', 'uuu', report({}, [null, 3, 0])],
    ['no number of successful', 'uuu', report({}, [3, null, 0])],
    ['no number of failed', 'uuu', report({}, [3, 3, null])],
    ['not complete', 'uuu', report({ status: 'open' })],
    ['not complete, and an error', 'uru', report({ status: 'open', results: [said(2)] }, [3, 2, 1])],
    ['a result of a message that was not sent', 'uuu', report({ results: [said(4)] })],
    ['a result without a number', 'uuu', report({ results: [said(null)] })],
    ['a warning about a message that was not sent', 'uuu', report({ results: [said(4, 'warning')] })],
    ['a word that is not known', 'aua', report({ results: [said(2, 'odd')] })],
    [
      'an error beside a word that is not known',
      'ara',
      report({ results: [said(2, 'odd'), said(2)] }, [3, 2, 1]),
    ],
    ['a word that is not known, of all', 'uuu', report({ results: [said(0, 'odd')] })],
    ['a warning of all', 'aaa', report({ results: [said(0, 'warning')] })],
    ['of another feed', 'uuu', report({ feedId: '8', results: [said(1)] }, [3, 2, 1])],
    ['the flat form, which names no feed', 'ara', report({ feedId: null, results: [said(2)] }, [3, 2, 1])],
    ['broken as a whole, nothing processed', 'rrr', report({ results: [said(0)] }, [0, 0, 1])],
    ['broken as a whole, all failed', 'rrr', report({ results: [said(0)] }, [3, 0, 3])],
    [
      'broken as a whole, all failed, one with a reason',
      'rrr',
      report({ results: [said(0), said(2)] }, [3, 0, 3]),
    ],
    ['broken as a whole, some successful', 'uuu', report({ results: [said(0)] }, [3, 2, 1])],
    ['broken as a whole, numbers that cannot be', 'uuu', report({ results: [said(0)] }, [3, 1, 3])],
    ['broken as a whole, some without an outcome', 'uuu', report({ results: [said(0)] }, [3, 0, 1])],
    [
      'broken as a whole, some successful, one error',
      'uru',
      report({ results: [said(0), said(2)] }, [3, 2, 1]),
    ],
    ['broken as a whole, without numbers', 'uuu', report({ results: [said(0)] }, [null, null, null])],
    [
      'broken as a whole, but a message has a warning',
      'rur',
      report({ results: [said(0), said(2, 'warning')] }, [0, 0, 1]),
    ],
    [
      'broken as a whole, and a message that was not sent',
      'uuu',
      report({ results: [said(0), said(9)] }, [0, 0, 1]),
    ],
    ['rejected, nothing processed', 'rrr', report({ status: 'rejected' }, [0, 0, 0])],
    ['rejected, all failed', 'rrr', report({ status: 'rejected' }, [3, 0, 3])],
    ['rejected, some successful', 'uuu', report({ status: 'rejected' }, [3, 1, 2])],
    ['rejected, without numbers', 'uuu', report({ status: 'rejected' }, [null, null, null])],
    ['rejected, all well it says', 'uuu', report({ status: 'rejected' })],
    ['nothing processed without a word', 'uuu', report({}, [0, 0, 0])],
  ])('CAN-13: %s: %s', (_name, wanted, found) => {
    expect(kinds(found)).toBe(wanted);
  });

  it.each<[string, string, Report]>([
    ['all well, it says', 'uuu', report({})],
    ['one error', 'uru', report({ results: [said(2)] }, [3, 2, 1])],
    ['nothing processed', 'uuu', report({ results: [said(0)] }, [0, 0, 1])],
    ['rejected, nothing processed', 'uuu', report({ status: 'rejected' }, [0, 0, 0])],
    ['broken as a whole, one with a reason', 'uru', report({ results: [said(0), said(2)] }, [3, 0, 3])],
  ])('CAN-13: broken off, only a message’s own error is certain: %s: %s', (_name, wanted, found) => {
    const each = [...feedOutcomes({ ...sent(3), brokenOff: true }, found).values()];
    expect(each.map(({ is }) => is[0]).join('')).toBe(wanted);
  });

  it('CAN-13: a report that was not read leaves all unsure, with its reason', () => {
    expect(outcomes({ is: 'unread', why: 'Broken.' })).toEqual(
      Array(3).fill({ is: 'unsure', why: 'Broken.' }),
    );
  });

  it('CAN-13: has one outcome for every message that was sent, by its number', () => {
    const feed = {
      feedId: '7',
      brokenOff: false,
      messages: [5, 9].map((messageNo) => ({ messageNo, amazonOrderId: order(1) })),
    };
    const found = feedOutcomes(feed, report({ results: [said(9)] }, [2, 1, 1]));
    expect([...found].map(([no, { is }]) => [no, is])).toEqual([
      [5, 'accepted'],
      [9, 'refused'],
    ]);
  });

  it('CAN-13: a refusal has the first error’s code and words', () => {
    const results = [
      said(1, 'warning', { text: 'Hm.' }),
      said(1, 'error', { code: ' 18021 ', text: 'Too\nmany.' }),
      said(1),
    ];
    expect(first(report({ results }, [1, 0, 1]), 1)).toEqual({
      is: 'refused',
      code: '18021',
      text: 'Too many.',
    });
    expect(first(report({ results: [said(1, 'error', { text: '' })] }, [1, 0, 1]), 1)).toMatchObject({
      text: 'Amazon gave no reason.',
    });
    const whole = report(
      { results: [said(0, 'error', { code: '5000', text: 'XML Parsing Error' })] },
      [0, 0, 1],
    );
    expect(first(whole)).toEqual({ is: 'refused', code: '5000', text: 'XML Parsing Error' });
    expect(first(report({ status: 'rejected' }, [0, 0, 0]))).toMatchObject({ code: 'rejected' });
  });

  it('CAN-13: a message is told by its number, never by the order named; another name is noted', () => {
    const results = [said(2, 'error', { orderId: order(1) }), said(3, 'warning', { orderId: '902-9' })];
    expect(outcomes(report({ results }, [3, 2, 1]))).toEqual([
      { is: 'accepted', warning: null },
      { is: 'refused', code: '18028', text: `Invalid. (The report names the order ${order(1)} here.)` },
      { is: 'accepted', warning: 'Invalid. (The report names the order 902-9 here.)' },
    ]);
    const same = report({ results: [said(2, 'error', { orderId: order(2) })] }, [3, 2, 1]);
    expect(outcomes(same)[1]).toMatchObject({ text: 'Invalid.' });
  });

  it('CAN-13: a warning of the whole feed is every message’s, but for those with one of their own', () => {
    const results = [said(0, 'warning', { text: 'All.' }), said(2, 'warning', { text: 'Own.' })];
    expect(outcomes(report({ results }))).toEqual(
      ['All.', 'Own.', 'All.'].map((warning) => ({ is: 'accepted', warning })),
    );
  });

  it('CAN-13: texts are cut to 300 signs and stay well-formed', () => {
    const long = `${'x'.repeat(299)}😀${'y'.repeat(100)}`;
    const results = [
      said(1, 'error', { text: long, orderId: 'z'.repeat(500) }),
      said(2, 'error', { text: long, code: '1'.repeat(99) }),
      said(3, 'warning', { text: long }),
    ];
    const texts = outcomes(report({ results }, [3, 1, 2])).flatMap((one) =>
      one.is === 'refused' ? [one.text, one.code] : one.is === 'accepted' ? [one.warning ?? ''] : [one.why],
    );
    for (const text of texts) expect([text.length <= 300, text.isWellFormed()]).toEqual([true, true]);
    expect(outcomes({ is: 'unread', why: long })[0]).toMatchObject({
      why: expect.stringMatching(/^x{299}/) as string,
    });
  });
});

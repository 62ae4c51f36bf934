import { describe, expect, it } from 'vitest';
import { blindOf } from './blind.ts';
import { clocksOf } from './clocks.ts';

const hour = 3_600_000;
const problem = (kind: string, params: Record<string, string>) => ({
  ...{ id: kind, kind, tone: 'critical', amazonOrderId: '', subject: 'A1', params, since: 500 },
});

describe('what keeps requests from being seen', () => {
  it('REQ-12: the worse one is told, with its own time', () => {
    expect(blindOf([])).toBeNull();
    expect(blindOf([problem('recovered', {})])).toBeNull();
    expect(blindOf([problem('blind', { since: '1970-01-01T00:00:01Z', why: 'refused' })])).toEqual({
      ...{ kind: 'blind', since: 1000, why: 'refused' },
    });
    expect(blindOf([problem('blind', { since: 'x', why: 'HTTP 503' }), problem('disconnected', {})])).toEqual(
      {
        ...{ kind: 'disconnected', since: 500, why: 'no_answer' },
      },
    );
    expect(blindOf([problem('blind', { since: 'x' })])?.since).toBe(500);
  });
});

describe('the clocks of a request', () => {
  it('REQ-11: the earlier one comes first, and says how near it is', () => {
    const at = 100 * hour;
    expect(clocksOf(at + 30 * hour, at + 20 * hour, at)).toEqual([
      { kind: 'ship', at: at + 20 * hour, nearness: 'soon' },
      { kind: 'answer', at: at + 30 * hour, nearness: 'far' },
    ]);
    expect(clocksOf(null, at + 4 * hour, at)).toMatchObject([{ nearness: 'close' }]);
    expect(clocksOf(at - 1, null, at)).toMatchObject([{ kind: 'answer', nearness: 'over' }]);
    expect(clocksOf(null, null, at)).toEqual([]);
  });
});

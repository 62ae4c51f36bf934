import { describe, expect, it } from 'vitest';
import { orderOf } from '../../test/samples/orders.ts';
import { requestOf } from '../../test/samples/requests.ts';
import { marketplaces } from './marketplaces.ts';
import { runsOutAt } from './request-clock.ts';

const until = (latest: string | null, marketplaceId: string | null = null) =>
  runsOutAt(orderOf({ marketplaceId, shipBy: { earliest: null, latest } }), requestOf());

describe('REQ-11: what runs out first', () => {
  it('is the latest ship date where no answer time is known', () => {
    expect(until('2026-11-23T07:59:59Z')).toBe(Date.UTC(2026, 10, 23, 7, 59, 59));
  });

  it('is nothing where neither is known, or the date is none', () => {
    expect(until(null)).toBeNull();
    expect(until('soon')).toBeNull();
  });

  it('is what every marketplace’s answer time says, where that is earlier', () => {
    for (const { id, answerHours } of marketplaces) {
      const answerBy = answerHours === null ? null : requestOf().requestedAt + answerHours * 3_600_000;
      expect(until(null, id)).toBe(answerBy);
      const shipBy = Date.UTC(2026, 10, 23);
      expect(until('2026-11-23T00:00:00Z', id)).toBe(Math.min(shipBy, answerBy ?? shipBy));
    }
  });
});

import { expect, it } from 'vitest';
import { cancellationRates, type KnownCancel } from '../domain/cancellation-rate.ts';
import { rateView } from './rate-view.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const us = 'ATVPDKIKX0DER';
const cancel = (n: number, reason: string | null): KnownCancel => ({
  amazonOrderId: `111-0000000-000000${n}`,
  marketplaceId: us,
  createdAt: now - n * 3_600_000,
  cancelledAt: now,
  by: reason === null ? 'UNKNOWN' : 'MERCHANT',
  reason,
  requestOnFile: false,
  automaticAfterShipBy: false,
});
const of = (orders: number, cancels: readonly KnownCancel[]) =>
  cancellationRates(new Map([[us, orders]]), cancels, now).map(rateView)[0];

it('REP-4: a rate is shown beside its limit, with how many more reach it and what is not known', () => {
  expect(of(400, [cancel(1, 'NoInventory'), cancel(2, null)])).toEqual({
    storefront: 'amazon.com',
    counted: 1,
    total: 400,
    notKnown: 1,
    percent: 0.25,
    worst: 0.5,
    limit: 2.5,
    days: 7,
    left: 9,
    tone: 'success',
    marketplaceId: us,
    firstLeavesAt: now - 3_600_000 + 7 * 86_400_000,
  });
});

it('REP-4: near the limit it warns, at the limit it is critical, and without orders there is no rate', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => cancel(i + 1, 'NoInventory'));
  expect(of(400, many(5))?.tone).toBe('success');
  expect(of(400, many(6))?.tone).toBe('warning');
  expect(of(400, many(9))).toMatchObject({ tone: 'warning', left: 1 });
  expect(of(360, many(9))).toMatchObject({ tone: 'critical', left: 0 });
  expect(of(0, [])).toMatchObject({ percent: null, left: null, tone: 'success' });
});

import { describe, expect, it } from 'vitest';
import type { Fault } from './contract.ts';
import { createFaults } from './faults.ts';

function strikes(fault: Partial<Fault>, tries: number): boolean[] {
  const faults = createFaults();
  faults.add({ service: 'amazon', match: {}, kind: 'error', ...fault });
  return Array.from(
    { length: tries },
    () => faults.take('amazon', ['error'], { operation: 'getOrder' }) !== undefined,
  );
}

describe('faults', () => {
  it('strike once unless told otherwise', () => {
    expect(strikes({}, 3)).toEqual([true, false, false]);
    expect(strikes({ times: 2 }, 3)).toEqual([true, true, false]);
  });

  it('strike every n-th match', () => {
    expect(strikes({ every: 3, times: 2 }, 9)).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('strike by the same chance for the same seed', () => {
    const first = strikes({ probability: 0.5, seed: 7, times: 1000 }, 200);
    expect(strikes({ probability: 0.5, seed: 7, times: 1000 }, 200)).toEqual(first);
    expect(strikes({ probability: 0.5, seed: 8, times: 1000 }, 200)).not.toEqual(first);
    const share = first.filter(Boolean).length / 200;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
  });

  it('match by service, kind and every named part', () => {
    const faults = createFaults();
    faults.add({ service: 'shopify', match: { operation: 'orderCreate' }, kind: 'drop-answer' });
    expect(faults.take('amazon', ['drop-answer'], { operation: 'orderCreate' })).toBeUndefined();
    expect(faults.take('shopify', ['latency'], { operation: 'orderCreate' })).toBeUndefined();
    expect(faults.take('shopify', ['drop-answer'], { operation: 'tagsAdd' })).toBeUndefined();
    expect(faults.take('shopify', ['drop-answer'], { path: '/x', operation: 'orderCreate' })?.kind).toBe(
      'drop-answer',
    );
  });

  it('are gone when cleared', () => {
    const faults = createFaults();
    faults.add({ service: 'amazon', match: {}, kind: 'error' });
    faults.clear();
    expect(faults.take('amazon', ['error'], {})).toBeUndefined();
  });
});

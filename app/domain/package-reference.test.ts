import { describe, expect, it } from 'vitest';
import { packageReference } from './package-reference.ts';

const gid = (number: number | string) => `gid://shopify/Fulfillment/${number}`;

describe('packageReference', () => {
  it('FUL-1: is the number of the fulfilment with the place of the parcel', () => {
    expect(packageReference(gid(4711))).toBe('471100');
    expect(packageReference(gid(5123456789012), 3)).toBe('512345678901203');
  });

  it('FUL-2: is the same each time', () => {
    for (const one of [gid(1), gid('98765432109876'), 'gid://shopify/Fulfillment/x'])
      expect(packageReference(one, 1)).toBe(packageReference(one, 1));
  });

  it('FUL-1: is a positive number of at most 15 digits, and each parcel has its own', () => {
    const seen = new Set<string>();
    const ids = [1, 10, 100, 1001, 4711, 471100, 5123456789012, 5123456789013, 9999999999999]
      .map(gid)
      .concat(gid('51234567890120'), gid('18446744073709551615'), gid(0), 'gid://shopify/Other/1', 'x', '');
    const places = Array.from({ length: 120 }, (_, i) => i);
    for (const one of ids) for (const place of places) seen.add(packageReference(one, place));
    expect(seen.size).toBe(ids.length * places.length);
    for (const reference of seen) expect(reference).toMatch(/^[1-9]\d{0,14}$/);
  });
});

import { generateKey } from '@47ng/cloak';
import { expect, it } from 'vitest';
import { comparePrints } from '../domain/compare-prints.ts';
import { openVault } from './crypto.ts';

const [first, second, third] = [generateKey(), generateKey(), generateKey()];
const secret = 'Atzr|a secret, with ümlauts and 漢字';

it('SEC-2: what is sealed opens again, and shows nothing', () => {
  const vault = openVault(first);
  const sealed = vault.seal(secret);
  expect(vault.open(sealed)).toBe(secret);
  expect(sealed).not.toContain('Atzr');
  expect(Buffer.from(sealed, 'base64').toString('utf8')).not.toContain('Atzr');
});

it('SEC-2: the same secret never looks the same twice', () => {
  const vault = openVault(first);
  expect(vault.seal(secret)).not.toBe(vault.seal(secret));
});

it('SEC-2: keys are rotated by putting a new one in front', () => {
  const old = openVault(first).seal(secret);
  const rotated = openVault(`${second},${first}`);
  expect([rotated.open(old), rotated.stale(old)]).toEqual([secret, true]);
  const fresh = rotated.seal(secret);
  expect([rotated.open(fresh), rotated.stale(fresh)]).toEqual([secret, false]);
  expect(openVault(second).open(fresh)).toBe(secret);
});

it('SEC-2: without its key, or changed by one letter, nothing opens', () => {
  const sealed = openVault(first).seal(secret);
  expect(() => openVault(second).open(sealed)).toThrow();
  const at = sealed.lastIndexOf('.') + 3;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  expect(() => openVault(first).open(changed)).toThrow();
});

it('IMP-12: a fingerprint tells a change, gives nothing away, and stays when a new key is put in front', () => {
  const vault = openVault(first);
  const print = vault.fingerprint(secret);
  expect(vault.fingerprint(secret)).toBe(print);
  expect(vault.fingerprint(`${secret}.`)).not.toBe(print);
  expect(print).toMatch(/^[\w-]{43}$/);
  expect(openVault(`${third},${second},${first}`).fingerprint(secret)).toBe(print);
  expect(openVault(second).fingerprint(secret)).not.toBe(print);
});

it('IMP-12: prints are compared by a key in common, and without one nobody can tell', () => {
  const of = (keys: string, text = secret) => openVault(keys).print(text);
  const before = of(first);
  expect(before).toMatch(/^[\da-f]{8}:[\w-]{43}$/);
  expect(before).toContain(`${openVault(first).newestId}:`);
  const rotated = of(`${second},${first}`);
  for (const [one, other] of [
    [before, rotated],
    [rotated, of(second)],
    [rotated, of(`${third},${second}`)],
    [openVault(first).fingerprint(secret), rotated],
  ] as const)
    expect([comparePrints(one, other), comparePrints(other, one)]).toEqual(['same', 'same']);
  const other = of(`${second},${first}`, `${secret}.`);
  for (const one of [before, rotated, of(second), openVault(first).fingerprint(secret)])
    expect([comparePrints(one, other), comparePrints(other, one)]).toEqual(['different', 'different']);
  expect(comparePrints(before, of(second))).toBe('unknown');
  expect(comparePrints(null, before)).toBe('different');
  expect(comparePrints(null, null)).toBe('same');
});

it('no key is no vault', () => {
  expect(() => openVault('')).toThrow('No encryption key was given.');
});

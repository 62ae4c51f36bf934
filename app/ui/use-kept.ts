import { useCallback, useEffect, useMemo, useState } from 'react';
import { rebased } from './rebased.ts';

/** What was typed, with what it was typed over. */
interface Kept<T> {
  readonly value: T;
  readonly over: T;
}

/** Null where the browser keeps nothing, or forbids it. */
function read<T>(name: string): Kept<T> | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept<T> | null;
  } catch {
    return null;
  }
}

function write<T>(name: string, kept: Kept<T> | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Storage is blocked: what was typed lives as long as the page.
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form's values that outlive a reload of the page, as a session that ends brings one: they are kept in this tab until they
 * are what is saved. Where somebody else saved meanwhile, only what was typed here stays. Never for a buyer's words.
 */
export function useKept<T extends object>(name: string, saved: T): readonly [T, (value: T) => void] {
  const [kept, setKept] = useState<Kept<T>>({ value: saved, over: saved });
  const key = JSON.stringify(saved);
  const value = useMemo(() => rebased(kept.value, kept.over, JSON.parse(key) as T), [kept, key]);
  useEffect(() => {
    // Not before the first paint: the server knows nothing of it.
    const stored = read<T>(name);
    if (stored) setKept(stored);
  }, [name]);
  const change = useCallback(
    (next: T) => {
      setKept({ value: next, over: saved });
      write(name, same(next, saved) ? null : { value: next, over: saved });
    },
    [name, saved],
  );
  return [value, change];
}

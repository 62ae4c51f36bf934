import { useCallback } from 'react';
import { useReload } from './use-reload.ts';

/** The loop answers within seconds: then the page shows what became of a decision without waiting for its next look. */
const looksMs = [0, 800, 2_000, 5_000];

/** Loads the page's data again now, and a few times in the next seconds. */
export function useSoon(): () => void {
  const reload = useReload();
  return useCallback(() => {
    for (const ms of looksMs) setTimeout(reload, ms);
  }, [reload]);
}

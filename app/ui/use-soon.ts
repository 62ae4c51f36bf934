import { useRevalidator } from '@remix-run/react';
import { useCallback } from 'react';

/** The loop answers within seconds: then the page shows what became of a decision without waiting for its next look. */
const looksMs = [800, 2_000, 5_000];

/** Loads the page's data again a few times in the next seconds. */
export function useSoon(): () => void {
  const { revalidate } = useRevalidator();
  return useCallback(() => {
    for (const ms of looksMs) setTimeout(revalidate, ms);
  }, [revalidate]);
}

import { useRevalidator } from '@remix-run/react';
import { useCallback } from 'react';

async function answers(): Promise<boolean> {
  try {
    return (await fetch('/healthz')).ok;
  } catch {
    return false;
  }
}

/**
 * Loads the page's data again, where the app answers at all: a load that fails would put an error in place of the page, with
 * what was typed and what is being done on it.
 */
export function useReload(): () => void {
  const { revalidate } = useRevalidator();
  return useCallback(() => {
    void answers().then((ok) => {
      if (ok) revalidate();
    });
  }, [revalidate]);
}

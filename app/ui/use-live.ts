import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';
import { useReload } from './use-reload.ts';

/** Loads the page's data again every `everyMs` while the page is visible, and at once when it becomes visible again. */
export function useLive(everyMs = 15_000): void {
  const { state } = useRevalidator();
  const reload = useReload();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && state === 'idle') reload();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [everyMs, state, reload]);
}

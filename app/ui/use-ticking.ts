import { useEffect, useState } from 'react';

/** The server's time (ms UTC) as it goes on in the browser, second by second; as it was given where nothing is counted down. */
export function useTicking(now: number, counting: boolean): number {
  const [passed, setPassed] = useState({ since: now, ms: 0 });
  useEffect(() => {
    if (!counting) return;
    const began = performance.now();
    const timer = setInterval(() => {
      setPassed({ since: now, ms: performance.now() - began });
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [now, counting]);
  return passed.since === now ? now + passed.ms : now;
}

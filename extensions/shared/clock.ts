import { useEffect, useState } from 'preact/hooks';

/** `1:42`: minutes and seconds that are left (ms). */
export function asClock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What is left of `left` (ms) since it was told, by the second; null where no clock runs. */
export function useCountdown(left: number | null): number | null {
  const [now, setNow] = useState(left);
  useEffect(() => {
    setNow(left);
    if (left === null) return;
    const began = performance.now();
    const timer = setInterval(() => {
      setNow(Math.max(0, left - (performance.now() - began)));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [left]);
  return now;
}

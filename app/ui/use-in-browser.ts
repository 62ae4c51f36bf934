import { useEffect, useState } from 'react';

/** Whether the page's script runs: what needs the width of the window is drawn from then on, in a place kept free for it. */
export function useInBrowser(): boolean {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => {
    setInBrowser(true);
  }, []);
  return inBrowser;
}

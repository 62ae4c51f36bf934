import { useEffect } from 'react';

/** Saves on Ctrl+S or ⌘S, where there is something to save; the browser keeps its own meaning of the keys to itself. */
export function useSaveKey(save: (() => void) | null): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      save?.();
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
    };
  }, [save]);
}

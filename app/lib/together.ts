/**
 * Makes one write of many: what arrives while a write is under way goes with the next one. The promise of an item settles
 * as the write does that held it.
 */
export function together<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: T[] = [];
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | null = null;
  return (item) => {
    waiting.push(item);
    next ??= running.then(() => {
      const items = waiting;
      waiting = [];
      next = null;
      const written = write(items);
      running = written.catch(() => undefined);
      return written;
    });
    return next;
  };
}

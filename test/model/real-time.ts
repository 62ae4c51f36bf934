const real = performance.now.bind(performance);
let offset = 0;

/**
 * Lets monotonic time of this process jump, as it does for a process that was stopped: leases of workers under way run
 * out by it. The database's own clock cannot be moved; what it holds is moved back instead, by the caller.
 */
export function jumpRealTime(ms: number): void {
  offset += ms;
  performance.now = () => real() + offset;
}

/** What `within` gives when the time was over first. */
export const late = Symbol('late');

/** Waits for `work`, but no longer than `ms` of real time. The work itself goes on: it cannot be called off. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => {
      resolve(late);
    }, ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

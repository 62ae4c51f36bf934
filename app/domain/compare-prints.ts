/** A print's hashes by the id of the key that made them; `''`: one of before prints carried ids. */
function hashes(print: string): [id: string, hash: string][] {
  return print.split(' ').map((entry) => {
    const at = entry.indexOf(':');
    return at < 0 ? ['', entry] : [entry.slice(0, at), entry.slice(at + 1)];
  });
}

/**
 * Whether two prints are of the same text. A print holds a hash for each key of its time, as `id:hash`, the newest first; one
 * without an id was made with the oldest key, the last. `unknown`: they have no key in common, so that nobody can tell.
 */
export function comparePrints(one: string | null, other: string | null): 'same' | 'different' | 'unknown' {
  if (one === other) return 'same';
  if (one === null || other === null) return 'different';
  const [a, b] = [hashes(one), hashes(other)];
  const bare = [a, b].some(([first]) => first?.[0] === '');
  if (bare) return a.at(-1)?.[1] === b.at(-1)?.[1] ? 'same' : 'different';
  const shared = a.find(([id]) => b.some(([also]) => also === id));
  if (!shared) return 'unknown';
  return b.some(([id, hash]) => id === shared[0] && hash === shared[1]) ? 'same' : 'different';
}

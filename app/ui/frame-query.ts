/** Where the browser keeps, for one tab, what the admin said in the address of the app's first document. */
export const keptUnder = 'concord.frame';

const names = ['embedded', 'shop', 'host', 'locale'];

/**
 * Keeps which shop the admin framed the app for, and in which language. The app's own addresses do not say it, and a
 * browser that is asked for one of them as a document (a new version of the app does that) would come to a dead end.
 */
export function keepFrameQuery(): void {
  const query = new URLSearchParams(location.search);
  if (!query.has('shop') || !query.has('host')) return;
  const said = names.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value]];
  });
  try {
    sessionStorage.setItem(keptUnder, new URLSearchParams(said).toString());
  } catch {
    // Nothing is kept where the browser forbids it.
  }
}

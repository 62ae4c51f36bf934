import { keptUnder } from './ui/frame-query.ts';

/** Whether a frame asks for a page of the app without saying for which shop. */
export function isLostFrame(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  const framed = request.headers.get('sec-fetch-dest') === 'iframe';
  return framed && pathname.startsWith('/app') && !searchParams.has('shop');
}

/**
 * A page that asks again for the same address, with what this tab kept of the admin's own (shop, host, language), and
 * without that shows how to open the app. Cookies could not help: browsers refuse them in a frame.
 */
export function findFrame(): Response {
  const script = `<script>
    (() => {
      let kept = null;
      try {
        kept = sessionStorage.getItem(${JSON.stringify(keptUnder)});
      } catch {}
      if (kept === null) return location.replace('/auth/login');
      const query = new URLSearchParams(location.search);
      for (const [name, value] of new URLSearchParams(kept)) query.set(name, value);
      location.replace(location.pathname + '?' + query);
    })();
  </script>`;
  return new Response(script, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

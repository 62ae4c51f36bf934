// The place where an extension of the app runs in the pretend admin: a frame with the `shopify` global of Shopify's runtime.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../child.ts';
import { defineAdminElements } from './extension-elements.ts';
import { html, type Html } from './html.ts';
import { scriptOf } from './script-of.ts';

interface HostFacts {
  readonly shop: string;
  readonly appOrigin: string;
  /** Global ids of what is shown or selected. */
  readonly selected: readonly string[];
  readonly words: Readonly<Record<string, string>>;
}

/** Gives the extension what Shopify gives it; what it wants of the page around it is told there. */
function startHost({ shop, appOrigin, selected, words }: HostFacts): void {
  const plain = window.fetch.bind(window);
  const idToken = async (): Promise<string> => {
    const answer = await plain(`/session-token?shop=${encodeURIComponent(shop)}`);
    return ((await answer.json()) as { token: string }).token;
  };
  // Addresses are the app's, and what goes there carries a session token.
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, appOrigin);
    const headers = new Headers(init?.headers);
    if (url.origin === appOrigin) headers.set('Authorization', `Bearer ${await idToken()}`);
    return plain(url, { ...init, headers });
  };
  const say = (concord: string, more: object = {}) => {
    parent.postMessage({ concord: `extension-${concord}`, ...more }, location.origin);
  };
  Object.assign(window, {
    shopify: {
      data: { selected: selected.map((id) => ({ id })) },
      auth: { idToken },
      i18n: {
        translate: (key: string, values: Readonly<Record<string, unknown>> = {}) =>
          (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name])),
      },
      navigation: {
        navigate: (url: string | URL) => {
          say('open', { handle: String(url).replace('extension://', '') });
        },
      },
      close: () => {
        say('close');
      },
      query: async (query: string, { variables = {} }: { variables?: object } = {}) => {
        const answer = await plain(`/shopify-admin?shop=${encodeURIComponent(shop)}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        });
        return (await answer.json()) as unknown;
      },
      extend: (_: string, run: () => unknown) => void run(),
    },
  });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') say('close');
  });
  new ResizeObserver(() => {
    say('height', { height: document.documentElement.offsetHeight });
  }).observe(document.documentElement);
}

const named = /^[a-z-]+$/;

function wordsOf(handle: string, locale: string): Record<string, string> {
  const folder = path.join(root, 'extensions', handle, 'locales');
  const own = path.join(folder, `${locale}.json`);
  const file = /^[A-Za-z-]+$/.test(locale) && existsSync(own) ? own : path.join(folder, 'en.default.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** The script that makes the frame fit for an extension; null where there is no such extension. */
export function extensionHostScript(query: URLSearchParams, shop: string, appOrigin: string): string | null {
  const handle = query.get('handle') ?? '';
  if (!named.test(handle) || !existsSync(path.join(root, 'extensions', handle))) return null;
  const words = wordsOf(handle, query.get('locale') ?? 'en');
  const facts: HostFacts = { shop, appOrigin, words, selected: (query.get('ids') ?? '').split(',') };
  return scriptOf([], defineAdminElements) + scriptOf([], startHost, facts);
}

/** The extension's own script, as it is bundled for Shopify. Null where it was not built. */
export function extensionBundle(handle: string): string | null {
  const file = path.join(root, 'build', 'extensions', `${handle}.js`);
  return named.test(handle) && existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** The frame's page. */
export function extensionFrame(query: URLSearchParams): Html {
  const handle = query.get('handle') ?? '';
  return html`<!doctype html>
    <html lang="${query.get('locale') ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${handle}</title>
        <link rel="stylesheet" href="/extension.css" />
      </head>
      <body>
        <script src="/extension-host.js?${query.toString()}"></script>
        <script src="/extension-bundle/${handle}"></script>
      </body>
    </html>`;
}

/** How the frame's page looks. */
export const extensionStyle =
  'body{margin:0;overflow-wrap:anywhere;font:13px/1.5 Inter,system-ui,sans-serif;color:#303030;background:#fff}html{height:auto}';

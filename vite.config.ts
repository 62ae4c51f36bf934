import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig, type Plugin } from 'vite';
import { completed, type Texts } from './app/locales/completed.ts';
import english from './app/locales/en.json' with { type: 'json' };

/** Puts English texts into each language where it has none: a browser loads one language only. */
const completeLanguages: Plugin = {
  name: 'complete-languages',
  enforce: 'pre',
  transform: (code, file) =>
    /\/app\/locales\/(?!polaris-)[\w-]+\.json$/.test(file)
      ? { code: JSON.stringify(completed(JSON.parse(code) as Texts, english)), map: null }
      : null,
};

export default defineConfig({
  plugins: [
    completeLanguages,
    remix({
      ignoredRouteFiles: ['**/*.test.*'],
      future: {
        v3_fetcherPersist: true,
        // Routes that come one by one are lost for good where a fetcher that asked for one is called again meanwhile
        // (@remix-run/react 2.17, fog-of-war.js: noted as found, not taken in): a dialog then ends in an error page.
        v3_lazyRouteDiscovery: false,
        v3_relativeSplatPath: true,
        // With single fetch the headers of thrown responses are lost, and App Bridge needs them.
        v3_singleFetch: false,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
});

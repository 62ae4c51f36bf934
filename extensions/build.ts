import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { parse } from 'smol-toml';
import * as z from 'zod';

// npm run build:extensions bundles what runs in Shopify's admin as Shopify's own CLI does on a deployment (its
// services/extensions/bundle.ts and templates/ui-extensions): one script each, which hands the module to the admin.
const here = import.meta.dirname;
const built = path.join(here, '..', 'build', 'extensions');

const toml = z.object({
  extensions: z.array(
    z.object({
      handle: z.string(),
      type: z.string(),
      targeting: z.array(z.object({ module: z.string(), target: z.string() })).default([]),
    }),
  ),
});

/** A script for Shopify's admin. `size` in bytes, compressed as it is measured on a deployment. */
interface Bundle {
  readonly handle: string;
  readonly target: string;
  readonly file: string;
  readonly size: number;
}

async function bundle(folder: string): Promise<Bundle[]> {
  const text = await readFile(path.join(here, folder, 'shopify.extension.toml'), 'utf8').catch(() => null);
  if (text === null) return [];
  const scripts = toml
    .parse(parse(text))
    .extensions.filter(({ type }) => type === 'ui_extension')
    .flatMap(({ handle, targeting }) => targeting.map((one) => ({ handle, ...one })));
  return Promise.all(
    scripts.map(async ({ handle, module, target }) => {
      const file = path.join(built, `${handle}.js`);
      const result = await build({
        stdin: {
          contents: `import Target from ${JSON.stringify(module)};\nshopify.extend(${JSON.stringify(target)}, (...args) => Target(...args));`,
          resolveDir: path.join(here, folder),
          loader: 'tsx',
        },
        outfile: file,
        bundle: true,
        minify: true,
        legalComments: 'none',
        platform: 'browser',
        format: 'iife',
        target: 'es6',
        jsx: 'automatic',
        loader: { '.esnext': 'ts', '.js': 'jsx' },
        resolveExtensions: ['.tsx', '.ts', '.js', '.json', '.esnext', '.mjs', '.ejs'],
        define: { 'process.env.NODE_ENV': '"production"' },
        write: true,
        logLevel: 'silent',
      });
      if (result.warnings.length > 0) throw new Error(result.warnings.map(({ text }) => text).join('\n'));
      return { handle, target, file, size: gzipSync(await readFile(file)).length };
    }),
  );
}

/** Bundles every extension that is a script, into `build/extensions/{handle}.js`. Throws where one does not build. */
export async function buildExtensions(): Promise<Bundle[]> {
  const folders = await readdir(here, { withFileTypes: true });
  const all = folders.filter((one) => one.isDirectory()).map(({ name }) => bundle(name));
  return (await Promise.all(all)).flat();
}

if (process.argv[1] === import.meta.filename)
  for (const { handle, target, size } of await buildExtensions())
    process.stdout.write(`${handle} (${target}): ${(size / 1024).toFixed(1)} KB compressed\n`);

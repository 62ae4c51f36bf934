import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildExtensions } from '../../extensions/build.ts';
import { root } from './child.ts';

const run = promisify(execFile);
const sources = [
  'app',
  'extensions',
  'public',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const stampFile = path.join(root, 'build', '.stamp');

async function filesBelow(name: string): Promise<string[]> {
  const found = await stat(path.join(root, name)).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return [name];
  const inside = await readdir(path.join(root, name));
  return (await Promise.all(inside.map((entry) => filesBelow(path.join(name, entry))))).flat();
}

/** One hash over names, sizes and times of all that the built app is made of. */
async function stampOfSources(): Promise<string> {
  const all = (await Promise.all(sources.map(filesBelow))).flat().sort();
  const relevant = all.filter(
    (file) => !file.startsWith(path.join('app', 'sandbox')) && !file.includes('.test.'),
  );
  const hash = createHash('sha256');
  for (const file of relevant) {
    const { size, mtimeMs } = await stat(path.join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/** Builds the web app and its extensions where its sources changed since the last time. Throws with the build's own words when it fails. */
export async function buildWhereChanged(): Promise<void> {
  const stamp = await stampOfSources();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;
  const program = path.join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js');
  try {
    await run(process.execPath, [program, 'vite:build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
      maxBuffer: 2 ** 26,
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`The web app could not be built:\n${said}`, { cause: error });
  }
  await buildExtensions();
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
}

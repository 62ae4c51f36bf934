import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { fileOfTar } from './tar-file.ts';

const source = '@shopify/dev-mcp@1.16.0';
const integrity =
  'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==';
const member = 'package/dist/data/admin_2026-10.json.gz';
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const target = join(root, 'node_modules', '.cache', 'concord', 'admin_2026-10.json.gz');
const shared = join(root, '..', 'shared', 'shopify', 'admin_2026-10.json.gz');

const run = promisify(execFile);

async function packed(folder: string): Promise<Buffer> {
  const args = ['pack', source, '--pack-destination', folder, '--json', '--loglevel', 'error'];
  const npm = process.env['npm_execpath'];
  // Started by npm itself, the very same npm is asked; a path with .cjs or .js needs node in front.
  const [command, rest] =
    npm !== undefined && /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm, ...args]] : ['npm', args];
  const { stdout } = await run(command, rest, { cwd: folder, timeout: 120_000, maxBuffer: 64 << 20 });
  const name = /"filename":\s*"([^"]+)"/.exec(stdout)?.[1];
  if (name === undefined) throw new Error('npm pack named no file');
  return readFile(join(folder, name.replace('@', '').replace('/', '-')));
}

async function fetchSchema(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-schema-'));
  try {
    const tarball = await packed(folder);
    const found = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (found !== integrity) throw new Error(`the tarball of ${source} is not the expected one (${found})`);
    return fileOfTar(gunzipSync(tarball), member);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  if (existsSync(target)) return;
  await mkdir(dirname(target), { recursive: true });
  const fresh = `${target}.${String(process.pid)}`;
  try {
    await writeFile(fresh, await fetchSchema());
  } catch (error) {
    if (!existsSync(shared)) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      process.stderr.write(
        `The Shopify Admin schema could not be fetched (${reason}); the sandbox needs it to start.\n`,
      );
      return;
    }
    await copyFile(shared, fresh);
  }
  await rename(fresh, target);
}

await main();

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What a process writes to standard error that logs `calls` (JavaScript with a `log`). */
function logged(calls: string, level = 'info'): { lines: Record<string, unknown>[]; raw: string } {
  const script = `
    import { setClock } from './app/lib/clock.ts';
    import { createLog } from './app/lib/log.ts';
    setClock(${Date.UTC(2026, 10, 21, 9)}, 0);
    const log = createLog('${level}', 'a process');
    ${calls}`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: path.resolve(import.meta.dirname, '..', '..'),
    encoding: 'utf8',
  });
  expect([run.status, run.stdout]).toEqual([0, '']);
  const lines = run.stderr.split('\n').filter((line) => line !== '');
  return { lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), raw: run.stderr };
}

it('writes lines of JSON to standard error, in the product’s time and with the process’s name', () => {
  const { lines } = logged(`log.info({ shop: 'one.myshopify.com', code: 'slot' }, 'poll failed')`);
  expect(lines).toMatchObject([
    {
      process: 'a process',
      time: '2026-11-21T09:00:00.000Z',
      shop: 'one.myshopify.com',
      code: 'slot',
      msg: 'poll failed',
    },
  ]);
});

const secrets = ['accessToken', 'refreshToken', 'token', 'secret', 'authorization', 'password'];
const people = ['recipient', 'address', 'buyer', 'phone', 'email', 'name'];

it.each([...secrets, ...people])('SEC-2: a field %s never reaches the log, at three depths', (field) => {
  const { lines, raw } = logged(`
    log.info({ ${field}: 'hidden', seller: { ${field}: 'hidden' }, order: { line: { ${field}: { a: 'hidden' } } } }, 'said')`);
  expect(lines).toHaveLength(1);
  expect(raw).not.toContain('hidden');
  expect(lines[0]).toMatchObject({
    [field]: '[cut]',
    seller: { [field]: '[cut]' },
    order: { line: { [field]: '[cut]' } },
  });
});

it('writes nothing below its level', () => {
  expect(logged(`log.info('small'); log.warn('odd'); log.error('bad')`, 'error').lines).toMatchObject([
    { msg: 'bad' },
  ]);
  expect(logged(`log.error('bad')`, 'silent').raw).toBe('');
});

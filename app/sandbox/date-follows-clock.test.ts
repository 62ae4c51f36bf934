import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const preload = path.join(import.meta.dirname, 'date-follows-clock.ts');
const worldNow = Date.UTC(2031, 4, 6);
let clock: Server;

beforeAll(async () => {
  clock = createServer((request, response) => {
    if (request.url?.startsWith('/clock/stream')) {
      response.write(`${JSON.stringify({ now: worldNow, speed: 1, epoch: 0 })}\n`);
    } else response.end('{}');
  });
  await new Promise<void>((listening) => clock.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  clock.closeAllConnections();
  clock.close();
});

async function evaluated(expression: string): Promise<unknown> {
  const { port } = clock.address() as AddressInfo;
  const script = `process.stdout.write(JSON.stringify(${expression})); process.exit(0);`;
  const { stdout } = await run(
    process.execPath,
    ['--import', preload, '--input-type=module', '--eval', script],
    {
      env: { NODE_ENV: 'test', PATH: process.env['PATH'], CLOCK_ORIGIN: `http://127.0.0.1:${port}` },
    },
  );
  return JSON.parse(stdout);
}

it('lets every way of asking for the date tell the time of the world', async () => {
  const years = await evaluated(
    '[new Date().getUTCFullYear(), new Date(Date.now()).getUTCFullYear(), new Date(Date()).getFullYear()]',
  );
  expect(years).toEqual([2031, 2031, 2031]);
});

it('leaves given dates, subclasses and instanceof as they are', async () => {
  const seen = await evaluated(`(() => {
    class Later extends Date { plus() { return this.getTime() + 1; } }
    const given = new Date('2020-01-02T03:04:05.678Z');
    return [
      given.toISOString(), new Date(2020, 0).getFullYear(), given instanceof Date, given.constructor === Date,
      new Later(5).plus(), new Later() instanceof Later, new Later() instanceof Date, new Later().getUTCFullYear(),
      structuredClone(given) instanceof Date, Date.UTC(1970, 0), Date.name, typeof Date.parse,
      Object.prototype.toString.call(new Date()),
    ];
  })()`);
  expect(seen).toEqual([
    '2020-01-02T03:04:05.678Z',
    2020,
    true,
    true,
    6,
    true,
    true,
    2031,
    true,
    0,
    'Date',
    'function',
    '[object Date]',
  ]);
});

it('leaves monotonic time alone', async () => {
  expect(await evaluated('performance.now() < 60000')).toBe(true);
});

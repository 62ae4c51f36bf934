import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ok } from '../domain/failure.ts';
import { shopDomain } from '../domain/ids.ts';
import { createAdminClient } from './client.ts';

let requests = 0;
const server = createServer((_, response) => {
  requests += 1;
  response.end(JSON.stringify({ data: { shop: { name: 'One' } } }));
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.close();
});

const readName = { query: '{ shop { name } }', answer: z.object({ shop: z.object({ name: z.string() }) }) };

it('PRO-3: a worker whose lease ran out while it got its token sends nothing, and says that nothing was done', async () => {
  let alive = true;
  const client = createAdminClient({
    shop: shopDomain('one.myshopify.com'),
    origin,
    token: () => {
      alive = false;
      return Promise.resolve(ok('token'));
    },
  });
  const late = await client.run(readName, {}, () => alive);
  expect([late, requests]).toMatchObject([{ ok: false, failure: { kind: 'retry', code: 'too_late' } }, 0]);
  expect(await client.run(readName, {}, () => true)).toEqual(ok({ shop: { name: 'One' } }));
  expect(requests).toBe(1);
});

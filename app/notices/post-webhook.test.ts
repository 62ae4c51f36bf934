import { promisify } from 'node:util';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { startInbox } from '../../test/webhook-inbox.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { postWebhook } from './post-webhook.ts';

const inbox = await startInbox();
afterAll(() => inbox.close());
beforeEach(() => {
  Object.assign(inbox, { status: 200, headers: {}, body: '' });
  inbox.received.length = 0;
});

const post = (url = inbox.url, allowLoopback = true) =>
  postWebhook(
    { url, secret: 'whsec_c2VjcmV0', id: 'id-1', at: 1_614_265_330_999, body: '{"ü":1}' },
    allowLoopback,
  );

it('REQ-11: it is posted as JSON with its id and its time in whole seconds', async () => {
  expect(await post()).toEqual({ ok: true, code: '200', final: false });
  expect(inbox.received).toMatchObject([
    {
      body: '{"ü":1}',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'id-1',
        'webhook-timestamp': '1614265330',
        'webhook-signature': expect.stringMatching(/^v1,[\w+/]{43}=$/) as string,
      },
    },
  ]);
});

it.each([
  [204, true, false],
  [302, false, false],
  [410, false, true],
  [500, false, false],
])('REQ-11: %i is its answer; taken: %s, final: %s', async (status, ok, final) => {
  inbox.status = status;
  expect(await post()).toEqual({ ok, code: String(status), final });
});

it('SEC-3: no redirect is followed', async () => {
  Object.assign(inbox, { status: 307, headers: { location: inbox.url } });
  expect(await post()).toMatchObject({ ok: false, code: '307' });
  expect(inbox.received).toHaveLength(1);
});

it('SEC-3: of an answer without end no more than a piece is read', async () => {
  inbox.body = 'x'.repeat(20_000_000);
  const began = performance.now();
  expect(await post()).toMatchObject({ ok: true, code: '200' });
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('SEC-3: outside a sandbox nothing goes to this machine', async () => {
  expect(await post(inbox.url, false)).toEqual({ ok: false, code: 'forbidden', final: true });
  expect(await post(inbox.url.replace('http:', 'https:'), false)).toMatchObject({ code: 'forbidden' });
  expect(inbox.received).toEqual([]);
});

it('SEC-3: a name that leads to a forbidden address is refused when it is connected to', async () => {
  const look = promisify(guardedLookup(false));
  await expect(look('localhost', {})).rejects.toMatchObject({ code: 'EFORBIDDEN' });
  await expect(look('localhost', { all: true })).rejects.toMatchObject({ code: 'EFORBIDDEN' });
  await expect(promisify(guardedLookup(true))('localhost', {})).resolves.toBeDefined();
});

it('REQ-11: where nobody listens that is the answer', async () => {
  const other = await startInbox();
  await other.close();
  expect(await post(other.url)).toEqual({ ok: false, code: 'refused', final: false });
});

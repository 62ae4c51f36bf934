import '@shopify/shopify-api/adapters/node';
import { generateKey } from '@47ng/cloak';
import { LogSeverity, Session, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import type { ShopDomain } from '../../app/domain/ids.ts';
import { openDatabase } from '../../app/db/client.ts';
import { now } from '../../app/lib/clock.ts';
import { openVault } from '../../app/lib/crypto.ts';
import { apiVersion } from '../../app/shopify/api-version.ts';
import { fetchThrough } from '../../app/shopify/reach.ts';
import { createSessionStorage } from '../../app/shopify/session-storage.ts';
import { adminTokens } from '../../app/sync/admin-token.ts';
import { shopInstalled, shopUninstalled } from '../../app/sync/install.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db, url } = database;
const owner = ownerOf(database);
const other = openDatabase(url);

/** What the token endpoint was asked, each with the way to answer it. */
interface Asked {
  readonly shop: string;
  readonly body: { refresh_token?: string; grant_type?: string };
  answer(status: number, body: object): void;
}
const asked: Asked[] = [];
const waiting: ((one: Asked) => void)[] = [];

function give(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const one: Asked = {
      shop: String(request.headers['x-shopify-shop-domain']),
      body: JSON.parse(body) as Asked['body'],
      answer: (status, said) => {
        give(response, status, said);
      },
    };
    asked.push(one);
    waiting.shift()?.(one);
  });
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('No port');
setAbstractFetchFunc(fetchThrough(`http://127.0.0.1:${address.port}`));

afterAll(async () => {
  await other.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const nextAsked = () => new Promise<Asked>((resolve) => waiting.push(resolve));

const vault = openVault(generateKey());
const storage = createSessionStorage(db.sessions, vault);
const api = shopifyApi({
  apiKey: 'key',
  apiSecretKey: 'secret',
  hostName: 'app.example',
  apiVersion,
  isEmbeddedApp: true,
  logger: { log: () => undefined, level: LogSeverity.Error },
});

const hour = 3_600_000;
const renewed = {
  access_token: 'shpat_new',
  scope: 'read_orders',
  expires_in: 3600,
  refresh_token: 'shprt_new',
  refresh_token_expires_in: 7_776_000,
};

/** A shop whose offline session ends at `expires` (ms UTC). */
async function shopWithSession(expires: number): Promise<ShopDomain> {
  const shop = await newShop(database);
  const session = new Session({
    id: `offline_${shop}`,
    shop,
    state: '',
    isOnline: false,
    scope: 'read_orders',
    expires: new Date(expires),
    accessToken: 'shpat_first',
    refreshToken: 'shprt_first',
    refreshTokenExpires: new Date(expires + 24 * hour),
  });
  await storage.storeSession(session);
  return shop;
}

const sessionText = async (shop: ShopDomain) =>
  (
    await owner<{ all: string }>('select to_jsonb(s)::text as all from session s where shop = $1', [shop])
  ).map((row) => row.all);

it('SEC-2: both tokens of a session rest sealed, and open for the app', async () => {
  const shop = await shopWithSession(Date.now() + hour);
  const [row] = await sessionText(shop);
  expect(row).not.toContain('shpat_first');
  expect(row).not.toContain('shprt_first');
  const loaded = await storage.loadSession(`offline_${shop}`);
  expect([loaded?.accessToken, loaded?.refreshToken]).toEqual(['shpat_first', 'shprt_first']);
  const found = await storage.findSessionsByShop(shop);
  expect(found.map((one) => one.accessToken)).toEqual(['shpat_first']);
});

it('SEC-2: a fresh token is given without asking Shopify', async () => {
  const shop = await shopWithSession(Date.now() + hour);
  const before = asked.length;
  expect(await adminTokens(db, storage, api).token(shop)).toEqual({ ok: true, value: 'shpat_first' });
  expect(asked.length).toBe(before);
});

it('SEC-2: a token about to end is renewed once, however many ask at once, in however many processes', async () => {
  const shop = await shopWithSession(Date.now() + 60_000);
  const workers = [db, other].map((one) => adminTokens(one, createSessionStorage(one.sessions, vault), api));
  const request = nextAsked();
  const answers = workers.flatMap((worker) => [worker.token(shop), worker.token(shop)]);
  const one = await request;
  // All but the one that renews have been told to come again before Shopify answers.
  const busy = await first(answers, 3);
  one.answer(200, renewed);
  expect(busy.map((answer) => answer.ok)).toEqual([false, false, false]);
  const all = await Promise.all(answers);
  expect(all.filter((answer) => answer.ok)).toEqual([{ ok: true, value: 'shpat_new' }]);
  for (const answer of all)
    if (!answer.ok) expect(answer.failure).toMatchObject({ kind: 'retry', code: 'token_busy' });
  expect(one).toMatchObject({ shop, body: { refresh_token: 'shprt_first', grant_type: 'refresh_token' } });
  for (const worker of workers) expect(await worker.token(shop)).toEqual({ ok: true, value: 'shpat_new' });
  expect(asked.filter((request) => request.shop === shop)).toHaveLength(1);
  expect((await sessionText(shop)).join()).not.toMatch(/shp[ar]t_new/);
});

/** The first so many answers that arrive. */
function first<T>(answers: readonly Promise<T>[], count: number): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const got: T[] = [];
    for (const answer of answers) {
      answer.then((value) => {
        if (got.push(value) === count) resolve(got);
      }, reject);
    }
  });
}

it.each([
  ['refused', 400, 'reconnect', 'token_refused'],
  ['not answered well', 503, 'retry', 'token_refresh'],
] as const)(
  'SEC-2: a renewal that is %s is told as data, and may be tried again',
  async (_how, status, kind, code) => {
    const shop = await shopWithSession(Date.now() - hour);
    const tokens = adminTokens(db, storage, api);
    const request = nextAsked();
    const answer = tokens.token(shop);
    (await request).answer(status, { error: 'no' });
    expect(await answer).toMatchObject({ ok: false, failure: { kind, code } });
    const again = nextAsked();
    const second = tokens.token(shop);
    (await again).answer(200, renewed);
    expect(await second).toEqual({ ok: true, value: 'shpat_new' });
  },
);

it('SEC-4: uninstalling forgets a shop’s tokens and no other’s; installing again begins anew', async () => {
  const [shop, stranger] = [
    await shopWithSession(Date.now() + hour),
    await shopWithSession(Date.now() + hour),
  ];
  await shopUninstalled(db, shop, now());
  expect([await sessionText(shop), (await sessionText(stranger)).length]).toEqual([[], 1]);
  expect(await adminTokens(db, storage, api).token(shop)).toMatchObject({
    ok: false,
    failure: { kind: 'reconnect', code: 'no_session' },
  });
  await shopInstalled(db, shop);
  await shopInstalled(db, shop);
  const rows = await owner('select uninstalled_at from shop where shop = $1', [shop]);
  expect(rows).toEqual([{ uninstalled_at: null }]);
});

it('SEC-4: news of an uninstall before the last installation changes nothing', async () => {
  const shop = await shopWithSession(Date.now() + hour);
  await owner('update shop set proved_at = $2 where shop = $1', [shop, new Date(now())]);
  await shopUninstalled(db, shop, now() - hour);
  expect(await sessionText(shop)).toHaveLength(1);
  expect(await owner('select uninstalled_at from shop where shop = $1', [shop])).toEqual([
    { uninstalled_at: null },
  ]);
});

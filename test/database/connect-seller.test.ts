import { generateKey } from '@47ng/cloak';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { sellerOf, sellersOf } from '../../app/db/sellers.ts';
import { sellerId, type SellerId, type ShopDomain } from '../../app/domain/ids.ts';
import { now } from '../../app/lib/clock.ts';
import { openVault, type Vault } from '../../app/lib/crypto.ts';
import { connectSeller } from '../../app/sync/connect-seller.ts';
import { freshDatabase } from '../database.ts';
import { newShop, ownerOf } from './shop-rows.ts';

const database = await freshDatabase();
const { db } = database;
const owner = ownerOf(database);

const oldKey = generateKey();
const newKey = generateKey();
const secret = 'Atzr|the-secret-of-a-seller';
const newSeller = () => sellerId(`A${randomBytes(6).toString('hex')}`);

const grant = { grantedUntil: null, told: null, by: 'staff 1' };
const connect = (shop: ShopDomain, seller: SellerId, token = secret, vault: Vault = openVault(oldKey)) =>
  connectSeller(db, vault, {
    shop,
    sellerId: seller,
    region: 'eu',
    refreshToken: token,
    importFrom: now(),
    ...grant,
  });
const rowOf = (shop: ShopDomain, seller: SellerId) => db.forShop(shop, (tx) => sellerOf(tx, shop, seller));

it('SEC-2: a seller’s token rests sealed, and opens with its key', async () => {
  const shop = await newShop(database);
  const seller = newSeller();
  await connect(shop, seller);
  const [row] = await owner<{ all: string }>(
    'select to_jsonb(s)::text as all from seller s where seller_id = $1',
    [seller],
  );
  expect(row?.all).not.toContain(secret);
  expect(row?.all).not.toContain(Buffer.from(secret).toString('base64url').slice(0, 12));
  expect(openVault(oldKey).open((await rowOf(shop, seller))?.sealedToken ?? '')).toBe(secret);
});

it('SEC-2: a token sealed with an old key opens when a new key is put in front, and is known as stale', async () => {
  const shop = await newShop(database);
  const seller = newSeller();
  await connect(shop, seller);
  const rotated = openVault(`${newKey},${oldKey}`);
  const before = (await rowOf(shop, seller))?.sealedToken ?? '';
  expect([rotated.open(before), rotated.stale(before)]).toEqual([secret, true]);
  await connect(shop, seller, secret, rotated);
  const after = (await rowOf(shop, seller))?.sealedToken ?? '';
  expect([rotated.open(after), rotated.stale(after)]).toEqual([secret, false]);
  expect(openVault(newKey).open(after)).toBe(secret);
});

it('PRO-5: an account that another shop has is refused with a sentence, and stays where it is', async () => {
  const [one, two] = [await newShop(database), await newShop(database)];
  const seller = newSeller();
  await connect(one, seller);
  const refused = await connect(two, seller, 'Atzr|another');
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'final', code: 'seller_taken' } });
  expect(refused.ok || refused.failure.sentence).toMatch(
    /^This Amazon account is connected to another shop\./,
  );
  expect(await db.forShop(two, (tx) => sellersOf(tx, two))).toEqual([]);
  expect(openVault(oldKey).open((await rowOf(one, seller))?.sealedToken ?? '')).toBe(secret);
});

it('PRO-5: the database itself refuses one account for two shops', async () => {
  const [one, two] = [await newShop(database), await newShop(database)];
  const seller = newSeller();
  await connect(one, seller);
  await expect(owner('update seller set shop = $1 where seller_id = $2', [two, seller])).resolves.toEqual([]);
  await expect(
    owner(
      `insert into seller (shop, seller_id, region, refresh_token, state_since, import_from, cursor, next_poll_at)
       values ($1, $2, 'eu', 'sealed', now(), now(), now(), now())`,
      [one, seller],
    ),
  ).rejects.toThrow(/seller_seller_id_key/);
});

it('connecting again renews the token and leaves the rest as it was', async () => {
  const shop = await newShop(database);
  const seller = newSeller();
  await connect(shop, seller);
  await owner(`update seller set state = 'disconnected', last_look_at = now() where seller_id = $1`, [
    seller,
  ]);
  const before = await rowOf(shop, seller);
  expect(await connect(shop, seller, 'Atzr|new')).toEqual({ ok: true, value: null });
  const after = await rowOf(shop, seller);
  expect(after).toMatchObject({
    state: 'connected',
    importFrom: before?.importFrom,
    cursor: before?.cursor,
    lastLookAt: before?.lastLookAt,
  });
  expect(openVault(oldKey).open(after?.sealedToken ?? '')).toBe('Atzr|new');
});

it('IMP-2: all that changed on Amazon since the import’s start is looked at, and nothing of the future', async () => {
  const shop = await newShop(database);
  const [long, ahead] = [newSeller(), newSeller()];
  const day = 86_400_000;
  const at = now();
  for (const [seller, importFrom] of [
    [long, at - 30 * day],
    [ahead, at + day],
  ] as const) {
    await connectSeller(db, openVault(oldKey), {
      shop,
      sellerId: seller,
      region: 'na',
      refreshToken: secret,
      importFrom,
      ...grant,
    });
  }
  expect((await rowOf(shop, long))?.cursor).toBe(at - 30 * day);
  expect(Math.abs(((await rowOf(shop, ahead))?.cursor ?? 0) - at)).toBeLessThan(10_000);
});

it('PRO-5: an account whose shop gave up the app may be connected by another', async () => {
  const [gone, next] = [await newShop(database), await newShop(database)];
  const seller = newSeller();
  await connect(gone, seller);
  expect(await connect(next, seller)).toMatchObject({ ok: false, failure: { code: 'seller_taken' } });
  await owner('update shop set uninstalled_at = now() where shop = $1', [gone]);
  expect(await connect(next, seller)).toMatchObject({ ok: true });
  expect(await rowOf(gone, seller)).toBeNull();
  expect(await rowOf(next, seller)).not.toBeNull();
});

it('CAN-13: what waited for a batch while an account was disconnected is looked at when it is connected again', async () => {
  const shop = await newShop(database);
  const seller = newSeller();
  await connect(shop, seller);
  await owner("update seller set state = 'disconnected', next_feed_at = null where seller_id = $1", [seller]);
  await connect(shop, seller);
  const [row] = await owner<{ at: Date | null }>(
    'select next_feed_at as at from seller where seller_id = $1',
    [seller],
  );
  expect(row?.at?.getTime()).toBeLessThanOrEqual(now());
});

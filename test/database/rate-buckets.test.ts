import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../app/db/client.ts';
import { rateBuckets } from '../../app/db/rate-buckets.ts';
import { sellerId } from '../../app/domain/ids.ts';
import { now, setClock } from '../../app/lib/clock.ts';
import { freshDatabase } from '../database.ts';
import { start } from './shop-rows.ts';

const { db, url } = await freshDatabase();
const other = openDatabase(url);
afterAll(() => other.close());

/** The time stands still, so that every answer can be told beforehand. */
const stand = (at: number) => {
  setClock(at, 0);
};
afterEach(() => {
  setClock(Date.now());
});

const search = { ratePerSecond: 0.0056, burst: 20 };
const feed = { ratePerSecond: 0.5, burst: 2 };

const newSeller = () => sellerId(`A${randomBytes(6).toString('hex')}`);
const bucketsOf = (seller = newSeller()) => [rateBuckets(db, seller), rateBuckets(other, seller)] as const;
const no = (at: number) => ({ ok: false, at });
const yes = { ok: true };

it('PRO-5: all workers of a seller share one limit: twenty at once, and not one more', async () => {
  stand(start);
  const both = bucketsOf();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => both[n % 2 === 0 ? 0 : 1].take('searchOrders', search)),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(20);
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused).toEqual(refused.map(() => no(start + 178_572)));
});

it('PRO-5: the time it tells is exact: not a millisecond earlier, and then a slot', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  expect([await one.take('feed', feed), await two.take('feed', feed)]).toEqual([yes, yes]);
  expect(await one.take('feed', feed)).toEqual(no(start + 2000));
  stand(start + 700);
  expect(await two.take('feed', feed)).toEqual(no(start + 2000));
  stand(start + 1999);
  expect(await one.take('feed', feed)).toEqual(no(start + 2000));
  stand(start + 2000);
  expect(await two.take('feed', feed)).toEqual(yes);
  expect(await one.take('feed', feed)).toEqual(no(start + 4000));
});

it('PRO-5: tells when a slot is free, and takes none', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  expect(await two.when('feed')).toBe(start);
  for (let n = 0; n < 2; n += 1) {
    expect(await two.when('feed')).toBeLessThanOrEqual(start);
    expect(await one.take('feed', feed)).toEqual(yes);
  }
  expect([await two.when('feed'), await one.when('feed')]).toEqual([start + 2000, start + 2000]);
  stand(start + 2000);
  expect(await one.take('feed', feed)).toEqual(yes);
});

it('PRO-5: a long rest gives the burst again and no more', async () => {
  stand(start);
  const [one] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  stand(start + 3_600_000);
  const answers = [await one.take('feed', feed), await one.take('feed', feed), await one.take('feed', feed)];
  expect(answers).toEqual([yes, yes, no(now() + 2000)]);
});

it('PRO-5: operations and sellers have limits of their own', async () => {
  stand(start);
  const [one] = bucketsOf();
  const [stranger] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  expect((await one.take('feed', feed)).ok).toBe(false);
  expect((await one.take('other', feed)).ok).toBe(true);
  expect((await stranger.take('feed', feed)).ok).toBe(true);
});

it('PRO-5: a clock that goes backwards gives nothing away and says when truly', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  stand(start - 60_000);
  expect(await two.take('feed', feed)).toEqual(no(start + 2000));
  await two.drained('feed');
  stand(start + 1999);
  expect(await one.take('feed', feed)).toEqual(no(start + 2000));
  stand(start + 2000);
  expect(await one.take('feed', feed)).toEqual(yes);
});

it('PRO-5: a slot taken by a worker whose clock is behind is not given back', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  await one.take('feed', feed);
  stand(start - 60_000);
  expect(await two.take('feed', feed)).toEqual(yes);
  stand(start);
  expect(await one.take('feed', feed)).toEqual(no(start + 2000));
});

it('PRO-5: the rate that Amazon tells replaces the published one, for all workers', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  await one.learn('feed', 2);
  expect(await two.take('feed', feed)).toEqual(no(start + 500));
});

it('PRO-5: when Amazon refuses a call for its rate the bucket is empty, whatever was counted', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  await one.take('feed', feed);
  await one.drained('feed');
  expect(await two.take('feed', feed)).toEqual(no(start + 2000));
});

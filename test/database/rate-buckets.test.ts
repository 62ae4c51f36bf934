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
/** A full bucket gains nothing while the first call is on its way. */
const first = start + 1000;
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
  expect(refused).toEqual(refused.map(() => no(first + 178_572)));
});

it('PRO-5: the time it tells is exact: not a millisecond earlier, and then a slot', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  expect([await one.take('feed', feed), await two.take('feed', feed)]).toEqual([yes, yes]);
  expect(await one.take('feed', feed)).toEqual(no(first + 2000));
  stand(start + 700);
  expect(await two.take('feed', feed)).toEqual(no(first + 2000));
  stand(first + 1999);
  expect(await one.take('feed', feed)).toEqual(no(first + 2000));
  stand(first + 2000);
  expect(await two.take('feed', feed)).toEqual(yes);
  expect(await one.take('feed', feed)).toEqual(no(first + 4000));
});

it('PRO-5: a first call that is long on its way leaves the ones after it no faster than Amazon lets them', async () => {
  stand(start);
  const [one] = bucketsOf();
  await one.take('feed', feed);
  await one.take('feed', feed);
  // Amazon's bucket was full until the first call arrived, most of a second later.
  const arrived = start + 900;
  const slots: number[] = [];
  for (let at = start; slots.length < 3; at += 100) {
    stand(at);
    const answer = await one.take('feed', feed);
    if (answer.ok) slots.push(at);
  }
  expect(slots.every((at, n) => at - arrived >= (n + 1) * 2000)).toBe(true);
});

it('PRO-5: tells when a slot is free, and takes none', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  expect(await two.when('feed')).toBe(start);
  for (let n = 0; n < 2; n += 1) {
    expect(await two.when('feed')).toBeLessThanOrEqual(start);
    expect(await one.take('feed', feed)).toEqual(yes);
  }
  expect([await two.when('feed'), await one.when('feed')]).toEqual([first + 2000, first + 2000]);
  stand(first + 2000);
  expect(await one.take('feed', feed)).toEqual(yes);
});

it('PRO-5: a long rest gives the burst again and no more', async () => {
  stand(start);
  const [one] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  stand(start + 3_600_000);
  const answers = [await one.take('feed', feed), await one.take('feed', feed), await one.take('feed', feed)];
  expect(answers).toEqual([yes, yes, no(now() + 3000)]);
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
  expect(await two.take('feed', feed)).toEqual(no(first + 2000));
  await two.drained('feed');
  stand(first + 1999);
  expect(await one.take('feed', feed)).toEqual(no(first + 2000));
  stand(first + 2000);
  expect(await one.take('feed', feed)).toEqual(yes);
});

it('PRO-5: a slot taken by a worker whose clock is behind is not given back', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  await one.take('feed', feed);
  stand(start - 60_000);
  expect(await two.take('feed', feed)).toEqual(yes);
  stand(start);
  expect(await one.take('feed', feed)).toEqual(no(first + 2000));
});

it('PRO-5: the rate that Amazon tells replaces the published one, for all workers', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  for (let n = 0; n < 2; n += 1) await one.take('feed', feed);
  await one.learn('feed', 2);
  expect(await two.take('feed', feed)).toEqual(no(first + 500));
});

it('PRO-5: when Amazon refuses a call for its rate the bucket is empty, whatever was counted', async () => {
  stand(start);
  const [one, two] = bucketsOf();
  await one.take('feed', feed);
  await one.drained('feed');
  expect(await two.take('feed', feed)).toEqual(no(first + 2000));
});

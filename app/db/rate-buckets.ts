import type { SellerId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Database } from './client.ts';

interface Limit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** What adding up fractions may leave over, in slots and in milliseconds. */
const crumb = 1e-6;

/**
 * So long the first call may be on its way: until it arrives Amazon's bucket is full and gains nothing, so that ours would
 * be ahead of it by that much, and a later call that is faster would be refused.
 */
const onItsWayMs = 1_000;

interface Left {
  readonly tokens: number;
  readonly rate: number;
  readonly at: Date;
}

/** When a bucket, as it was left at a time, holds a slot (ms UTC). */
const slotAt = ({ tokens, rate, at }: Left) => at.getTime() + Math.ceil(((1 - tokens) / rate) * 1000 - crumb);

/**
 * Amazon's limits of one seller, kept in the database for all workers together (PRO-5). Asking takes a slot or answers
 * when there will be one (ms UTC); it never waits. The rates Amazon tells replace the published ones.
 */
export function rateBuckets(db: Database, seller: SellerId) {
  return {
    take: (operation: string, limit: Limit): Promise<{ ok: true } | { ok: false; at: number }> => {
      const at = now();
      return db.system(async (tx) => {
        await tx.$executeRaw`
          insert into rate_bucket (seller_id, operation, tokens, rate, burst, at)
          values (${seller}, ${operation}, ${limit.burst}, ${limit.ratePerSecond}, ${limit.burst}, ${new Date(at)})
          on conflict do nothing`;
        const [row] = await tx.$queryRaw<(Left & { taken: boolean })[]>`
          with b as (
            select tokens, rate, burst, at, least(burst, tokens + greatest(0, extract(epoch from ${new Date(at)}::timestamptz - at)) * rate) as have
            from rate_bucket where seller_id = ${seller} and operation = ${operation} for update),
          taken as (
            update rate_bucket r set tokens = b.have - 1,
              at = greatest(r.at, case when b.have >= b.burst then ${new Date(at + onItsWayMs)}::timestamptz else ${new Date(at)}::timestamptz end)
            from b where r.seller_id = ${seller} and r.operation = ${operation} and b.have >= ${1 - crumb}
            returning true)
          select tokens, rate, at, exists (select from taken) as taken from b`;
        if (!row) throw new Error('A rate bucket vanished.');
        if (row.taken) return { ok: true as const };
        // A refusal writes nothing, so that the time told stays the same until it has come.
        return { ok: false as const, at: slotAt(row) };
      });
    },
    when: (operation: string): Promise<number> =>
      db.system(async (tx) => {
        const [row] = await tx.$queryRaw<Left[]>`
          select tokens, rate, at from rate_bucket where seller_id = ${seller} and operation = ${operation}`;
        return row && row.tokens < 1 - crumb ? slotAt(row) : now();
      }),
    learn: (operation: string, ratePerSecond: number): Promise<void> =>
      db.system(async (tx) => {
        await tx.$executeRaw`update rate_bucket set rate = ${ratePerSecond} where seller_id = ${seller} and operation = ${operation} and rate <> ${ratePerSecond}`;
      }),
    drained: (operation: string): Promise<void> =>
      db.system(async (tx) => {
        await tx.$executeRaw`update rate_bucket set tokens = 0, at = greatest(at, ${new Date(now())}::timestamptz) where seller_id = ${seller} and operation = ${operation}`;
      }),
  };
}

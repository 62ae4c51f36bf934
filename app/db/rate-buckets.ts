import type { SellerId } from '../domain/ids.ts';
import { now } from '../lib/clock.ts';
import type { Database } from './client.ts';

interface Limit {
  readonly ratePerSecond: number;
  readonly burst: number;
}

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
        const [row] = await tx.$queryRaw<{ have: number; rate: number }[]>`
          with b as (
            select least(burst, tokens + greatest(0, extract(epoch from ${new Date(at)}::timestamptz - at)) * rate) as have
            from rate_bucket where seller_id = ${seller} and operation = ${operation} for update)
          update rate_bucket r
          set tokens = case when b.have >= 1 then b.have - 1 else b.have end, at = greatest(r.at, ${new Date(at)}::timestamptz)
          from b where r.seller_id = ${seller} and r.operation = ${operation}
          returning b.have::float8 as have, r.rate::float8 as rate`;
        if (!row) throw new Error('A rate bucket vanished.');
        return row.have >= 1
          ? { ok: true as const }
          : { ok: false as const, at: at + Math.ceil(((1 - row.have) / row.rate) * 1000) };
      });
    },
    learn: (operation: string, ratePerSecond: number): Promise<void> =>
      db.system(async (tx) => {
        await tx.$executeRaw`update rate_bucket set rate = ${ratePerSecond} where seller_id = ${seller} and operation = ${operation} and rate <> ${ratePerSecond}`;
      }),
    drained: (operation: string): Promise<void> =>
      db.system(async (tx) => {
        await tx.$executeRaw`update rate_bucket set tokens = 0, at = ${new Date(now())} where seller_id = ${seller} and operation = ${operation}`;
      }),
  };
}

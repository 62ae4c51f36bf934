import { shopDomain, type ShopDomain } from '../domain/ids.ts';
import type { Database, Tx } from './client.ts';

/** So many rows go at a time: no transaction lasts long, however large the shop. */
const batch = 5_000;
const dayMs = 86_400_000;

/** Where a gone shop's audit log goes: its name is forgotten, what was done stays. */
export interface Erasure {
  readonly shop: ShopDomain;
  readonly pseudonym: string;
  /** The shop must have given up the app by then (ms UTC); one that has it (again) is never erased. */
  readonly uninstalledBy: number;
  readonly now: number;
}

/** Every table with rows of shops, from the catalogue, so that none can be forgotten. The shop's own row goes last. */
async function tablesOfShops(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select c.table_name::text as name from information_schema.columns c
    where c.table_schema = 'public' and c.column_name = 'shop' and c.table_name <> 'audit_entry'
    order by c.table_name = 'shop', c.table_name`;
  return rows.map((row) => row.name);
}

/** True where the shop may be erased; its row is locked, so that it cannot come back meanwhile. */
async function isOver(tx: Tx, { shop, uninstalledBy }: Erasure): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from shop where shop = ${shop} and uninstalled_at <= ${new Date(uninstalledBy)} for update`;
  return rows.length > 0;
}

async function eraseSome(tx: Tx, shop: ShopDomain): Promise<boolean> {
  await tx.$executeRaw`
    delete from rate_bucket where seller_id in (select seller_id from seller where shop = ${shop})`;
  let room = batch;
  for (const table of await tablesOfShops(tx)) {
    const name = `"${table.replaceAll('"', '""')}"`;
    room -= await tx.$executeRawUnsafe(
      `delete from ${name} where ctid = any (array(select ctid from ${name} where shop = $1 limit $2))`,
      shop,
      room,
    );
    if (room === 0 && table !== 'shop') return false;
  }
  return true;
}

async function moveSomeAudit(tx: Tx, { shop, pseudonym }: Erasure): Promise<number> {
  return tx.$executeRaw`
    update audit_entry set shop = ${pseudonym}
    where ctid = any (array(select ctid from audit_entry where shop = ${shop} limit ${batch}))`;
}

/**
 * Erases all that is kept of a shop that gave up the app: rows, sessions, tokens. The audit log, which has nothing of a
 * buyer, stays under a pseudonym (SEC-5). In steps, each of which ends where the shop has come back; may be repeated.
 * False where the shop is not to be erased, or is gone already.
 */
export async function eraseShop(db: Database, erasure: Erasure): Promise<boolean> {
  const { shop, pseudonym, now } = erasure;
  const step = (work: (tx: Tx) => Promise<boolean>) =>
    db.system(async (tx) => ((await isOver(tx, erasure)) ? work(tx) : null));
  let moved = await step(async (tx) => (await moveSomeAudit(tx, erasure)) < batch);
  while (moved === false) moved = await step(async (tx) => (await moveSomeAudit(tx, erasure)) < batch);
  if (moved === null) return false;
  const last = async (tx: Tx) => {
    const done = await eraseSome(tx, shop);
    if (done)
      await tx.auditEntry.create({
        data: { shop: pseudonym, at: new Date(now), actor: 'concord', action: 'shop_erased' },
      });
    return done;
  };
  let erased = await step(last);
  while (erased === false) erased = await step(last);
  return erased !== null;
}

/** Shops that gave up the app at or before `by` (ms UTC). */
export async function shopsGoneBy(db: Database, by: number): Promise<ShopDomain[]> {
  const rows = await db.system((tx) =>
    tx.shop.findMany({ where: { uninstalledAt: { lte: new Date(by) } }, orderBy: { shop: 'asc' } }),
  );
  return rows.map((row) => shopDomain(row.shop));
}

/** Shops of which buyers' words are kept whose time is over at `now` (ms UTC), and whether they have the app. */
export async function shopsWithOldWords(
  db: Database,
  now: number,
): Promise<{ shop: ShopDomain; installed: boolean }[]> {
  const rows = await db.system(
    (tx) => tx.$queryRaw<{ shop: string; installed: boolean }[]>`
    select r.shop, coalesce(bool_or(s.shop is not null), false) as installed
    from request r left join shop s on s.shop = r.shop and s.uninstalled_at is null
    where r.reasons is not null and (r.erase_at <= ${new Date(now)} or r.requested_at <= ${new Date(now - 30 * dayMs)})
    group by r.shop order by r.shop`,
  );
  return rows.map(({ shop, installed }) => ({ shop: shopDomain(shop), installed }));
}

/**
 * Erases what is kept no longer at `now` (ms UTC): the words of claims after 30 days, webhook ids after 3 days, ways through
 * Amazon's page after a day, what a preview listed and mails and webhooks to staff after 30 days, the audit log and which reports came in after 13 months,
 * settlements with their rows 24 months after they were last taken in; ledgers that were made of them stay as they are. Of several processes that do it at once one does. Each part in a transaction of its own.
 */
export async function eraseOldRows(db: Database, now: number): Promise<void> {
  const ago = (days: number) => new Date(now - days * dayMs);
  const at = new Date(now);
  const parts: ((tx: Tx) => Promise<unknown>)[] = [
    (tx) => tx.$executeRaw`update claim set reason = null where reason is not null and seen_at <= ${ago(30)}`,
    (tx) => tx.$executeRaw`delete from seen_webhook where at <= ${ago(3)}`,
    (tx) => tx.$executeRaw`delete from connect_attempt where began_at <= ${ago(1)}`,
    (tx) => tx.$executeRaw`
      delete from previewed_order p using backfill b
      where b.shop = p.shop and b.id = p.backfill_id and b.started_at <= ${ago(30)}`,
    (tx) => tx.$executeRaw`delete from notice_delivery where coalesce(ended_at, made_at) <= ${ago(30)}`,
    (tx) => tx.$executeRaw`delete from notice where kind <> 'request_opened' and at <= ${ago(30)}`,
    (tx) => tx.$executeRaw`delete from audit_entry where at <= ${at}::timestamptz - interval '13 months'`,
    (tx) => tx.$executeRaw`delete from feed where state = 'never' and ended_at <= ${ago(30)}`,
    (tx) => tx.$executeRaw`delete from feed where ended_at <= ${at}::timestamptz - interval '13 months'`,
    (tx) =>
      tx.$executeRaw`delete from report_file where started_at <= ${at}::timestamptz - interval '13 months'`,
    (tx) =>
      tx.$executeRaw`delete from order_report where started_at <= ${at}::timestamptz - interval '13 months'`,
    // In one: rows without their settlement would be rows that nobody can see.
    (tx) => tx.$executeRaw`
      with gone as (
        delete from settlement where taken_at <= ${at}::timestamptz - interval '24 months' returning shop, settlement_id)
      delete from settlement_row r using gone g where g.shop = r.shop and g.settlement_id = r.settlement_id`,
  ];
  for (const part of parts)
    await db.system(async (tx) => {
      const [turn] = await tx.$queryRaw<
        { mine: boolean }[]
      >`select pg_try_advisory_xact_lock(4227002) as mine`;
      if (turn?.mine) await part(tx);
    });
}

import { sellerId, shopDomain, type SellerId, type ShopDomain } from '../domain/ids.ts';
import {
  enqueueChanges,
  enqueueDrain,
  enqueueFeed,
  enqueueFinances,
  enqueueNotices,
  enqueuePoll,
} from '../queue/enqueue.ts';
import type { Database, Tx } from './client.ts';
import { sendsAlready } from './notice-deliveries.ts';
import { firstLook } from './shopify-changes.ts';

/** Shops that have orders due at `now` (ms UTC) which no living worker holds. */
async function dueShops(tx: Tx, now: number): Promise<ShopDomain[]> {
  const rows = await tx.$queryRaw<{ shop: string }[]>`
    select s.shop from shop s
    where s.uninstalled_at is null and exists (
      select from amazon_order o where o.shop = s.shop and o.due_at <= ${new Date(now)}
        and (o.lease_until is null or o.lease_until < clock_timestamp()))
    order by s.shop`;
  return rows.map((row) => shopDomain(row.shop));
}

async function duePolls(tx: Tx, now: number): Promise<{ shop: ShopDomain; seller: SellerId }[]> {
  const rows = await tx.$queryRaw<{ shop: string; seller_id: string }[]>`
    select l.shop, l.seller_id from seller l join shop s on s.shop = l.shop
    where l.state = 'connected' and l.next_poll_at <= ${new Date(now)} and s.uninstalled_at is null
    order by l.shop, l.seller_id`;
  return rows.map((row) => ({ shop: shopDomain(row.shop), seller: sellerId(row.seller_id) }));
}

async function dueFinances(tx: Tx, now: number): Promise<{ shop: ShopDomain; seller: SellerId }[]> {
  const rows = await tx.$queryRaw<{ shop: string; seller_id: string }[]>`
    select l.shop, l.seller_id from seller l join shop s on s.shop = l.shop
    where l.state = 'connected' and (l.next_finances_at is null or l.next_finances_at <= ${new Date(now)})
      and s.uninstalled_at is null
    order by l.shop, l.seller_id`;
  return rows.map((row) => ({ shop: shopDomain(row.shop), seller: sellerId(row.seller_id) }));
}

/** Accounts whose batches are due at `now` (ms UTC) and held by nobody; a lease that ran out was a dead worker's. */
async function dueFeeds(tx: Tx, now: number): Promise<{ shop: ShopDomain; seller: SellerId }[]> {
  const rows = await tx.$queryRaw<{ shop: string; seller_id: string }[]>`
    select l.shop, l.seller_id from seller l join shop s on s.shop = l.shop
    where l.state = 'connected' and s.uninstalled_at is null
      and (l.feed_lease_until < clock_timestamp() or (l.feed_lease_until is null and l.next_feed_at <= ${new Date(now)}))
    order by l.shop, l.seller_id`;
  return rows.map((row) => ({ shop: shopDomain(row.shop), seller: sellerId(row.seller_id) }));
}

async function dueChanges(tx: Tx, now: number): Promise<ShopDomain[]> {
  const rows = await tx.$queryRaw<{ shop: string }[]>`
    select s.shop from shop s
    where s.uninstalled_at is null 
      and coalesce(s.next_changes_at, s.installed_at + ${firstLook}::interval) <= ${new Date(now)}
    order by s.shop`;
  return rows.map((row) => shopDomain(row.shop));
}

/** Shops with notices that somebody outside the admin is to hear of, or with mails and webhooks that are due. */
async function dueNotices(tx: Tx, now: number): Promise<ShopDomain[]> {
  const rows = await tx.$queryRaw<{ shop: string }[]>`
    select s.shop from shop s
    where s.uninstalled_at is null and (s.next_digest_at <= ${new Date(now)} or s.next_report_at <= ${new Date(now)}
      or (exists (select from notice_target t where t.shop = s.shop)
        and exists (select from notice n where n.shop = s.shop and n.passed_on_at is null))
      or (not ${sendsAlready} and exists (select from notice_delivery d where d.shop = s.shop and d.state = 'waiting'
        and d.due_at <= ${new Date(now)} and d.kind <> 'test')))
    order by s.shop`;
  return rows.map((row) => shopDomain(row.shop));
}

/**
 * Puts a job into the queue for everything that is due at `now` (ms UTC) and that nobody is working on. In a fixed order:
 * all workers do this at once, and a job that waits already is a row that both lock.
 */
export async function enqueueWhatIsDue(db: Database, now: number): Promise<void> {
  await db.system(async (tx) => {
    for (const shop of await dueShops(tx, now)) await enqueueDrain(tx, shop, now);
    for (const { shop, seller } of await duePolls(tx, now)) await enqueuePoll(tx, shop, seller, now);
    for (const { shop, seller } of await dueFeeds(tx, now)) await enqueueFeed(tx, shop, seller, now);
    for (const { shop, seller } of await dueFinances(tx, now)) await enqueueFinances(tx, shop, seller, now);
    for (const shop of await dueChanges(tx, now)) await enqueueChanges(tx, shop, now);
    for (const shop of await dueNotices(tx, now)) await enqueueNotices(tx, shop, now);
  });
}

/**
 * Notes that this process lives, with the names under which its runner locks jobs, and answers the names of processes
 * that were not heard of for 15 s of real time; they are forgotten.
 */
export async function beat(db: Database, id: string, lockedBy: readonly string[]): Promise<string[]> {
  return db.system(async (tx) => {
    await tx.$executeRaw`
      insert into worker_beat (id, locked_by, seen_at) values (${id}::uuid, ${[...lockedBy]}::text[], clock_timestamp())
      on conflict (id) do update set locked_by = excluded.locked_by, seen_at = excluded.seen_at`;
    const dead = await tx.$queryRaw<{ locked_by: string[] }[]>`
      delete from worker_beat where seen_at < clock_timestamp() - interval '15 seconds' returning locked_by`;
    return dead.flatMap((row) => row.locked_by);
  });
}

/** Takes this process off the list of those that live: it ends as it should. */
export async function endBeat(db: Database, id: string): Promise<void> {
  await db.system(async (tx) => {
    await tx.$executeRaw`delete from worker_beat where id = ${id}::uuid`;
  });
}

/**
 * Lets a seller account go whose shop no longer has the app, or disconnected it, so that another shop may connect it. Its
 * orders stay with the old shop. False where that shop still has it.
 */
export async function releaseSeller(db: Database, seller: SellerId): Promise<boolean> {
  const gone = await db.system(
    (tx) => tx.$executeRaw`
    delete from seller l using shop s
    where l.seller_id = ${seller} and s.shop = l.shop and (s.uninstalled_at is not null or l.state = 'released')`,
  );
  return gone > 0;
}

/** The shop a seller account belongs to; null where nobody connected it. */
export async function shopOfSeller(db: Database, seller: SellerId): Promise<ShopDomain | null> {
  const row = await db.system((tx) => tx.seller.findUnique({ where: { sellerId: seller } }));
  return row && shopDomain(row.shop);
}

/** The shop whose mails come in at this local part; null where no shop that has the app has it. */
export async function shopOfMailKey(db: Database, mailKey: string): Promise<ShopDomain | null> {
  const row = await db.system((tx) => tx.shop.findFirst({ where: { mailKey, uninstalledAt: null } }));
  return row && shopDomain(row.shop);
}

/** Posts of mails are of no shop: one that was heard must not be heard again by another. */
const ofNoShop = '';

/** Whether a post with this token was taken in before. */
export async function mailWasTaken(db: Database, token: string): Promise<boolean> {
  const where = { shop_webhookId: { shop: ofNoShop, webhookId: `mail:${token}` } };
  return (await db.system((tx) => tx.seenWebhook.findUnique({ where }))) !== null;
}

/** Notes that a post with this token was taken in at `now` (ms UTC); it is forgotten with the webhooks. */
export async function noteMail(db: Database, token: string, now: number): Promise<void> {
  const data = [{ shop: ofNoShop, webhookId: `mail:${token}`, at: new Date(now) }];
  await db.system((tx) => tx.seenWebhook.createMany({ data, skipDuplicates: true }));
}

/** The shops of these seller accounts, without those that gave up the app. */
export async function shopsOfSellers(
  db: Database,
  sellers: readonly SellerId[],
): Promise<Map<SellerId, ShopDomain>> {
  if (sellers.length === 0) return new Map();
  const rows = await db.system(
    (tx) => tx.$queryRaw<{ seller_id: string; shop: string }[]>`
      select l.seller_id, l.shop from seller l join shop s on s.shop = l.shop
      where l.seller_id = any(${[...sellers]}::text[]) and s.uninstalled_at is null`,
  );
  return new Map(rows.map((row) => [sellerId(row.seller_id), shopDomain(row.shop)]));
}

/** All shops that have the app. */
export async function installedShops(db: Database): Promise<ShopDomain[]> {
  const rows = await db.system((tx) =>
    tx.shop.findMany({ where: { uninstalledAt: null }, orderBy: { shop: 'asc' } }),
  );
  return rows.map((row) => shopDomain(row.shop));
}

/** All shops that have or had the app. */
export async function everyShop(db: Database): Promise<ShopDomain[]> {
  const rows = await db.system((tx) => tx.shop.findMany({ orderBy: { shop: 'asc' } }));
  return rows.map((row) => shopDomain(row.shop));
}

/** The sealed Amazon tokens of all accounts, also of shops that gave the app up: they may come back. */
export async function sealedTokens(
  db: Database,
): Promise<{ shop: ShopDomain; sellerId: SellerId; sealed: string }[]> {
  const rows = await db.system((tx) => tx.seller.findMany({ orderBy: { sellerId: 'asc' } }));
  return rows.map((row) => ({
    shop: shopDomain(row.shop),
    sellerId: sellerId(row.sellerId),
    sealed: row.refreshToken,
  }));
}

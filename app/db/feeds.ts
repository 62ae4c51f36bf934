import { z } from 'zod';
import { feedKinds, type CommandOfFeed, type FeedKind } from '../domain/feed-kind.ts';
import { amazonOrderId, type AmazonOrderId, type SellerId, type ShopDomain } from '../domain/ids.ts';
import type { Tx } from './client.ts';
import { commandArgsShapes } from './command-args.ts';
import { isQuiet } from './proofs.ts';

/** How long a batch belongs to the worker that writes it, in real time. */
const claimSeconds = 120;

/** The states of a batch: `never`: provably not made at Amazon. */
const feedStates = ['writing', 'sending', 'unsure', 'sent', 'done', 'fatal', 'cancelled', 'never'] as const;
type FeedState = (typeof feedStates)[number];

/** A batch that is not over. Times in ms UTC. */
export interface OpenFeed {
  readonly id: string;
  readonly kind: FeedKind;
  readonly state: FeedState;
  readonly amazonId: string | null;
  readonly messages: number;
  readonly sentAt: number | null;
  readonly lookAt: number;
  readonly looks: number;
  /** The worker that wrote it is gone. */
  readonly abandoned: boolean;
}

/** Batches of an account that are not over, the oldest first. */
export async function openFeeds(tx: Tx, shop: ShopDomain, seller: SellerId): Promise<OpenFeed[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      feed_type: string;
      state: string;
      amazon_id: string | null;
      messages: number;
      sent_at: Date | null;
      look_at: Date | null;
      looks: number;
      abandoned: boolean;
    }[]
  >`
    select id::text, feed_type, state, amazon_id, messages, sent_at, look_at, looks,
      coalesce(claim_until < clock_timestamp(), false) as abandoned
    from feed where shop = ${shop} and seller_id = ${seller} and ended_at is null order by started_at, id`;
  return rows.map((row) => ({
    id: row.id,
    kind: z.enum(feedKinds).parse(row.feed_type),
    state: z.enum(feedStates).parse(row.state),
    amazonId: row.amazon_id,
    messages: row.messages,
    sentAt: row.sent_at?.getTime() ?? null,
    lookAt: row.look_at?.getTime() ?? 0,
    looks: row.looks,
    abandoned: row.abandoned,
  }));
}

/** When the last batch of a kind was begun that went to Amazon, or may have (ms UTC); null: there was none. */
export async function lastBatchAt(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
): Promise<number | null> {
  const where = { shop, sellerId: seller, feedType: kind, state: { not: 'never' } };
  const { _max: last } = await tx.feed.aggregate({ where, _max: { startedAt: true } });
  return last.startedAt?.getTime() ?? null;
}

/** How many batches of a kind in a row could not be made since one went to Amazon, and when the last one ended (ms UTC). */
export async function notMadeInARow(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
): Promise<{ readonly count: number; readonly endedAt: number }> {
  const [row] = await tx.$queryRaw<{ count: number; at: Date | null }[]>`
    select count(*)::int as count, max(ended_at) as at from feed
    where shop = ${shop} and seller_id = ${seller} and feed_type = ${kind} and state = 'never' and summary is not null
      and started_at > coalesce((
        select max(started_at) from feed
        where shop = ${shop} and seller_id = ${seller} and feed_type = ${kind} and state <> 'never'), '-infinity')`;
  return { count: row?.count ?? 0, endedAt: row?.at?.getTime() ?? 0 };
}

/**
 * Writes a batch down and claims the proved commands of a kind for it, numbered from 1 (PRO-3): before anything is uploaded.
 * Orders of which either side has news since they were proved are left to the next one.
 * Null where nothing is ready, or where the last batch of the kind has no answer yet.
 */
export async function beginFeed(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  kind: FeedKind,
  at: { readonly now: number; readonly provedSince: number; readonly most: number },
): Promise<{ readonly id: string; readonly commands: readonly CommandOfFeed[] } | null> {
  const now = new Date(at.now);
  const openKey = JSON.stringify([seller, kind]);
  // Orders are locked before their commands, as everywhere.
  const ready = await tx.$queryRaw<{ id: string }[]>`
    select c.id::text from amazon_order o join command c on c.shop = o.shop and c.amazon_order_id = o.amazon_order_id
    where o.shop = ${shop} and o.seller_id = ${seller} and c.kind = ${kind} and c.state = 'planned'
      and c.proved_at >= ${new Date(at.provedSince)} and (c.not_before is null or c.not_before <= ${now})
      and ${isQuiet}
      and exists (select from shop s where s.shop = ${shop} and s.uninstalled_at is null)
    order by o.amazon_order_id, c.key limit ${at.most} for update of o`;
  if (ready.length === 0) return null;
  const made = await tx.$queryRaw<{ id: string }[]>`
    insert into feed (shop, seller_id, feed_type, state, open_key, claim_until, messages, started_at, look_at)
    values (${shop}, ${seller}, ${kind}, 'writing', ${openKey}, clock_timestamp() + make_interval(secs => ${claimSeconds}),
      ${ready.length}, ${now}, ${now})
    on conflict (shop, open_key) do nothing returning id::text`;
  const feed = made[0];
  if (!feed) return null;
  const ids = ready.map(({ id }) => id);
  const rows = await tx.$queryRaw<
    { id: string; key: string; amazon_order_id: string; message_no: number; args: unknown }[]
  >`
    with x as (select id, n from unnest(${ids}::uuid[]) with ordinality as x(id, n))
    update command c set state = 'sending', attempt = c.attempt + 1, claimed_by = null, sent_at = ${now}, ended_at = null,
      outcome = null, feed_id = ${feed.id}::uuid, message_no = x.n
    from x where c.shop = ${shop} and c.id = x.id and c.state = 'planned'
    returning c.id::text, c.key, c.amazon_order_id, c.message_no, c.args`;
  const commands = rows.map((row): CommandOfFeed => {
    const one = {
      id: row.id,
      key: row.key,
      amazonOrderId: amazonOrderId(row.amazon_order_id),
      messageNo: row.message_no,
    };
    return { ...one, kind, args: commandArgsShapes[kind].parse(row.args) } as CommandOfFeed;
  });
  return { id: feed.id, commands: commands.sort((a, b) => a.messageNo - b.messageNo) };
}

/** Moves a batch on, out of the state it was seen in. False where another worker was faster. */
export async function moveFeed(
  tx: Tx,
  shop: ShopDomain,
  id: string,
  from: FeedState,
  change: {
    readonly to: FeedState;
    readonly amazonId?: string;
    readonly reportId?: string | null;
    readonly sentAt?: number;
    readonly lookAt?: number;
    readonly looks?: number;
    readonly endedAt?: number;
    readonly summary?: Readonly<Record<string, number | string>>;
  },
): Promise<boolean> {
  const time = (ms: number | undefined) => (ms === undefined ? {} : { at: new Date(ms) });
  const moved = await tx.feed.updateMany({
    where: { shop, id, state: from },
    data: {
      state: change.to,
      // Its createFeed has an answer, or never will: the next of its kind may be made.
      ...(change.to === 'sending' || change.to === 'unsure' ? {} : { openKey: null }),
      ...(change.amazonId === undefined ? {} : { amazonId: change.amazonId }),
      ...(change.reportId === undefined ? {} : { reportId: change.reportId }),
      ...(change.sentAt === undefined ? {} : { sentAt: time(change.sentAt).at ?? null }),
      ...(change.lookAt === undefined ? {} : { lookAt: time(change.lookAt).at ?? null }),
      ...(change.looks === undefined ? {} : { looks: change.looks }),
      ...(change.endedAt === undefined ? {} : { endedAt: time(change.endedAt).at ?? null }),
      ...(change.summary === undefined ? {} : { summary: { ...change.summary } }),
    },
  });
  return moved.count === 1;
}

/** Amazon's ids of all batches of an account since then (ms UTC), to tell ours from one whose answer was lost. */
export async function knownFeedIds(
  tx: Tx,
  shop: ShopDomain,
  seller: SellerId,
  since: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx.feed.findMany({
    where: { shop, sellerId: seller, amazonId: { not: null }, startedAt: { gte: new Date(since) } },
    select: { amazonId: true },
  });
  return new Set(rows.flatMap(({ amazonId }) => amazonId ?? []));
}

/** The messages of a batch: their numbers and orders. */
export async function messagesOf(
  tx: Tx,
  shop: ShopDomain,
  feedId: string,
): Promise<{ readonly messageNo: number; readonly amazonOrderId: AmazonOrderId }[]> {
  const rows = await tx.command.findMany({ where: { shop, feedId }, orderBy: { messageNo: 'asc' } });
  return rows.flatMap(({ messageNo, amazonOrderId: id }) =>
    messageNo === null ? [] : [{ messageNo, amazonOrderId: amazonOrderId(id) }],
  );
}

/** How many messages of a batch have an outcome that nobody knows. */
export function darkMessages(tx: Tx, shop: ShopDomain, feedId: string): Promise<number> {
  return tx.command.count({ where: { shop, feedId, state: 'unsure' } });
}

/** How a message of a batch came out. */
export interface MessageEnd {
  readonly messageNo: number;
  readonly to: 'planned' | 'accepted' | 'refused' | 'unsure';
  readonly outcome: Readonly<Record<string, string>> | null;
  /** It was left out of the batch, whose report will not know it. */
  readonly leftOut?: true;
}

/**
 * Writes down how messages came out, with a line each in the audit log, and answers their orders, sorted. Those that the
 * batch does not hold any more, since they were found out by looking, are left alone. What is planned again was not sent: it
 * is no try.
 */
export async function endMessages(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  feed: { readonly id: string; readonly amazonId: string | null },
  ends: readonly MessageEnd[],
): Promise<AmazonOrderId[]> {
  const at = new Date(now);
  const rows = await tx.$queryRaw<{ amazon_order_id: string }[]>`
    with x as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as x("messageNo" int, "to" text, outcome jsonb, "leftOut" boolean)),
    held as materialized (
      select o.amazon_order_id from amazon_order o where o.shop = ${shop} and o.amazon_order_id in (
        select c.amazon_order_id from command c where c.shop = ${shop} and c.feed_id = ${feed.id}::uuid)
      order by o.amazon_order_id for update),
    ended as (
      update command c set state = x."to", ended_at = ${at}, outcome = nullif(x.outcome, 'null'::jsonb),
        proved_at = case when x."to" = 'planned' then null else c.proved_at end,
        attempt = c.attempt - (x."to" = 'planned')::int,
        feed_id = case when x."leftOut" then null else c.feed_id end
      from x where c.shop = ${shop} and c.feed_id = ${feed.id}::uuid and c.message_no = x."messageNo" and c.state = 'sending'
        and c.amazon_order_id in (select amazon_order_id from held)
      returning c.amazon_order_id, c.kind, c.attempt + (x."to" = 'planned')::int as attempt, c.message_no, x."to", x.outcome),
    noted as (
      insert into audit_entry (shop, at, amazon_order_id, actor, action, before, after)
      select ${shop}, ${at}, amazon_order_id, 'concord', kind || ':' || "to",
        jsonb_build_object('state', 'sending', 'attempt', attempt),
        jsonb_build_object('state', "to", 'feedId', ${feed.amazonId}::text, 'message', message_no, 'outcome', outcome)
      from ended)
    select distinct amazon_order_id from ended order by amazon_order_id`;
  return rows.map((row) => amazonOrderId(row.amazon_order_id));
}

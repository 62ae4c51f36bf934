import type { Prisma } from '@prisma/client';
import { z } from 'zod';
import type { Command, CommandState, CommandToPlan, CommandToSend } from '../domain/command.ts';
import { commandKinds, commandStates } from '../domain/command.ts';
import { amazonOrderId, type AmazonOrderId, type ShopDomain, type ShopifyOrderId } from '../domain/ids.ts';
import type { Renewal } from '../domain/renew-prints.ts';
import type { Tx } from './client.ts';
import { commandArgsShapes } from './command-args.ts';

const outcomeShape = z.object({ field: z.string(), text: z.string() });
const jobShape = z.object({ job: z.string() });

function toCommand(row: Prisma.CommandGetPayload<object>): Command {
  const kind = z.enum(commandKinds).parse(row.kind);
  const refusal = outcomeShape.safeParse(row.outcome);
  return {
    id: row.id,
    key: row.key,
    kind,
    state: z.enum(commandStates).parse(row.state),
    attempt: row.attempt,
    args: commandArgsShapes[kind].parse(row.args),
    sentAt: row.sentAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    refusal: refusal.success ? refusal.data : null,
    notBefore: row.notBefore?.getTime() ?? null,
    provedAt: row.provedAt?.getTime() ?? null,
    job: jobShape.safeParse(row.outcome).data?.job ?? null,
    // The shape was chosen by the kind, which the compiler cannot follow.
  } as Command;
}

/** All commands of the given orders. A row this version cannot read is a bug and throws. */
export async function commandsOf(
  tx: Tx,
  shop: ShopDomain,
  ids: readonly AmazonOrderId[],
): Promise<Map<AmazonOrderId, Command[]>> {
  const rows = await tx.command.findMany({ where: { shop, amazonOrderId: { in: [...ids] } } });
  const byOrder = new Map<AmazonOrderId, Command[]>();
  for (const row of rows) {
    const id = amazonOrderId(row.amazonOrderId);
    byOrder.set(id, [...(byOrder.get(id) ?? []), toCommand(row)]);
  }
  return byOrder;
}

/**
 * Writes the commands down as being sent, and claims them for the lease `token`: the row is there before anything goes
 * out (PRO-3). A command is claimed only out of the state the decision saw, for an order that `token` holds, in a shop
 * that still has the app. Answers the ids of those claimed; only they may be sent.
 */
export async function claimCommands(
  tx: Tx,
  shop: ShopDomain,
  token: string,
  now: number,
  wanted: readonly (CommandToSend & { readonly order: AmazonOrderId })[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const at = new Date(now);
  const rows = await tx.$queryRaw<{ id: string; key: string }[]>`
    with x as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as x("order" text, key text, kind text, "from" text, args jsonb)),
    mine as (
      select o.amazon_order_id from amazon_order o
      where o.shop = ${shop} and o.lease_token = ${token}::uuid and o.amazon_order_id in (select "order" from x)
        and exists (select from shop s where s.shop = ${shop} and s.uninstalled_at is null)
      order by o.amazon_order_id for update)
    insert into command as c (shop, amazon_order_id, kind, key, state, attempt, args, tracking, claimed_by, planned_at, sent_at)
    select ${shop}, x."order", x.kind, x.key, 'sending', 1, x.args, x.args->>'tracking', ${token}::uuid, ${at}, ${at}
    from x join mine on mine.amazon_order_id = x."order" order by x.key
    on conflict (shop, key) do update set
      state = 'sending', attempt = c.attempt + 1, args = excluded.args, tracking = excluded.tracking, claimed_by = excluded.claimed_by,
      sent_at = excluded.sent_at, ended_at = null, outcome = null
    where c.state = (select y."from" from x y where y.key = c.key)
    returning c.id::text as id, c.key`;
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** How a sent command ended. `order` is set where an order was made. */
export interface CommandEnd {
  readonly id: string;
  readonly to: CommandState;
  readonly outcome: Record<string, string> | null;
  readonly order: { readonly id: ShopifyOrderId; readonly name: string; readonly stockTaken: boolean } | null;
  /** The try does not count: it provably did not reach the service, and the row stands as it did before. */
  readonly uncounted?: boolean | undefined;
}

/**
 * Writes down how commands ended, together with the orders they made and a line each in the audit log, where this `token`
 * still has the claim. Answers how many were written: of the others somebody else took over, and will find out by looking.
 * Orders are locked before their commands and by their ids, as by whoever claims: a late answer and the worker that took
 * over cannot deadlock.
 */
export async function endCommands(
  tx: Tx,
  shop: ShopDomain,
  token: string,
  now: number,
  ends: readonly CommandEnd[],
): Promise<number> {
  const at = new Date(now);
  return tx.$executeRaw`
    with x as materialized (
      select y.id, y."to", y.outcome, coalesce(y.uncounted, false)::int as uncounted, y."order"->>'id' as made, y."order"->>'name' as name, (y."order"->>'stockTaken')::boolean as stock_taken
      from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as y(id uuid, "to" text, outcome jsonb, uncounted boolean, "order" jsonb)),
    held as (
      select o.amazon_order_id from amazon_order o where o.shop = ${shop}
        and o.amazon_order_id in (select c.amazon_order_id from command c join x on x.id = c.id where c.shop = ${shop})
      order by o.amazon_order_id for update),
    done as (
      update command c set state = x."to", ended_at = ${at}, outcome = x.outcome, attempt = c.attempt - x.uncounted
      from x where c.shop = ${shop} and c.id = x.id and c.claimed_by = ${token}::uuid and c.state = 'sending'
        and c.amazon_order_id in (select amazon_order_id from held)
      returning c.amazon_order_id, c.kind, c.attempt + x.uncounted as attempt, x."to", x.outcome, x.made, x.name, x.stock_taken),
    linked as (
      update amazon_order o set shopify_order_id = done.made, shopify_name = done.name, linked_at = ${at}, stock_taken = done.stock_taken
      from done where done.made is not null and o.shop = ${shop} and o.amazon_order_id = done.amazon_order_id)
    insert into audit_entry (shop, at, amazon_order_id, actor, action, before, after)
    select ${shop}, ${at}, done.amazon_order_id, 'concord', done.kind || ':' || done."to",
      jsonb_build_object('state', 'sending', 'attempt', done.attempt),
      jsonb_build_object('state', done."to", 'shopifyOrderId', done.made, 'outcome', done.outcome)
    from done`;
}

/**
 * Moves commands on by what a reading showed. Each moves only out of the state the decision saw; the caller's transaction
 * has locked their orders under its own lease. What was in the dark ends when it is seen: its lost answer said nothing of
 * when it came about.
 */
export async function moveCommands(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  moves: readonly { readonly key: string; readonly from: CommandState; readonly to: CommandState }[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.$executeRaw`
    with moved as (
      update command c set state = x."to",
        ended_at = case when x."to" = 'confirmed' and x."from" in ('sending', 'unsure') then ${new Date(now)} else c.ended_at end
      from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as x(key text, "from" text, "to" text)
      where c.shop = ${shop} and c.key = x.key and c.state = x."from"
      returning c.amazon_order_id, c.kind, x."from", x."to")
    insert into audit_entry (shop, at, amazon_order_id, actor, action, before, after)
    select ${shop}, ${new Date(now)}, amazon_order_id, 'concord', kind || ':' || "to",
      jsonb_build_object('state', "from"), jsonb_build_object('state', "to")
    from moved where "from" <> "to"`;
}

/** Replaces the prints of commands whose orders the caller's transaction has locked; one that is under way is left alone. */
export async function renewCarried(tx: Tx, shop: ShopDomain, renewals: readonly Renewal[]): Promise<void> {
  if (renewals.length === 0) return;
  await tx.$executeRaw`
    update command c set args = jsonb_set(c.args, '{carried}', x.carried)
    from jsonb_to_recordset(${JSON.stringify(renewals)}::jsonb) as x(key text, carried jsonb)
    where c.shop = ${shop} and c.key = x.key and c.state <> 'sending' and c.args ? 'carried'`;
}

/**
 * Writes down commands that a batch for Amazon, or time, shall carry (PRO-3): new ones, and those whose proof is newer. A
 * command that has moved on since the decision is left alone. `seenAt`: when the look at Shopify began (ms UTC; null: none). The
 * caller's transaction has locked their orders.
 */
export async function planCommands(
  tx: Tx,
  shop: ShopDomain,
  now: number,
  plans: readonly (CommandToPlan & { readonly order: AmazonOrderId; readonly seenAt: number | null })[],
): Promise<void> {
  if (plans.length === 0) return;
  const at = new Date(now);
  await tx.$executeRaw`
    with x as (
      select * from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb)
        as x("order" text, key text, kind text, "from" text, args jsonb, "notBefore" float8, "provedAt" float8, "seenAt" float8)),
    planned as (
      insert into command as c (shop, amazon_order_id, kind, key, state, attempt, args, tracking, not_before, proved_at, seen_at,
        planned_at)
      select ${shop}, "order", kind, key, 'planned', 0, args, args->>'tracking', to_timestamp("notBefore" / 1000.0), to_timestamp("provedAt" / 1000.0),
        to_timestamp("seenAt" / 1000.0), ${at}
      from x order by key
      on conflict (shop, key) do update set state = 'planned', args = excluded.args, tracking = excluded.tracking, not_before = excluded.not_before,
        proved_at = excluded.proved_at, seen_at = excluded.seen_at, feed_id = null, message_no = null,
        outcome = case when c.state = 'planned' then c.outcome else null end
      where c.state = (select y."from" from x y where y.key = c.key)
      returning c.amazon_order_id, c.kind, c.key)
    insert into audit_entry (shop, at, amazon_order_id, actor, action, before, after)
    select ${shop}, ${at}, p.amazon_order_id, 'concord', p.kind || ':planned', jsonb_build_object('state', x."from"),
      jsonb_build_object('state', 'planned', 'notBefore', to_timestamp(x."notBefore" / 1000.0))
    from planned p join x on x.key = p.key where x."from" is distinct from 'planned'`;
}

import type { Prisma } from '@prisma/client';
import type { DueReason } from '../domain/decide.ts';
import { amazonOrderId, type AmazonOrderId, type ShopDomain } from '../domain/ids.ts';
import type { Remembered } from '../domain/remembered.ts';
import type { Tx } from './client.ts';

/** What a reconcile learnt of an order; written when it is released. Times in ms UTC, money in minor units. */
export interface Finding {
  readonly id: AmazonOrderId;
  readonly knocks: number;
  readonly dueAt: number | null;
  readonly dueReason: DueReason | null;
  /** Whether Amazon has to be looked at when it is due then. */
  readonly dueAtAmazon: boolean;
  /** The knocks for a look at Amazon that this work has served; null: it could not be read. */
  readonly amazonServed: number | null;
  /** When the look at Amazon began; null: there was none. All news from before it are served. */
  readonly amazonReadAt: number | null;
  readonly failures: number;
  /** What is said of the order; null: what was said last still holds. */
  readonly said: {
    readonly state: string;
    readonly tone: string;
    readonly params: Prisma.InputJsonValue;
  } | null;
  readonly lookedAt: number | null;
  readonly amazon: {
    readonly updatedAt: number;
    readonly createdAt: number;
    readonly marketplaceId: string | null;
    readonly status: string;
    readonly hash: string;
    readonly request: string;
    readonly shipBy: string | null;
    readonly currency: string | null;
    readonly total: number | null;
    readonly skus: readonly string[];
    readonly programmes: readonly string[];
    readonly remembered: Remembered | null;
  } | null;
  readonly shopify: {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly total: number;
    /** Its money for the ledger; null where it was not read this time: what is known stays. */
    readonly money: Prisma.InputJsonObject | null;
    readonly adopted: boolean;
    /** Shopify's own time of its last change, ISO 8601. */
    readonly updatedAt: string;
    /** Ids of its fulfilment orders; null where they were not asked for. */
    readonly fulfillmentOrderIds: readonly string[] | null;
  } | null;
}

/**
 * Writes what was found and lets the orders go. The time they are due again replaces the old one only where no knock
 * came meanwhile; else they stay due. Only orders that `token` still holds are touched, in the order of their ids.
 * Older news of Amazon never replaces newer: it only takes the hash away, so that the next page with the order is
 * worked on. Answers the ids that were released, each with whether a knock came meanwhile.
 */
export async function releaseOrders(
  tx: Tx,
  shop: ShopDomain,
  token: string,
  findings: readonly Finding[],
): Promise<ReadonlyMap<AmazonOrderId, boolean>> {
  const rows = await tx.$queryRaw<{ amazon_order_id: string; knocked: boolean }[]>`
    with x as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb) as x(id text, knocks int, "dueAt" float8,
        "dueReason" text, "dueAtAmazon" boolean, "amazonServed" int, "amazonReadAt" float8, failures int, said jsonb, "lookedAt" float8, amazon jsonb, shopify jsonb)),
    held as (
      select o.amazon_order_id, o.amazon_updated_at as known from amazon_order o
      where o.shop = ${shop} and o.lease_token = ${token}::uuid and o.amazon_order_id in (select id from x)
      order by o.amazon_order_id for update)
    update amazon_order o set
      lease_until = null, lease_token = null,
      due_at = case when o.knocks = x.knocks then to_timestamp(x."dueAt" / 1000.0) else o.due_at end,
      due_reason = case when o.knocks = x.knocks then x."dueReason" else null end,
      amazon_knocks = o.amazon_knocks + case when o.knocks = x.knocks and x."dueAt" is not null and x."dueAtAmazon" then 1 else 0 end,
      amazon_served = case when to_timestamp(x."amazonReadAt" / 1000.0) > o.amazon_news_at then o.amazon_knocks
        else coalesce(x."amazonServed", o.amazon_served) end,
      amazon_news_at = case when o.knocks = x.knocks and x."dueAtAmazon"
        then greatest(o.amazon_news_at, to_timestamp(x."dueAt" / 1000.0)) else o.amazon_news_at end,
      failures = x.failures, state = coalesce(x.said->>'state', o.state),
      tone = coalesce(x.said->>'tone', o.tone), state_params = coalesce(x.said->'params', o.state_params),
      looked_at = coalesce(to_timestamp(x."lookedAt" / 1000.0), o.looked_at),
      amazon_updated_at = coalesce(to_timestamp((a->>'updatedAt')::float8 / 1000.0), o.amazon_updated_at),
      amazon_created_at = coalesce(to_timestamp((a->>'createdAt')::float8 / 1000.0), o.amazon_created_at),
      marketplace_id = coalesce(a->>'marketplaceId', o.marketplace_id),
      amazon_status = coalesce(a->>'status', o.amazon_status),
      amazon_hash = case when late then null else coalesce(a->>'hash', o.amazon_hash) end,
      request = coalesce(a->>'request', o.request),
      ship_by = case when a is null then o.ship_by else (a->>'shipBy')::timestamptz end,
      currency = coalesce(a->>'currency', o.currency),
      amazon_total = coalesce((a->>'total')::bigint, o.amazon_total),
      skus = case when a is null then o.skus else array(select jsonb_array_elements_text(a->'skus')) end,
      programmes = case when a is null then o.programmes else array(select jsonb_array_elements_text(a->'programmes')) end,
      remembered = case when a is null then o.remembered else nullif(a->'remembered', 'null'::jsonb) end,
      shopify_order_id = coalesce(s->>'id', o.shopify_order_id),
      shopify_name = coalesce(s->>'name', o.shopify_name),
      shopify_status = coalesce(s->>'status', o.shopify_status),
      shopify_total = coalesce((s->>'total')::bigint, o.shopify_total),
      shopify_money = coalesce(nullif(s->'money', 'null'::jsonb), o.shopify_money),
      adopted = coalesce((s->>'adopted')::boolean, o.adopted),
      -- Found after a lost answer, or another one is the right one: what its create was told; another app's took none of ours.
      stock_taken = case when s->>'id' is null or s->>'id' is not distinct from o.shopify_order_id then o.stock_taken
        when (s->>'adopted')::boolean then false
        else coalesce((select (c.args->>'takeStock')::boolean from command c where c.shop = o.shop and c.key = 'create_order:' || o.amazon_order_id), o.stock_taken)
        end,
      shopify_updated_at = case when s->>'id' is distinct from o.shopify_order_id and s->>'id' is not null
        then (s->>'updatedAt')::timestamptz else greatest((s->>'updatedAt')::timestamptz, o.shopify_updated_at) end,
      fulfillment_order_ids = case when jsonb_typeof(s->'fulfillmentOrderIds') = 'array'
        then array(select jsonb_array_elements_text(s->'fulfillmentOrderIds')) else o.fulfillment_order_ids end
    from (
      select f.*,
        case when jsonb_typeof(f.amazon) = 'object' and not f.late then f.amazon end as a,
        case when jsonb_typeof(f.shopify) = 'object' then f.shopify end as s
      from (
        select x.*, coalesce(held.known > to_timestamp((x.amazon->>'updatedAt')::float8 / 1000.0), false) as late
        from x join held on held.amazon_order_id = x.id
      ) f
    ) x
    where o.shop = ${shop} and o.amazon_order_id = x.id and o.lease_token = ${token}::uuid
    returning o.amazon_order_id, o.knocks <> x.knocks as knocked`;
  return new Map(rows.map((row) => [amazonOrderId(row.amazon_order_id), row.knocked]));
}

import pg from 'pg';

/**
 * Gives the shop of a sandbox so many older orders over 40 days, past the loop: with requests that were answered, and cancels of
 * every kind, so that reports have something to tell. The same for the same count and time. `now` in ms UTC.
 */
export async function addHistory(databaseUrl: string, count: number, now: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  await pool.query(
    `with seller as (select shop, seller_id from seller limit 1),
     n as (select n, $2::timestamptz - n * (interval '40 days' / $1::int) as made from generate_series(1, $1::int) n),
     o as (select n, made, format('%s-%s-%s', 700 + n % 200, to_char(n, 'FM0000000'), to_char(n * 7919 % 10000000, 'FM0000000')) as id,
       case n % 60 when 7 then 'BUYER' when 21 then 'MERCHANT' when 51 then 'MERCHANT'
         when 23 then case when n % 120 < 60 then 'MERCHANT' end when 53 then case when n % 240 < 60 then 'AMAZON' end
         when 41 then case when n % 480 < 60 then 'UNKNOWN' end end as by,
       n % 30 = 21 or n % 90 = 12 as asked from n),
     orders as (
       insert into amazon_order (shop, amazon_order_id, seller_id, marketplace_id, amazon_created_at, amazon_updated_at, amazon_status,
         request, skus, state, tone, ship_by, currency, amazon_total, shopify_name, remembered)
       select s.shop, o.id, s.seller_id, case when n % 4 = 0 then 'A1PA6795UKMFR9' else 'ATVPDKIKX0DER' end, made, made + interval '20 hours',
         case when by is null then 'shipped' else 'cancelled' end, case when asked then 'asked' when by = 'UNKNOWN' then 'unknown' else 'none' end,
         array[(array['BLUE-MUG', 'RED-MUG', 'TEAPOT', 'GIFT-BOX', 'LID', 'TRAY'])[case when asked and n % 2 = 0 then 3 else 1 + n % 6 end]],
         'in_step', 'success', made + case when by = 'AMAZON' then interval '10 hours' else interval '3 days' end, 'USD', 2500, '#' || 5000 + n,
         case when by is not null then jsonb_build_object('order', jsonb_build_object('lines', jsonb_build_array(
           jsonb_build_object('cancelled', jsonb_build_object('by', by))))) end
       from o, seller s returning shop, amazon_order_id),
     requests as (
       insert into request (shop, amazon_order_id, n, state, version, requested_at, confirmed_at, closed_at, lines, sources, reason_category, line_count)
       select s.shop, o.id, 1, case when by is null then 'declined' else 'cancelled' end, 1, made + interval '5 hours', made + interval '5 hours',
         made + interval '5 hours' + (1 + n % 5) * interval '37 minutes',
         jsonb_build_array(jsonb_build_object('orderItemId', 'L1', 'sku', (array['BLUE-MUG', 'RED-MUG', 'TEAPOT', 'GIFT-BOX', 'LID', 'TRAY'])[case when n % 2 = 0 then 3 else 1 + n % 6 end],
           'quantity', 1, 'confirmed', true, 'absentSince', null, 'ended', 'cancelled')), '[{"source": "order", "at": 0}]',
         (array['changed_mind', 'mistake', 'changed_mind', 'price', 'too_slow', 'changed_mind', 'not_given', 'address'])[1 + n / 30 % 8], 1
       from o, seller s where asked returning shop)
     insert into choice (shop, amazon_order_id, kind, args, state, by, at, undo_until)
     select s.shop, o.id, 'cancel', '{}', 'done', 'staff', made + interval '5 hours' + (1 + n % 5) * interval '17 minutes', made + interval '6 hours'
     from o, seller s where asked`,
    [count, new Date(now)],
  );
  await pool.query('analyze');
  await pool.end();
}

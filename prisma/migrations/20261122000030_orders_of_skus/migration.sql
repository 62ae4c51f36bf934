-- How many orders of the transaction's shop carry each of these SKUs. One that none carries is absent. Behind the wall the
-- index on them cannot be used (see concord_orders_with), but the owner can use it, and the shop is the same.
create function concord_orders_of_skus(wanted text[]) returns table (sku text, orders bigint)
language sql stable security definer set search_path = pg_catalog as
'select s.sku, count(distinct o.amazon_order_id)
 from public.amazon_order o cross join lateral unnest(o.skus) as s(sku)
 where o.shop = current_setting(''concord.shop'', true) and o.skus && wanted and s.sku = any(wanted)
 group by s.sku';
revoke execute on function concord_orders_of_skus(text[]) from public;
grant execute on function concord_orders_of_skus(text[]) to concord_app;

-- Which orders of the transaction's shop have one of these fulfilment orders. Behind the wall the index on them cannot be
-- used: the operator is not leakproof, so that the wall is asked first and every order of the shop is read. The owner can
-- use it, and the shop is the same.
create function concord_orders_with(fulfillment_orders text[]) returns setof text
language sql stable security definer set search_path = pg_catalog as
'select o.amazon_order_id from public.amazon_order o
 where o.shop = current_setting(''concord.shop'', true) and o.fulfillment_order_ids && fulfillment_orders';
revoke execute on function concord_orders_with(text[]) from public;
grant execute on function concord_orders_with(text[]) to concord_app;

-- The orders of which anything was cancelled, for the cancellation rate (app/db/cancels.ts, which says the same condition): few
-- of many, and to look into what is remembered of all the others takes long. Prisma's schema cannot name it.
create index amazon_order_cancelled_idx on amazon_order (shop, amazon_created_at, amazon_order_id)
  where amazon_status = 'cancelled' or jsonb_path_exists(remembered, '$.order.lines[*].cancelled.by');

-- CreateTable
CREATE TABLE "previewed_order" (
    "shop" TEXT NOT NULL,
    "backfill_id" UUID NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3),
    "marketplace_id" TEXT,
    "currency" TEXT,
    "total" BIGINT,
    "fate" TEXT NOT NULL,
    "why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "previewed_order_pkey" PRIMARY KEY ("shop","backfill_id","amazon_order_id")
);

-- CreateIndex
CREATE INDEX "previewed_order_shop_backfill_id_fate_created_at_amazon_ord_idx" ON "previewed_order"("shop", "backfill_id", "fate", "created_at" DESC, "amazon_order_id");

-- The walls of the new table.
alter table previewed_order enable row level security;
create policy own_shop on previewed_order to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on previewed_order to concord_system using (true) with check (true);
grant select, insert, update, delete on previewed_order to concord_app, concord_system;

-- DropIndex
DROP INDEX "amazon_order_shop_amazon_created_at_amazon_order_id_idx";

-- DropIndex
DROP INDEX "amazon_order_shop_state_amazon_created_at_idx";

-- AlterTable
ALTER TABLE "command" ADD COLUMN     "tracking" TEXT;
update command set tracking = args->>'tracking' where kind in ('ship_amazon', 'fulfil_shopify');

-- CreateIndex
CREATE INDEX "amazon_order_shop_amazon_created_at_amazon_order_id_idx" ON "amazon_order"("shop", "amazon_created_at", "amazon_order_id");

-- CreateIndex
CREATE INDEX "amazon_order_shop_state_amazon_created_at_amazon_order_id_idx" ON "amazon_order"("shop", "state", "amazon_created_at", "amazon_order_id");

-- CreateIndex
CREATE INDEX "amazon_order_shop_ship_by_amazon_order_id_idx" ON "amazon_order"("shop", "ship_by", "amazon_order_id");

-- CreateIndex
CREATE INDEX "amazon_order_shop_currency_amazon_total_amazon_order_id_idx" ON "amazon_order"("shop", "currency", "amazon_total", "amazon_order_id");

-- CreateIndex
CREATE INDEX "command_shop_tracking_idx" ON "command"("shop", "tracking");

-- The views that a shop saved: a name for the filters and the sort of the orders list.
-- CreateTable
CREATE TABLE "saved_view" (
    "shop" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("shop","name")
);

-- The walls of the new table.
alter table saved_view enable row level security;
create policy own_shop on saved_view to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on saved_view to concord_system using (true) with check (true);
grant select, insert, update, delete on saved_view to concord_app, concord_system;

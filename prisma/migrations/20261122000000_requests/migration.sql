-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "notifications" JSONB,
ADD COLUMN     "polling_until" TIMESTAMPTZ(3),
ADD COLUMN     "requests_blind_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN     "fulfillment_order_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "amazon_knocks" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "amazon_news_at" TIMESTAMPTZ(3),
ADD COLUMN     "amazon_served" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "remembered" JSONB,
ADD COLUMN     "shopify_updated_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "claim" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "amazon_order_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "order_item_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "said_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "claim_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "request" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "lines" JSONB NOT NULL,
    "sources" JSONB NOT NULL,
    "reasons" TEXT,
    "reason_category" TEXT NOT NULL DEFAULT 'not_given',
    "erase_at" TIMESTAMPTZ(3),
    "line_count" INTEGER NOT NULL DEFAULT 0,
    "held" TEXT NOT NULL DEFAULT 'no',
    "runs_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("shop","amazon_order_id","n")
);

-- CreateTable
CREATE TABLE "notice" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL DEFAULT '',
    "params" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "seen_webhook" (
    "shop" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_webhook_pkey" PRIMARY KEY ("shop","webhook_id")
);

-- CreateTable
CREATE TABLE "order_report" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seller_id" TEXT NOT NULL,
    "report_type" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "report_id" TEXT,
    "document_id" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "why" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_report_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE INDEX "claim_shop_amazon_order_id_idx" ON "claim"("shop", "amazon_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_shop_key_key" ON "claim"("shop", "key");

-- CreateIndex
CREATE INDEX "request_shop_state_runs_out_at_amazon_order_id_idx" ON "request"("shop", "state", "runs_out_at", "amazon_order_id");

-- CreateIndex
CREATE INDEX "request_shop_requested_at_amazon_order_id_idx" ON "request"("shop", "requested_at" DESC, "amazon_order_id");

-- CreateIndex
CREATE INDEX "request_erase_at_idx" ON "request"("erase_at");

-- CreateIndex
CREATE INDEX "notice_shop_seen_at_at_idx" ON "notice"("shop", "seen_at", "at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_shop_key_key" ON "notice"("shop", "key");

-- CreateIndex
CREATE INDEX "seen_webhook_at_idx" ON "seen_webhook"("at");

-- CreateIndex
CREATE INDEX "amazon_order_shop_request_ship_by_amazon_order_id_idx" ON "amazon_order"("shop", "request", "ship_by", "amazon_order_id");

-- CreateIndex
CREATE INDEX "amazon_order_fulfillment_order_ids_idx" ON "amazon_order" USING GIN ("fulfillment_order_ids");


-- The walls of the new tables.
alter table claim enable row level security;
create policy own_shop on claim to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on claim to concord_system using (true) with check (true);
grant select, insert, update, delete on claim to concord_app, concord_system;
alter table request enable row level security;
create policy own_shop on request to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on request to concord_system using (true) with check (true);
grant select, insert, update, delete on request to concord_app, concord_system;
alter table notice enable row level security;
create policy own_shop on notice to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on notice to concord_system using (true) with check (true);
grant select, insert, update, delete on notice to concord_app, concord_system;
alter table seen_webhook enable row level security;
create policy own_shop on seen_webhook to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on seen_webhook to concord_system using (true) with check (true);
grant select, insert, update, delete on seen_webhook to concord_app, concord_system;
alter table order_report enable row level security;
create policy own_shop on order_report to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on order_report to concord_system using (true) with check (true);
grant select, insert, update, delete on order_report to concord_app, concord_system;

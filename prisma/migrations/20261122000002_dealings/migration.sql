-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "finances_until" TIMESTAMPTZ(3),
ADD COLUMN     "finances_window" JSONB,
ADD COLUMN     "next_feed_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_finances_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "command" ADD COLUMN     "feed_id" UUID,
ADD COLUMN     "message_no" INTEGER,
ADD COLUMN     "proved_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "feed" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seller_id" TEXT NOT NULL,
    "feed_type" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'writing',
    "open_key" TEXT,
    "claim_until" TIMESTAMPTZ(3),
    "amazon_id" TEXT,
    "report_id" TEXT,
    "messages" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "look_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "choice" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "amazon_order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "args" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "open_key" TEXT,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undo_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "choice_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "amazon_move" (
    "shop" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "items" JSONB NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "amazon_move_pkey" PRIMARY KEY ("shop","transaction_id")
);

-- CreateTable
CREATE TABLE "shopify_fact" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "quarantine" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "shopify_fact_pkey" PRIMARY KEY ("shop","amazon_order_id","key")
);

-- CreateTable
CREATE TABLE "quiet_time" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seller_id" TEXT NOT NULL DEFAULT '',
    "why" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "open_key" TEXT,

    CONSTRAINT "quiet_time_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE INDEX "feed_shop_seller_id_look_at_idx" ON "feed"("shop", "seller_id", "look_at");

-- CreateIndex
CREATE UNIQUE INDEX "feed_shop_open_key_key" ON "feed"("shop", "open_key");

-- CreateIndex
CREATE INDEX "choice_shop_amazon_order_id_idx" ON "choice"("shop", "amazon_order_id");

-- CreateIndex
CREATE UNIQUE INDEX "choice_shop_open_key_key" ON "choice"("shop", "open_key");

-- CreateIndex
CREATE INDEX "amazon_move_shop_amazon_order_id_idx" ON "amazon_move"("shop", "amazon_order_id");

-- CreateIndex
CREATE INDEX "shopify_fact_shop_quarantine_happened_at_idx" ON "shopify_fact"("shop", "quarantine", "happened_at");

-- CreateIndex
CREATE UNIQUE INDEX "quiet_time_shop_open_key_key" ON "quiet_time"("shop", "open_key");

-- CreateIndex
CREATE INDEX "command_shop_feed_id_idx" ON "command"("shop", "feed_id");


-- The walls of the new tables.
alter table feed enable row level security;
create policy own_shop on feed to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on feed to concord_system using (true) with check (true);
grant select, insert, update, delete on feed to concord_app, concord_system;
alter table choice enable row level security;
create policy own_shop on choice to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on choice to concord_system using (true) with check (true);
grant select, insert, update, delete on choice to concord_app, concord_system;
alter table amazon_move enable row level security;
create policy own_shop on amazon_move to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on amazon_move to concord_system using (true) with check (true);
grant select, insert, update, delete on amazon_move to concord_app, concord_system;
alter table shopify_fact enable row level security;
create policy own_shop on shopify_fact to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on shopify_fact to concord_system using (true) with check (true);
grant select, insert, update, delete on shopify_fact to concord_app, concord_system;
alter table quiet_time enable row level security;
create policy own_shop on quiet_time to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on quiet_time to concord_system using (true) with check (true);
grant select, insert, update, delete on quiet_time to concord_app, concord_system;

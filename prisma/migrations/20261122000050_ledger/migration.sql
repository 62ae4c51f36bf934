-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN     "shopify_money" JSONB;

-- CreateTable
CREATE TABLE "ledger_due" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "mark" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "ledger_due_pkey" PRIMARY KEY ("shop","amazon_order_id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "day" TEXT NOT NULL,
    "marketplace_id" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL,
    "amazon" BIGINT,
    "shopify" BIGINT,
    "settlement" BIGINT,
    "state" TEXT NOT NULL,
    "class" TEXT NOT NULL DEFAULT '',
    "waits_until" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("shop","amazon_order_id","key")
);

-- CreateTable
CREATE TABLE "finance_posting" (
    "shop" TEXT NOT NULL,
    "transaction_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "fees" BIGINT NOT NULL,
    "withheld" BIGINT NOT NULL,

    CONSTRAINT "finance_posting_pkey" PRIMARY KEY ("shop","transaction_id")
);

-- CreateTable
CREATE TABLE "settlement" (
    "shop" TEXT NOT NULL,
    "settlement_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "deposited_at" TIMESTAMPTZ(3),
    "total" BIGINT,
    "broken" INTEGER NOT NULL DEFAULT 0,
    "cut" TEXT,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("shop","settlement_id")
);

-- CreateTable
CREATE TABLE "settlement_row" (
    "shop" TEXT NOT NULL,
    "settlement_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL DEFAULT '',
    "order_item_id" TEXT NOT NULL DEFAULT '',
    "adjustment_id" TEXT NOT NULL DEFAULT '',
    "own_adjustment_id" TEXT NOT NULL DEFAULT '',
    "marketplace_name" TEXT NOT NULL DEFAULT '',
    "amount_type" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "posted_at" TIMESTAMPTZ(3),
    "sku" TEXT NOT NULL DEFAULT '',
    "matched_to" TEXT NOT NULL DEFAULT '',
    "note" TEXT,

    CONSTRAINT "settlement_row_pkey" PRIMARY KEY ("shop","settlement_id","line")
);

-- CreateTable
CREATE TABLE "reported_line" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "line_key" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "item_status" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reported_line_pkey" PRIMARY KEY ("shop","amazon_order_id","line_key")
);

-- CreateTable
CREATE TABLE "reported_return" (
    "shop" TEXT NOT NULL,
    "amazon_order_id" TEXT NOT NULL,
    "line_key" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "returned_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "refunded" BIGINT,

    CONSTRAINT "reported_return_pkey" PRIMARY KEY ("shop","amazon_order_id","line_key")
);

-- CreateTable
CREATE TABLE "report_file" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "seller_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'reading',
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "size" BIGINT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "broken" INTEGER NOT NULL DEFAULT 0,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "sentences" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "digest" TEXT NOT NULL DEFAULT '',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_file_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE INDEX "ledger_entry_shop_day_idx" ON "ledger_entry"("shop", "day");

-- CreateIndex
CREATE INDEX "ledger_entry_shop_at_amazon_order_id_key_idx" ON "ledger_entry"("shop", "at", "amazon_order_id", "key");

-- CreateIndex
CREATE INDEX "ledger_entry_shop_state_at_amazon_order_id_key_idx" ON "ledger_entry"("shop", "state", "at", "amazon_order_id", "key");

-- CreateIndex
CREATE INDEX "finance_posting_shop_amazon_order_id_idx" ON "finance_posting"("shop", "amazon_order_id");

-- CreateIndex
CREATE INDEX "settlement_shop_ends_at_settlement_id_idx" ON "settlement"("shop", "ends_at", "settlement_id");

-- CreateIndex
CREATE INDEX "settlement_row_shop_amazon_order_id_idx" ON "settlement_row"("shop", "amazon_order_id");

-- CreateIndex
CREATE INDEX "settlement_row_shop_settlement_id_matched_to_line_idx" ON "settlement_row"("shop", "settlement_id", "matched_to", "line");

-- CreateIndex
CREATE INDEX "report_file_shop_started_at_idx" ON "report_file"("shop", "started_at");

-- CreateIndex
CREATE INDEX "report_file_shop_digest_idx" ON "report_file"("shop", "digest");

-- The walls of the new tables.
alter table ledger_due enable row level security;
create policy own_shop on ledger_due to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on ledger_due to concord_system using (true) with check (true);
grant select, insert, update, delete on ledger_due to concord_app, concord_system;
alter table ledger_entry enable row level security;
create policy own_shop on ledger_entry to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on ledger_entry to concord_system using (true) with check (true);
grant select, insert, update, delete on ledger_entry to concord_app, concord_system;
alter table finance_posting enable row level security;
create policy own_shop on finance_posting to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on finance_posting to concord_system using (true) with check (true);
grant select, insert, update, delete on finance_posting to concord_app, concord_system;
alter table settlement enable row level security;
create policy own_shop on settlement to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on settlement to concord_system using (true) with check (true);
grant select, insert, update, delete on settlement to concord_app, concord_system;
alter table settlement_row enable row level security;
create policy own_shop on settlement_row to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on settlement_row to concord_system using (true) with check (true);
grant select, insert, update, delete on settlement_row to concord_app, concord_system;
alter table reported_line enable row level security;
create policy own_shop on reported_line to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on reported_line to concord_system using (true) with check (true);
grant select, insert, update, delete on reported_line to concord_app, concord_system;
alter table reported_return enable row level security;
create policy own_shop on reported_return to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on reported_return to concord_system using (true) with check (true);
grant select, insert, update, delete on reported_return to concord_app, concord_system;
alter table report_file enable row level security;
create policy own_shop on report_file to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on report_file to concord_system using (true) with check (true);
grant select, insert, update, delete on report_file to concord_app, concord_system;

-- Every order there is gets its ledger.
insert into ledger_due (shop, amazon_order_id) select shop, amazon_order_id from amazon_order;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN "guide" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "seller" ADD COLUMN "name" TEXT, ADD COLUMN "marketplace_ids" TEXT[] DEFAULT ARRAY[]::TEXT[], ADD COLUMN "granted_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "backfill" ADD COLUMN "marketplace_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "connect_attempt" (
    "shop" TEXT NOT NULL,
    "state_hash" TEXT NOT NULL,
    "staff" TEXT NOT NULL,
    "marketplace_id" TEXT NOT NULL,
    "seller_id" TEXT,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "returned_at" TIMESTAMPTZ(3),
    "returned_seller" TEXT,
    "code" TEXT,
    "ticket_hash" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "connect_attempt_pkey" PRIMARY KEY ("shop","state_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "connect_attempt_state_hash_key" ON "connect_attempt"("state_hash");

-- CreateIndex
CREATE UNIQUE INDEX "connect_attempt_ticket_hash_key" ON "connect_attempt"("ticket_hash");

-- CreateIndex
CREATE INDEX "backfill_shop_seller_id_started_at_idx" ON "backfill"("shop", "seller_id", "started_at");

-- The walls of the new table.
alter table connect_attempt enable row level security;
create policy own_shop on connect_attempt to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on connect_attempt to concord_system using (true) with check (true);
grant select, insert, update, delete on connect_attempt to concord_app, concord_system;

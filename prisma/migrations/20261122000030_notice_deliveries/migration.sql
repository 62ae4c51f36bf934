-- AlterTable
ALTER TABLE "shop" ADD COLUMN "next_digest_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notice" ADD COLUMN "passed_on_at" TIMESTAMPTZ(3);
-- What is older than this is nobody's news outside the admin.
update notice set passed_on_at = at;

-- CreateIndex
CREATE INDEX "notice_shop_passed_on_at_idx" ON "notice"("shop", "passed_on_at");

-- CreateTable
CREATE TABLE "notice_target" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "secret" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_target_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "notice_delivery" (
    "shop" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "target_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "notice_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "params" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_until" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE INDEX "notice_delivery_shop_state_due_at_idx" ON "notice_delivery"("shop", "state", "due_at");

-- CreateIndex
CREATE INDEX "notice_delivery_shop_made_at_idx" ON "notice_delivery"("shop", "made_at");

-- CreateIndex
CREATE INDEX "notice_delivery_shop_target_id_state_idx" ON "notice_delivery"("shop", "target_id", "state");

-- The walls of the new tables.
alter table notice_target enable row level security;
create policy own_shop on notice_target to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on notice_target to concord_system using (true) with check (true);
grant select, insert, update, delete on notice_target to concord_app, concord_system;
alter table notice_delivery enable row level security;
create policy own_shop on notice_delivery to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on notice_delivery to concord_system using (true) with check (true);
grant select, insert, update, delete on notice_delivery to concord_app, concord_system;

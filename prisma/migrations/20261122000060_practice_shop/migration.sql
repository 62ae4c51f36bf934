-- A shop's practice with a pretend seller: invented orders as JSON, nothing of a real one.
-- CreateTable
CREATE TABLE "practice_shop" (
    "shop" TEXT NOT NULL,
    "practice" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_shop_pkey" PRIMARY KEY ("shop")
);

-- The walls of the new table.
alter table practice_shop enable row level security;
create policy own_shop on practice_shop to concord_app using (shop = current_setting('concord.shop', true)) with check (shop = current_setting('concord.shop', true));
create policy all_shops on practice_shop to concord_system using (true) with check (true);
grant select, insert, update, delete on practice_shop to concord_app, concord_system;

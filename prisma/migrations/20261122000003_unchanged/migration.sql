-- AlterTable
ALTER TABLE "seller" ADD COLUMN "listed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN "amazon_changed_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "command_shop_state_kind_idx" ON "command"("shop", "state", "kind");

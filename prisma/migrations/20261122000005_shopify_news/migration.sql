-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN "shopify_changed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "command" ADD COLUMN "seen_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN "shopify_changed_at" TIMESTAMPTZ(3);

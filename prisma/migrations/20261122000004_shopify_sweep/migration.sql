-- AlterTable
ALTER TABLE "shop" ADD COLUMN "changes_seen_until" TIMESTAMPTZ(3), ADD COLUMN "next_changes_at" TIMESTAMPTZ(3);

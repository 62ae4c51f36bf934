-- AlterTable
ALTER TABLE "shop" ADD COLUMN "next_report_at" TIMESTAMPTZ(3);

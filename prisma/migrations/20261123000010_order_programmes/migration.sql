-- AlterTable
ALTER TABLE "amazon_order" ADD COLUMN "programmes" TEXT[] DEFAULT ARRAY[]::TEXT[];

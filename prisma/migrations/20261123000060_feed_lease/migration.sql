-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "feed_lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "feed_lease_token" UUID;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN "mail_key" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "shop_mail_key_key" ON "shop"("mail_key");

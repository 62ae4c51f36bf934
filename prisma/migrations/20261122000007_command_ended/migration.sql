-- CreateIndex
CREATE INDEX "command_shop_ended_at_idx" ON "command"("shop", "ended_at");
